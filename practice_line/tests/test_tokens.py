"""Channel access tokens of every kind: how they are got, what they open, and when that ends."""

import asyncio
import base64
import time
from functools import cache
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from line_tour import CHANNEL, SECRET, login_token
from practice_client import Answer, World
from practice_line.tokens import ASSERTION_TYPE

BOT = "2000000000"
UNAUTHORIZED = 401


@cache
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk() -> dict[str, str]:
    """The public half, as LINE's console takes it."""
    numbers = private_key().public_key().public_numbers()
    length = (numbers.n.bit_length() + 7) // 8
    parts = {"n": numbers.n.to_bytes(length, "big"), "e": numbers.e.to_bytes(3, "big")}
    told = {name: base64.urlsafe_b64encode(part).rstrip(b"=").decode() for name, part in parts.items()}
    return {"kty": "RSA", "alg": "RS256", "use": "sig", **told}


async def registered(world: World, channel: str = BOT) -> str:
    path = f"/_practice/channels/{channel}/assertion-keys"
    kid: str = (await world.call("POST", path, {"publicKey": public_jwk()}))["kid"]
    return kid


def assertion(kid: str, **changes: Any) -> str:
    claims = {"iss": BOT, "sub": BOT, "aud": "https://api.line.me/", "exp": int(time.time()) + 1800, "token_exp": 86400}
    return jwt.encode({**claims, **changes}, private_key(), algorithm="RS256", headers={"kid": kid})


async def form(world: World, path: str, **fields: str) -> Answer:
    return await world.request("POST", path, urlencode(fields).encode())


async def by_assertion(world: World, made: str, path: str = "/oauth2/v2.1/token") -> Answer:
    fields = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE, "client_assertion": made}
    return await form(world, path, **fields)


async def by_secret(world: World, path: str, client_id: str = BOT, secret: str = "practice-secret") -> Answer:
    fields = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return await form(world, path, **fields)


async def opens(world: World, token: str) -> int:
    return (await world.request("GET", "/v2/bot/info", authorization=f"Bearer {token}")).status


async def test_a_short_lived_token_lives_thirty_days(world: World) -> None:
    issued = await by_secret(world, "/v2/oauth/accessToken")
    assert (issued.json["expires_in"], issued.json["token_type"]) == (2592000, "Bearer")
    token = issued.json["access_token"]
    assert await opens(world, token) == 200
    told = (await form(world, "/v2/oauth/verify", access_token=token)).json
    assert told == {"client_id": BOT, "expires_in": 2592000, "scope": "P CM"}
    await world.at("2026-02-14T08:59:59+07:00")
    assert await opens(world, token) == 200
    await world.at("2026-02-14T09:00:00+07:00")
    assert await opens(world, token) == UNAUTHORIZED
    refused = await form(world, "/v2/oauth/verify", access_token=token)
    assert refused.json == {"error": "invalid_request", "error_description": "access_token invalid"}


async def test_the_thirty_first_short_lived_token_ends_the_first(world: World) -> None:
    tokens = [(await by_secret(world, "/v2/oauth/accessToken")).json["access_token"] for _ in range(31)]
    assert [await opens(world, token) for token in tokens] == [UNAUTHORIZED, *[200] * 30]


async def test_short_and_long_lived_tokens_are_verified_and_revoked(world: World) -> None:
    long = (await form(world, "/v2/oauth/verify", access_token="practice-token")).json
    assert (long["client_id"], long["expires_in"] > 10**9) == (BOT, True)
    token = (await by_secret(world, "/v2/oauth/accessToken")).json["access_token"]
    for given in (token, token, "unknown", "practice-token"):
        answer = await form(world, "/v2/oauth/revoke", access_token=given)
        assert (answer.status, answer.content) == (200, b"")
    assert await opens(world, token) == UNAUTHORIZED
    assert await opens(world, "practice-token") == 200
    for path in ("/v2/oauth/verify", "/v2/oauth/revoke"):
        assert (await form(world, path, access_token="ก")).json["error"] == "invalid_request"


@pytest.mark.parametrize(
    ("client_id", "secret", "told"),
    [("1111111111", "practice-secret", "invalid client_id"), (BOT, "other", "invalid client_secret")],
)
async def test_a_short_lived_token_needs_id_and_secret(world: World, client_id: str, secret: str, told: str) -> None:
    answer = await by_secret(world, "/v2/oauth/accessToken", client_id, secret)
    assert (answer.status, answer.json) == (400, {"error": "invalid_client", "error_description": told})
    stateless = await by_secret(world, "/oauth2/v3/token", client_id, secret)
    assert stateless.json == {"error": "invalid_request", "error_description": "Invalid 'client_credentials'."}


