"""LINE Login: from the authorize page to a checked ID token, and every wrong thing on the way."""

import base64
import hashlib
import html
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import pytest
from practice_client import Answer, World, request
from practice_line.clock import Clock
from practice_line.login import ACCESS_TOKEN_SECONDS, CODE_SECONDS, ID_TOKEN_SECONDS, REFRESH_TOKEN_SECONDS
from practice_line.platform import Platform

CHANNEL = "1234567890"
SECRET = "0123456789abcdef0123456789abcdef"
BACK = "http://127.0.0.1:8000/back?from=line"
VERIFIER = "wJKN8qz5t8SSI9lMFhBB6qwNkQBkuPZoCxzRhwLRUo1"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
FORM = {"content_type": "application/x-www-form-urlencoded"}
WISH = {
    "response_type": "code",
    "client_id": CHANNEL,
    "redirect_uri": BACK,
    "state": "st&te",
    "scope": "profile openid",
    "nonce": "n-1",
}


class App:
    """An app with a login channel in a practice world whose real time stands still until told."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.passed = 0.0

    async def open(self) -> "App":
        start = self.world.platform.clock.real_seconds()
        self.world.platform.clock._real = lambda: start + self.passed
        settings = {"name": "แอป <ทดลอง>", "clientSecret": SECRET, "redirectUris": [BACK]}
        await self.world.call("PUT", f"/_practice/login-channels/{CHANNEL}", settings)
        return self

    async def ask(self, **changes: Any) -> Answer:
        wish = {name: value for name, value in {**WISH, **changes}.items() if value is not None}
        return await self.world.request("GET", f"/oauth2/v2.1/authorize?{urlencode(wish)}")

    async def decide(self, decision: str = "allow", user: str = "", **changes: Any) -> Answer:
        wish = {name: value for name, value in {**WISH, **changes}.items() if value is not None}
        return await self.post("authorize", **wish, user_id=user or self.world.users[0], decision=decision)

    async def code(self, **changes: Any) -> str:
        return back(await self.decide(**changes))["code"]

    async def post(self, path: str, **form: str) -> Answer:
        return await self.world.request("POST", f"/oauth2/v2.1/{path}", urlencode(form).encode(), **FORM)

    async def exchange(self, code: str, **changes: str) -> Answer:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": CHANNEL}
        return await self.post("token", **{**form, "client_secret": SECRET, **changes})

    async def tokens(self, **changes: Any) -> dict[str, Any]:
        answer = await self.exchange(await self.code(**changes))
        assert answer.status == 200, answer
        return answer.json

    async def get(self, path: str, access: str = "") -> Answer:
        return await request(self.world.app, "GET", path, None, authorization=f"Bearer {access}")


@pytest.fixture
async def app(world: World) -> App:
    return await App(world).open()


def back(answer: Answer) -> dict[str, str]:
    """The parameters with which the browser is led back to the app."""
    assert answer.status == 302, answer
    address = answer.headers["location"]
    assert address.startswith(f"{BACK}&")
    return dict(parse_qsl(urlsplit(address).query))


def refusal(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.json["error"], answer.json["error_description"]


async def test_the_page_shows_who_asks_for_what_and_who_one_may_be(app: App) -> None:
    answer = await app.ask()
    page = answer.content.decode()
    assert answer.status == 200
    assert "แอป &lt;ทดลอง&gt;" in page
    assert 'lang="th"' in page
    assert re.findall(r'name="user_id" value="(\w+)"', page) == app.world.users
    sent = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'hidden" name="(.*?)" value="(.*?)"', page)
    }
    assert sent == WISH
    assert "form-action 'self' http://127.0.0.1:8000" in answer.headers["content-security-policy"]
    english = (await app.ask(ui_locales="en-US")).content.decode()
    assert "Allow" in english
    assert 'lang="en"' in english


async def test_an_empty_world_says_how_to_fill_it() -> None:
    world = World()
    await world.call("PUT", f"/_practice/login-channels/{CHANNEL}", {"redirectUris": [BACK]})
    page = await world.request("GET", f"/oauth2/v2.1/authorize?{urlencode(WISH)}")
    assert "POST /_practice/people" in page.content.decode()


async def test_the_whole_way(app: App) -> None:
    led = back(await app.decide(max_age="60", code_challenge=CHALLENGE, code_challenge_method="S256"))
    assert led["state"] == "st&te"
    app.passed = CODE_SECONDS
    answer = await app.exchange(led["code"], code_verifier=VERIFIER)
    assert answer.headers["x-line-request-id"]
    told = answer.json
    assert {name: told[name] for name in ("expires_in", "scope", "token_type")} == {
        "expires_in": 2592000,
        "scope": "profile openid",
        "token_type": "Bearer",
    }
    options = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(
        told["id_token"], SECRET, ["HS256"], audience=CHANNEL, issuer="https://access.line.me", options=options
    )
    now = int(app.world.platform.clock.real_seconds())
    assert claims == {
        "iss": "https://access.line.me",
        "sub": app.world.users[0],
        "aud": CHANNEL,
        "iat": now,
        "exp": now + ID_TOKEN_SECONDS,
        "auth_time": now - CODE_SECONDS,
        "nonce": "n-1",
        "amr": ["pwd"],
        "name": "ก",
    }
    checked = await app.post(
        "verify", id_token=told["id_token"], client_id=CHANNEL, nonce="n-1", user_id=app.world.users[0]
    )
    assert (checked.status, checked.json) == (200, claims)
    access = told["access_token"]
    checked = await app.world.request("GET", f"/oauth2/v2.1/verify?access_token={access}")
    assert checked.json == {"scope": "profile openid", "client_id": CHANNEL, "expires_in": 2592000}
    assert (await app.get("/oauth2/v2.1/userinfo", access)).json == {"sub": app.world.users[0], "name": "ก"}
    assert (await app.get("/v2/profile", access)).json == {"userId": app.world.users[0], "displayName": "ก"}


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "1"},
        {"client_id": None},
        {"redirect_uri": "http://127.0.0.1:8000/back"},
        {"redirect_uri": f"{BACK}&more=1"},
        {"redirect_uri": None},
    ],
    ids=str,
)
async def test_an_unknown_app_or_address_is_not_led_back_to(app: App, changes: dict[str, Any]) -> None:
    for answer in (await app.ask(**changes), await app.decide(**changes)):
        assert answer.status == 400
        assert "location" not in answer.headers
        assert "Check if it is registered" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "UNSUPPORTED_RESPONSE_TYPE"),
        ({"state": None}, "INVALID_REQUEST"),
        ({"scope": "email"}, "INVALID_SCOPE"),
        ({"scope": "profile email"}, "INVALID_SCOPE"),
        ({"scope": None}, "INVALID_SCOPE"),
        ({"code_challenge": CHALLENGE}, "INVALID_REQUEST"),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "INVALID_REQUEST"),
        ({"code_challenge": "short", "code_challenge_method": "S256"}, "INVALID_REQUEST"),
        ({"code_challenge_method": "S256"}, "INVALID_REQUEST"),
    ],
    ids=str,
)
async def test_a_wrong_wish_is_led_back_with_the_error(app: App, changes: dict[str, Any], error: str) -> None:
    for answer in (await app.ask(**changes), await app.decide(**changes)):
        led = back(answer)
        assert led["error"] == error
        assert led.get("state") == (None if "state" in changes else "st&te")
        assert "code" not in led


async def test_silent_login_is_never_possible(app: App) -> None:
    assert back(await app.ask(prompt="none"))["error"] == "LOGIN_REQUIRED"


async def test_who_declines_is_led_back_without_a_code(app: App) -> None:
    assert back(await app.decide("deny")) == {
        "from": "line",
        "error": "ACCESS_DENIED",
        "error_description": "The resource owner denied the request.",
        "state": "st&te",
    }


async def test_nobody_else_can_be_picked(app: App) -> None:
    assert (await app.decide(user="U0")).status == 400


async def test_a_code_works_once_and_for_ten_minutes(app: App) -> None:
    code = await app.code()
    assert (await app.exchange(code)).status == 200
    assert refusal(await app.exchange(code)) == (400, "invalid_grant", "invalid authorization code")
    late = await app.code()
    app.passed = CODE_SECONDS + 1
    assert refusal(await app.exchange(late)) == (400, "invalid_grant", "invalid authorization code")
    assert await app.code()
    assert [row.code for row in app.world.platform.state.login_codes] != [late]


@pytest.mark.parametrize(
    ("changes", "error", "description"),
    [
        ({"client_secret": SECRET[::-1]}, "invalid_client", "invalid client_secret"),
        ({"client_secret": ""}, "invalid_client", "invalid client_secret"),
        ({"client_id": "1111111111"}, "invalid_client", "invalid client_id"),
        ({"code": "other"}, "invalid_grant", "invalid authorization code"),
        ({"code": ""}, "invalid_request", "code is required"),
        ({"redirect_uri": "http://127.0.0.1:8000/back"}, "invalid_grant", "redirect_uri does not match"),
        ({"code_verifier": "x" * 43}, "invalid_grant", "code_verifier does not match"),
        ({"code_verifier": ""}, "invalid_grant", "code_verifier does not match"),
        ({"grant_type": "password"}, "unsupported_grant_type", "unsupported grant_type"),
    ],
    ids=str,
)
async def test_wrong_exchanges(app: App, changes: dict[str, str], error: str, description: str) -> None:
    code = await app.code(code_challenge=CHALLENGE, code_challenge_method="S256")
    form = {"code_verifier": VERIFIER, **changes}
    assert refusal(await app.exchange(form.pop("code", code), **form)) == (400, error, description)


async def test_another_app_cannot_use_the_code_nor_burn_it(app: App) -> None:
    other = {"clientSecret": SECRET[::-1], "redirectUris": [BACK]}
    await app.world.call("PUT", "/_practice/login-channels/2222222222", other)
    code = await app.code()
    stolen = await app.exchange(code, client_id="2222222222", client_secret=SECRET[::-1])
    assert refusal(stolen) == (400, "invalid_grant", "invalid authorization code")
    assert (await app.exchange(code)).status == 200


async def test_only_what_was_asked_for_is_told(app: App) -> None:
    plain = await app.tokens(scope="profile")
    assert "id_token" not in plain
    assert (await app.get("/oauth2/v2.1/userinfo", plain["access_token"])).status == 403
    bare = await app.tokens(scope="openid email", nonce=None)
    claims = jwt.decode(bare["id_token"], options={"verify_signature": False})
    assert not {"name", "nonce", "auth_time"} & claims.keys()
    assert bare["scope"] == "openid"
    assert (await app.get("/oauth2/v2.1/userinfo", bare["access_token"])).json == {"sub": app.world.users[0]}
    assert (await app.get("/v2/profile", bare["access_token"])).status == 403


async def test_access_tokens_end_and_are_renewed(app: App) -> None:
    told = await app.tokens()
    app.passed = ACCESS_TOKEN_SECONDS + 1
    old = await app.world.request("GET", f"/oauth2/v2.1/verify?access_token={told['access_token']}")
    assert refusal(old) == (400, "invalid_request", "access token expired")
    assert (await app.get("/v2/profile", told["access_token"])).status == 401
    form = {"grant_type": "refresh_token", "client_id": CHANNEL, "client_secret": SECRET}
    fresh = (await app.post("token", **form, refresh_token=told["refresh_token"])).json
    assert fresh["refresh_token"] == told["refresh_token"]
    assert fresh["access_token"] != told["access_token"]
    assert "id_token" not in fresh
    assert (await app.get("/v2/profile", fresh["access_token"])).status == 200
    wrong = await app.post("token", **form, refresh_token="other")
    assert refusal(wrong) == (400, "invalid_grant", "invalid refresh token")
    app.passed = REFRESH_TOKEN_SECONDS + 1
    late = await app.post("token", **form, refresh_token=told["refresh_token"])
    assert refusal(late) == (400, "invalid_grant", "invalid refresh token")


async def test_a_revoked_token_opens_nothing(app: App) -> None:
    access = (await app.tokens())["access_token"]
    answer = await app.post("revoke", client_id=CHANNEL, client_secret=SECRET, access_token=access)
    assert (answer.status, answer.content) == (200, b"")
    assert (await app.get("/v2/profile", access)).status == 401
    assert (await app.get("/v2/profile")).status == 401


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id_token": "no.token.here"}, "Invalid IdToken."),
        ({"client_id": "2222222222"}, "Invalid IdToken Audience."),
        ({"nonce": "n-2"}, "Invalid IdToken Nonce."),
        ({"user_id": "U0"}, "Invalid IdToken Subject Identifier."),
    ],
    ids=str,
)
async def test_id_tokens_are_refused_in_line_s_words(app: App, changes: dict[str, str], told: str) -> None:
    form = {"id_token": (await app.tokens())["id_token"], "client_id": CHANNEL, **changes}
    assert refusal(await app.post("verify", **form)) == (400, "invalid_request", told)


async def test_forged_foreign_and_late_id_tokens(app: App) -> None:
    genuine = (await app.tokens())["id_token"]
    claims = jwt.decode(genuine, options={"verify_signature": False})
    forged = jwt.encode(claims, SECRET[::-1], "HS256")
    unsigned = jwt.encode(claims, None, "none")
    foreign = jwt.encode({**claims, "iss": "https://example.org"}, SECRET, "HS256")
    stranger = jwt.encode({**claims, "aud": "9999999999"}, SECRET, "HS256")
    for token, told in (
        (forged, "Invalid IdToken."),
        (unsigned, "Invalid IdToken."),
        (stranger, "Invalid IdToken."),
        (foreign, "Invalid IdToken Issuer."),
    ):
        assert refusal(await app.post("verify", id_token=token, client_id=CHANNEL)) == (400, "invalid_request", told)
    app.passed = ID_TOKEN_SECONDS + 1
    late = await app.post("verify", id_token=genuine, client_id=CHANNEL)
    assert refusal(late) == (400, "invalid_request", "IdToken expired.")
    nothing = await app.post("verify", client_id=CHANNEL)
    assert refusal(nothing) == (400, "invalid_request", "id_token is required")


async def test_liff_tokens_are_proved_by_the_public_key(app: App) -> None:
    path = f"/_practice/login-channels/{CHANNEL}/liff"
    told = await app.world.call("POST", path, {"userId": app.world.users[1]})
    discovery = (await app.get("/.well-known/openid-configuration")).json
    assert discovery["jwks_uri"].endswith("/oauth2/v2.1/certs")
    keys = jwt.PyJWKSet.from_dict((await app.get(urlsplit(discovery["jwks_uri"]).path)).json)
    head = jwt.get_unverified_header(told["idToken"])
    assert (head["alg"], head["kid"]) == ("ES256", keys.keys[0].key_id)
    options = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(
        told["idToken"], keys[head["kid"]], ["ES256"], audience=CHANNEL, issuer=discovery["issuer"], options=options
    )
    assert (claims["sub"], claims["name"]) == (app.world.users[1], "ข")
    assert (await app.post("verify", id_token=told["idToken"], client_id=CHANNEL)).json == claims
    assert (await app.get("/v2/profile", told["accessToken"])).json["userId"] == app.world.users[1]
    assert (await app.world.request("POST", path, {"userId": "U" + "0" * 32})).status == 404
    unknown = await app.world.request("POST", path.replace(CHANNEL, "2222222222"), {"userId": app.world.users[1]})
    assert unknown.status == 404


async def test_the_discovery_document_names_this_server(app: App) -> None:
    told = (await request(app.world.app, "GET", "/.well-known/openid-configuration", None, host="line.test:8787")).json
    assert told["issuer"] == "https://access.line.me"
    addresses = {told[name] for name in told if name.endswith(("_endpoint", "_uri"))}
    assert {urlsplit(address).netloc for address in addresses} == {"line.test:8787"}
    served = {route.path for route in app.world.app.routes}
    assert {urlsplit(address).path for address in addresses} <= served


async def test_channels_are_kept_and_changed(app: App) -> None:
    path = f"/_practice/login-channels/{CHANNEL}"
    changed = await app.world.call("PUT", path, {"redirectUris": []})
    assert (changed["clientSecret"], changed["redirectUris"]) == (SECRET, [])
    assert await app.world.call("GET", "/_practice/login-channels") == {"channels": [changed]}
    for address, body in (
        ("/_practice/login-channels/12", {"redirectUris": []}),
        (path, {"redirectUris": ["/back"]}),
        (path, {"redirectUris": [], "clientSecret": "short"}),
        (path, {}),
    ):
        assert (await app.world.request("PUT", address, body)).status == 400


async def test_a_body_too_large_is_refused(app: App) -> None:
    heavy = b"code=" + b"x" * (2 * 1024 * 1024)
    for path in ("token", "authorize"):
        assert (await app.world.request("POST", f"/oauth2/v2.1/{path}", heavy, **FORM)).status == 413


def test_everything_of_login_survives_a_restart(tmp_path: Any) -> None:
    file = tmp_path / "line.sqlite"
    first = Platform(file, clock=Clock())
    user = first.people.add_person("ก")["userId"]
    first.login.set_channel(CHANNEL, "แอป", SECRET, [BACK])
    told = first.login.liff_tokens(CHANNEL, user)
    first.commit()
    first.close()
    second = Platform(file)
    assert second.login.check_id_token(told["idToken"], CHANNEL, None, user)["sub"] == user
    assert second.login.profile(told["accessToken"]) == {"userId": user, "displayName": "ก"}
    second.close()
