"""Channel access tokens: short-lived, v2.1 by JWT assertion, stateless. By LINE's reference, "Channel access token".

The Messaging API's channel also has one fixed long-lived token. Tokens live in the platform's time; a JWT assertion is
judged by real time, for whoever signed it did so by their own clock.
"""

import base64
import hashlib
import hmac
import re
from typing import Any

import jwt
from jwt.types import Options

from practice_line.core import Core
from practice_line.errors import LineError, LoginError, RefusedError
from practice_line.rows import AssertionKey, ChannelToken

AUDIENCE = "https://api.line.me/"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 30 * 60
SHORT_SECONDS = 30 * 24 * 3600
STATELESS_SECONDS = 15 * 60
MOST_TOKENS = 30
RSA_BYTES = 2048 // 8

# LINE shows a long-lived token with about a hundred years left.
LONG_SECONDS = 100 * 365 * 24 * 3600
SHORT_SCOPE, JWS_SCOPE = "P CM", "profile chat_message.write"

JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
OPAQUE = re.compile(r"[A-Za-z0-9+/=_.-]+")
UNPROVEN: Options = {"verify_exp": False, "verify_aud": False, "verify_iat": False}

Told = dict[str, Any]


class TokenSide:
    """Tokens of the Messaging API's channel and of login channels. Refusals are LoginError or LineError, as LINE's."""

    def __init__(self, core: Core, *, channel_id: str, secret: str, long_lived: str) -> None:
        self._core = core
        self._channel_id = channel_id
        self._channel_secret = secret
        self._long_lived = long_lived
        self._tokens = core.state.channel_tokens

    def channel_of(self, token: str) -> str | None:
        """The channel a living token was issued for."""
        if token == self._long_lived:
            return self._channel_id
        found = self._tokens.get(token)
        if found is not None:
            return found.channel_id if found.expires_ms > self._core.now_ms() else None
        stateless = self._stateless(token)
        return stateless["iss"] if stateless is not None else None

    def add_key(self, channel_id: str, key: Any) -> dict[str, str]:
        """The console's "register a public key": a JWK in, its kid out. Raises RefusedError where LINE would not."""
        if self._secret(channel_id) is None:
            raise RefusedError(404, f"There is no channel {channel_id}.")
        if not isinstance(key, dict) or (key.get("kty"), key.get("alg")) != ("RSA", "RS256") or {"kid", "d"} & set(key):
            raise RefusedError(400, "`publicKey` is a public RSA key as a JWK for RS256, without a kid.")
        if key.get("use") != "sig" and key.get("key_ops") != ["verify"]:
            raise RefusedError(400, '`publicKey` says "use": "sig" or "key_ops": ["verify"].')
        if len(_number(str(key.get("n", "")))) != RSA_BYTES or not _number(str(key.get("e", ""))):
            raise RefusedError(400, "`publicKey` is an RSA key of 2048 bits.")
        kid = self._core.ids.digest()[:22]
        self._core.state.assertion_keys.put(kid, AssertionKey(kid, channel_id, key))
        return {"kid": kid}

    def issue_short(self, client_id: str, secret: str) -> Told:
        """Valid for 30 days. Above 30 of a channel the oldest is revoked."""
        self._trusted(client_id, secret)
        living = self._living(client_id, "short")
        for old in living[: max(0, len(living) + 1 - MOST_TOKENS)]:
            self._tokens.drop(old.token)
        token = base64.b64encode(bytes.fromhex(self._core.ids.digest() * 2)).decode()
        self._keep(ChannelToken(token, client_id, "short", self._expiry(SHORT_SECONDS)))
        return {"access_token": token, "expires_in": SHORT_SECONDS, "token_type": "Bearer"}

    def issue_v21(self, assertion: str) -> Told:
        """For as long as the assertion asks for, at most 30 days. The 31st of a channel is refused."""
        channel_id, claims = self._asserted(assertion)
        seconds = claims.get("token_exp")
        if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds <= SHORT_SECONDS:
            raise LoginError("invalid_client", "Invalid token_exp")
        if len(self._living(channel_id, "v2.1")) >= MOST_TOKENS:
            raise LineError(400, "The maximum number of access tokens has already been issued")
        key_id, expires = self._core.ids.digest()[:22], self._expiry(seconds)
        token = self._sign(channel_id, key_id, expires)
        self._keep(ChannelToken(token, channel_id, "v2.1", expires, key_id))
        return {"access_token": token, "token_type": "Bearer", "expires_in": seconds, "key_id": key_id}

    def issue_stateless(self, channel_id: str) -> Told:
        """For 15 minutes, any number of them; nothing is kept, and so none can be revoked."""
        token = self._sign(channel_id, "", self._expiry(STATELESS_SECONDS))
        return {"token_type": "Bearer", "access_token": token, "expires_in": STATELESS_SECONDS}

    def stateless_channel(self, client_id: str, secret: str) -> str:
        known = self._secret(client_id)
        if known is None or not hmac.compare_digest(known.encode(), secret.encode()):
            raise LoginError("invalid_request", "Invalid 'client_credentials'.")
        return client_id

    def asserted_channel(self, assertion: str) -> str:
        return self._asserted(assertion)[0]

    def key_ids(self, assertion: str) -> Told:
        return {"kids": [token.key_id for token in self._living(self.asserted_channel(assertion), "v2.1")]}

    def check_jws(self, token: str) -> Told | None:
        """About a living v2.1 or stateless token; None where it is neither."""
        found, stateless = self._tokens.get(token), self._stateless(token)
        if found is not None and found.kind == "v2.1" and found.expires_ms > self._core.now_ms():
            return self._told(found.channel_id, found.expires_ms, JWS_SCOPE)
        if stateless is not None:
            return self._told(stateless["iss"], stateless["exp"] * 1000, JWS_SCOPE)
        return None

    def check_opaque(self, token: str) -> Told:
        """About a short-lived or the long-lived token."""
        if not OPAQUE.fullmatch(token):
            raise LoginError("invalid_request", "access_token in invalid format")
        if token == self._long_lived:
            return {"client_id": self._channel_id, "expires_in": LONG_SECONDS, "scope": SHORT_SCOPE}
        found = self._tokens.get(token)
        if found is None or found.kind != "short" or found.expires_ms <= self._core.now_ms():
            raise LoginError("invalid_request", "access_token invalid")
        return self._told(found.channel_id, found.expires_ms, SHORT_SCOPE)

    def revoke_v21(self, client_id: str, secret: str, token: str) -> bool:
        """Whether it was a channel's to revoke; otherwise it may be a person's access token."""
        found = self._tokens.get(token)
        if found is None and client_id != self._channel_id:
            return False
        self._trusted(client_id, secret)
        if not JWS.fullmatch(token):
            raise LoginError("invalid_request", "The access token not JWS")
        if found is not None and found.channel_id == client_id:
            self._tokens.drop(token)
        return True

    def revoke_opaque(self, token: str) -> None:
        """Revoke a short-lived token. The long-lived one stays: it is what practice-line was started with."""
        if not OPAQUE.fullmatch(token):
            raise LoginError("invalid_request", "access_token in invalid format")
        found = self._tokens.get(token)
        if found is not None and found.kind == "short":
            self._tokens.drop(token)

    def _asserted(self, assertion: str) -> tuple[str, dict[str, Any]]:
        """The channel that signed a JWT assertion, and what it claims."""
        try:
            kid = jwt.get_unverified_header(assertion).get("kid")
        except jwt.PyJWTError as error:
            raise LoginError("invalid_client", "Invalid client_assertion") from error
        key = self._core.state.assertion_keys.get(str(kid))
        if key is None:
            raise LineError(404, "Cannot find channel key that satisfies the conditions")
        try:
            claims = jwt.decode(assertion, jwt.PyJWK(key.key, "RS256"), algorithms=["RS256"], options=UNPROVEN)
        except jwt.PyJWTError as error:
            raise LoginError("invalid_client", "Invalid signature") from error
        now, expires = self._core.clock.real_seconds(), claims.get("exp")
        if claims.get("iss") != key.channel_id or claims.get("sub") != key.channel_id:
            raise LoginError("invalid_client", "iss and clientId of key do not match")
        if claims.get("aud") != AUDIENCE:
            raise LoginError("invalid_client", "Invalid aud")
        if not isinstance(expires, int) or not now < expires <= now + ASSERTION_SECONDS + 1:
            raise LoginError("invalid_client", "Invalid exp")
        return key.channel_id, claims

    def _trusted(self, client_id: str, secret: str) -> None:
        known = self._secret(client_id)
        if known is None:
            raise LoginError("invalid_client", "invalid client_id")
        if not hmac.compare_digest(known.encode(), secret.encode()):
            raise LoginError("invalid_client", "invalid client_secret")

    def _secret(self, channel_id: str) -> str | None:
        if channel_id == self._channel_id:
            return self._channel_secret
        channel = self._core.state.login_channels.get(channel_id)
        return channel.secret if channel is not None else None

    def _living(self, channel_id: str, kind: str) -> list[ChannelToken]:
        now = self._core.now_ms()
        return [
            token
            for token in self._tokens
            if token.channel_id == channel_id and token.kind == kind and token.expires_ms > now
        ]

    def _keep(self, token: ChannelToken) -> None:
        for old in [old for old in self._tokens if old.expires_ms <= self._core.now_ms()]:
            self._tokens.drop(old.token)
        self._tokens.put(token.token, token)

    def _expiry(self, seconds: int) -> int:
        return (self._core.now_ms() // 1000 + seconds) * 1000

    def _told(self, channel_id: str, expires_ms: int, scope: str) -> Told:
        left = (expires_ms - self._core.now_ms()) // 1000
        return {"client_id": channel_id, "expires_in": left, "scope": scope}

    def _sign(self, channel_id: str, key_id: str, expires_ms: int) -> str:
        claims = {"iss": channel_id, "exp": expires_ms // 1000, "jti": self._core.ids.digest()}
        headers = {"kid": key_id} if key_id else None
        return jwt.encode(claims, self._signing_key(channel_id), algorithm="HS256", headers=headers)

    def _stateless(self, token: str) -> dict[str, Any] | None:
        """The claims of a living stateless token: signed by us, and without v2.1's key id."""
        if not JWS.fullmatch(token):
            return None
        try:
            issuer = str(jwt.decode(token, options={"verify_signature": False}).get("iss"))
            if self._secret(issuer) is None or "kid" in jwt.get_unverified_header(token):
                return None
            claims = jwt.decode(token, self._signing_key(issuer), algorithms=["HS256"], options=UNPROVEN)
        except jwt.PyJWTError:
            return None
        return claims if claims["exp"] * 1000 > self._core.now_ms() else None

    def _signing_key(self, channel_id: str) -> bytes:
        return hashlib.sha256(f"channel access token:{channel_id}:{self._secret(channel_id)}".encode()).digest()


def _number(text: str) -> bytes:
    """The bytes of a JWK's big number; none where it is not base64url."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