async def test_a_stateless_token_lives_a_quarter_of_an_hour_and_cannot_be_revoked(world: World) -> None:
    issued = (await by_secret(world, "/oauth2/v3/token")).json
    token = issued["access_token"]
    assert (issued["expires_in"], await opens(world, token)) == (900, 200)
    assert len(world.platform.state.channel_tokens) == 0
    revoke = {"client_id": BOT, "client_secret": "practice-secret", "access_token": token}
    assert (await form(world, "/oauth2/v2.1/revoke", **revoke)).status == 200
    await world.at("2026-01-15T09:14:59+07:00")
    assert await opens(world, token) == 200
    await world.at("2026-01-15T09:15:00+07:00")
    assert await opens(world, token) == UNAUTHORIZED


async def test_a_v21_token_by_jwt_assertion(world: World) -> None:
    kid = await registered(world)
    issued = (await by_assertion(world, assertion(kid))).json
    token = issued["access_token"]
    assert (issued["expires_in"], issued["token_type"], await opens(world, token)) == (86400, "Bearer", 200)
    told = await world.call("GET", f"/oauth2/v2.1/verify?access_token={token}")
    assert told == {"client_id": BOT, "expires_in": 86400, "scope": "profile chat_message.write"}
    query = urlencode({"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion(kid)})
    assert await world.call("GET", f"/oauth2/v2.1/tokens/kid?{query}") == {"kids": [issued["key_id"]]}
    revoke = {"client_id": BOT, "client_secret": "practice-secret"}
    not_jws = (await form(world, "/oauth2/v2.1/revoke", **revoke, access_token="opaque")).json
    assert not_jws["error_description"] == "The access token not JWS"
    assert (await form(world, "/oauth2/v2.1/revoke", **revoke, access_token=token)).content == b""
    assert await opens(world, token) == UNAUTHORIZED
    assert await world.call("GET", f"/oauth2/v2.1/tokens/kid?{query}") == {"kids": []}
    assert (await world.request("GET", f"/oauth2/v2.1/verify?access_token={token}")).status == 400


async def test_a_v21_token_ends_when_the_assertion_said(world: World) -> None:
    token = (await by_assertion(world, assertion(await registered(world)))).json["access_token"]
    await world.at("2026-01-16T09:00:00+07:00")
    assert await opens(world, token) == UNAUTHORIZED


async def test_a_channel_has_at_most_thirty_v21_tokens(world: World) -> None:
    made = assertion(await registered(world))
    answers = [await by_assertion(world, made) for _ in range(31)]
    assert [answer.status for answer in answers] == [*[200] * 30, 400]
    assert answers[-1].json == {"message": "The maximum number of access tokens has already been issued"}
    await world.at("2026-01-16T09:00:00+07:00")
    assert (await by_assertion(world, made)).status == 200


async def test_a_stateless_token_by_assertion(world: World) -> None:
    issued = await by_assertion(world, assertion(await registered(world)), "/oauth2/v3/token")
    assert await opens(world, issued.json["access_token"]) == 200


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"iss": "1"}, "iss and clientId of key do not match"),
        ({"sub": "1"}, "iss and clientId of key do not match"),
        ({"aud": "https://example.org/"}, "Invalid aud"),
        ({"exp": 1}, "Invalid exp"),
        ({"exp": 2**33}, "Invalid exp"),
        ({"token_exp": 2592001}, "Invalid token_exp"),
        ({"token_exp": None}, "Invalid token_exp"),
    ],
)
async def test_wrong_assertions(world: World, changes: dict[str, Any], told: str) -> None:
    answer = await by_assertion(world, assertion(await registered(world), **changes))
    assert (answer.status, answer.json) == (400, {"error": "invalid_client", "error_description": told})


async def test_assertions_nobody_can_believe(world: World) -> None:
    kid = await registered(world)
    unknown = await by_assertion(world, assertion("other"))
    assert (unknown.status, unknown.json) == (404, {"message": "Cannot find channel key that satisfies the conditions"})
    forged = assertion(kid)[:-8] + "AAAAAAAA"
    assert (await by_assertion(world, forged)).json["error_description"] == "Invalid signature"
    assert (await by_assertion(world, "no JWT")).json["error_description"] == "Invalid client_assertion"
    untyped = await form(world, "/oauth2/v3/token", grant_type="client_credentials", client_assertion=assertion(kid))
    assert untyped.json["error_description"] == "Invalid client_assertion_type"
    other = await form(world, "/v2/oauth/accessToken", grant_type="password", client_id=BOT)
    assert other.json["error"] == "unsupported_grant_type"


