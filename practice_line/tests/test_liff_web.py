"""LIFF in an ordinary browser, call by call: the SDK's script, LIFF URLs, and a login that ends in an app."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from practice_client import World, request
from practice_line.liff_routes import NEWEST, sdk_script

CHANNEL = "1234567890"
LIFF_ID = f"{CHANNEL}-AbcdEfgh"
ENDPOINT = "http://127.0.0.1:8000/liff"
SDK = f"/liff/sdk/{LIFF_ID}"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def app(world: World) -> World:
    await world.call("PUT", f"/_practice/login-channels/{CHANNEL}", {"name": "แอป", "redirectUris": []})
    body = {"view": {"type": "full", "url": ENDPOINT}, "scope": ["openid", "profile", "chat_message.write"]}
    await world.call("PUT", f"/_practice/liff-apps/{LIFF_ID}", body)
    return world


def wish(redirect_uri: str, **more: str) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": CHANNEL,
        "redirect_uri": redirect_uri,
        "state": "s1",
        "scope": "openid profile",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **more,
    }


async def signed_in(app: World, redirect_uri: str = f"{ENDPOINT}/p/1", **more: str) -> str:
    """The code with which somebody who agreed comes back."""
    chosen = {**wish(redirect_uri, **more), "user_id": app.users[0], "decision": "allow"}
    answer = await request(app.app, "POST", "/oauth2/v2.1/authorize", urlencode(chosen).encode(), **FORM)
    assert answer.status == 302, answer
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


async def exchange(app: World, **form: str) -> Any:
    return await request(app.app, "POST", f"{SDK}/token", urlencode(form).encode(), **FORM)


@pytest.mark.parametrize(
    ("path", "version"),
    [("/liff/edge/2/sdk.js", NEWEST), ("/liff/edge/versions/2.31.1/sdk.js", "2.31.1")],
    ids=["edge", "version"],
)
async def test_the_script_stands_where_lines_does(world: World, path: str, version: str) -> None:
    answer = await world.request("GET", path, host="line.test:8787")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert f"SDK_VERSION = '{version}'" in answer.content.decode()
    assert '"http://line.test:8787"' in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["edge/1/sdk.js", "edge/versions/1.0.0/sdk.js", "edge/versions/2.x.0/sdk.js", "edge/versions/2.31/sdk.js", "other"],
    ids=["major", "old", "letters", "short", "path"],
)
async def test_no_other_script_is_there(world: World, path: str) -> None:
    assert (await world.request("GET", f"/liff/{path}")).status == 404


def test_an_address_cannot_leave_its_place_in_the_script() -> None:
    assert '"http://a\\"; alert(1); \\""' in sdk_script(NEWEST, 'http://a"; alert(1); "')


@pytest.mark.parametrize(
    ("rest", "leads_to"),
    [
        ("", ENDPOINT),
        ("/", ENDPOINT),
        ("/p/12?g=1", f"{ENDPOINT}?liff.state=%2Fp%2F12%3Fg%3D1"),
        ("?g=1", f"{ENDPOINT}?liff.state=%3Fg%3D1"),
    ],
    ids=["bare", "slash", "path", "query"],
)
async def test_a_liff_url_leads_to_the_endpoint(app: World, rest: str, leads_to: str) -> None:
    answer = await app.request("GET", f"/liff/{LIFF_ID}{rest}")
    assert (answer.status, answer.headers["location"]) == (302, leads_to)
    assert (await app.request("GET", f"/liff/{CHANNEL}-00000000{rest}")).status == 404


async def test_before_the_login_there_is_a_context_without_a_person(app: World) -> None:
    answer = await request(app.app, "GET", f"{SDK}/context", None, authorization="")
    assert answer.headers["access-control-allow-origin"] == "*"
    context = answer.json["context"]
    assert (context["type"], answer.json["granted"]) == ("external", [])
    assert not {"userId", "viewType", "accessTokenHash"} & context.keys()


async def test_a_login_ends_in_the_app_with_tokens(app: World) -> None:
    back = f"{ENDPOINT}/p/1"
    code = await signed_in(app, back)
    told = (await exchange(app, code=code, redirect_uri=back, code_verifier=VERIFIER)).json
    keys = jwt.PyJWKSet.from_dict((await app.request("GET", "/oauth2/v2.1/certs")).json)
    head = jwt.get_unverified_header(told["idToken"])
    claims = jwt.decode(told["idToken"], keys[head["kid"]], ["ES256"], audience=CHANNEL)
    assert (head["alg"], claims["sub"]) == ("ES256", app.users[0])
    bearer = {"authorization": f"Bearer {told['accessToken']}"}
    context = (await request(app.app, "GET", f"{SDK}/context", **bearer)).json
    assert (context["context"]["userId"], context["granted"]) == (app.users[0], ["profile", "openid"])
    profile = (await request(app.app, "GET", f"{SDK}/profile", **bearer)).json
    assert profile == {"userId": app.users[0], "displayName": "ก"}
    assert (await request(app.app, "GET", f"{SDK}/friendship", **bearer)).json == {"friendFlag": True}
    again = await exchange(app, code=code, redirect_uri=back, code_verifier=VERIFIER)
    assert (again.status, again.json["message"]) == (400, "invalid authorization code")


async def test_a_login_proves_that_it_ends_where_it_began(app: World) -> None:
    back = f"{ENDPOINT}/p/1"
    wrong = await exchange(app, code=await signed_in(app, back), redirect_uri=back, code_verifier="w" * 43)
    assert (wrong.status, wrong.json["message"]) == (400, "code_verifier does not match")
    elsewhere = await exchange(app, code=await signed_in(app, back), redirect_uri=ENDPOINT, code_verifier=VERIFIER)
    assert elsewhere.status == 400
    bare = {"code_challenge": "", "code_challenge_method": ""}
    unproved = await exchange(app, code=await signed_in(app, back, **bare), redirect_uri=back, code_verifier="")
    assert unproved.status == 400


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "http://127.0.0.1:8000/",
        "http://127.0.0.1:8000/liffx",
        "http://127.0.0.1:8001/liff",
        "https://127.0.0.1:8000/liff",
    ],
    ids=["above", "beside", "port", "scheme"],
)
async def test_a_login_does_not_lead_out_of_the_app(app: World, redirect_uri: str) -> None:
    answer = await request(app.app, "GET", f"/oauth2/v2.1/authorize?{urlencode(wish(redirect_uri))}")
    assert (answer.status, "Invalid redirect_uri" in answer.content.decode()) == (400, True)


async def test_a_token_that_is_not_the_apps_is_refused(app: World) -> None:
    for token in ("nothing", "practice-token"):
        for what in ("context", "profile", "friendship"):
            answer = await request(app.app, "GET", f"{SDK}/{what}", None, authorization=f"Bearer {token}")
            assert answer.status == 401
    asked = await request(app.app, "OPTIONS", f"{SDK}/context")
    assert (asked.status, asked.headers["access-control-allow-headers"]) == (204, "authorization, content-type")
    assert (
        await request(app.app, "GET", f"/liff/sdk/{CHANNEL}-00000000/context", None, authorization="")
    ).status == 404