async def test_keys_the_console_would_not_take(world: World) -> None:
    path, good = f"/_practice/channels/{BOT}/assertion-keys", public_jwk()
    for changes in ({"kty": "EC"}, {"alg": "RS512"}, {"kid": "mine"}, {"use": "enc"}, {"n": good["e"]}, {"d": "AQAB"}):
        assert (await world.request("POST", path, {"publicKey": {**good, **changes}})).status == 400
    assert (await world.request("POST", path, {"publicKey": "a string"})).status == 400
    assert (await world.request("POST", path.replace(BOT, "1111111111"), {"publicKey": good})).status == 404


async def test_a_login_channel_s_token_opens_liff_and_not_the_bot(world: World) -> None:
    token = await login_token(world)
    assert await opens(world, token) == UNAUTHORIZED
    apps = await world.request("GET", "/liff/v1/apps", authorization=f"Bearer {token}")
    assert apps.json == {"message": "There is no LIFF app on the channel"}
    assert (await world.request("GET", "/liff/v1/apps")).status == UNAUTHORIZED
    stateless = (await by_secret(world, "/oauth2/v3/token", CHANNEL, SECRET)).json["access_token"]
    assert (await world.request("GET", "/liff/v1/apps", authorization=f"Bearer {stateless}")).status == 404


async def test_tokens_outlive_a_restart_and_a_changed_secret_ends_stateless_ones(world: World, tmp_path: Any) -> None:
    from practice_line.platform import Platform

    short = (await by_secret(world, "/v2/oauth/accessToken")).json["access_token"]
    stateless = (await by_secret(world, "/oauth2/v3/token")).json["access_token"]
    world.platform.save_to(tmp_path / "line.sqlite")
    for secret, opened in (("practice-secret", BOT), ("another-secret", None)):
        platform = Platform(tmp_path / "line.sqlite", secret=secret)
        assert platform.channel_tokens.channel_of(short) == BOT
        assert platform.channel_tokens.channel_of(stateless) == opened
        platform.close()


async def test_deauthorizing_on_a_person_s_behalf(world: World) -> None:
    channel = f"Bearer {await login_token(world)}"
    path = f"/_practice/login-channels/{CHANNEL}/liff"
    access = (await world.call("POST", path, {"userId": world.users[0]}))["accessToken"]
    other = (await world.call("POST", path, {"userId": world.users[1]}))["accessToken"]
    friendship = "/friendship/v1/status"
    assert (await world.request("GET", friendship, authorization=f"Bearer {access}")).json == {"friendFlag": True}
    body = {"userAccessToken": access}
    done = await world.request("POST", "/user/v1/deauthorize", body, authorization=channel)
    assert (done.status, done.content) == (204, b"")
    assert (await world.request("GET", friendship, authorization=f"Bearer {access}")).status == UNAUTHORIZED
    assert (await world.request("GET", friendship, authorization=f"Bearer {other}")).status == 200
    again = await world.request("POST", "/user/v1/deauthorize", body, authorization=channel)
    assert (again.status, again.json) == (400, {"message": "invalid token"})
    await world.call("POST", f"/_practice/people/{world.users[1]}/unfollow")
    assert (await world.request("GET", friendship, authorization=f"Bearer {other}")).json == {"friendFlag": False}


@pytest.mark.parametrize(
    ("ticked", "friend", "changed"), [("1", False, "true"), ("", False, "false"), ("1", True, "false")]
)
async def test_becoming_a_friend_while_signing_in(world: World, ticked: str, friend: bool, changed: str) -> None:
    await login_token(world)
    newcomer = (await world.call("POST", "/_practice/people", {"name": "ง", "friend": friend}))["userId"]
    asked = {"response_type": "code", "client_id": CHANNEL, "redirect_uri": "http://127.0.0.1:9/back", "state": "s"}
    asked |= {"scope": "profile openid", "bot_prompt": "normal"}
    page = await world.request("GET", f"/oauth2/v2.1/authorize?{urlencode(asked)}")
    assert b'name="add_friend"' in page.content
    fields = {**asked, "user_id": newcomer, "decision": "allow", "add_friend": ticked}
    answer = await world.request("POST", "/oauth2/v2.1/authorize", urlencode(fields).encode())
    assert f"friendship_status_changed={changed}" in answer.headers["location"]
    assert world.platform.sending.is_friend(newcomer) is (friend or changed == "true")
    await asyncio.sleep(0)  # what comes of a page goes out in the background
    assert [event["type"] for event in world.events if event["type"] == "follow"] == ["follow"] * (changed == "true")


async def test_a_login_channel_cannot_take_the_bot_s_id(world: World) -> None:
    assert (await world.request("PUT", f"/_practice/login-channels/{BOT}", {"redirectUris": []})).status == 409
