"""LINE Login, without HTTP: channels, codes, access tokens and ID tokens, by LINE Login v2.1's reference.

Signing in happens in real time whatever the platform's clock says, for apps check ID tokens by their own clocks.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.types import Options

from practice_line.core import Core
from practice_line.errors import LoginError, RefusedError, access_token_refused
from practice_line.liff_links import is_under
from practice_line.rows import LoginChannel, LoginCode, LoginToken

ISSUER = "https://access.line.me"
SCOPES = ("profile", "openid", "email")

CODE_SECONDS = 10 * 60
ID_TOKEN_SECONDS = 60 * 60
ACCESS_TOKEN_SECONDS = 30 * 24 * 3600
LIFF_TOKEN_SECONDS = 12 * 3600
REFRESH_TOKEN_SECONDS = 90 * 24 * 3600

# The order of the curve P-256: a private key is a number below it.
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

Claims = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What an app asks for at the authorize page. `challenge` is PKCE's, made with S256; "" where not used."""

    client_id: str
    redirect_uri: str
    state: str
    scopes: tuple[str, ...]
    nonce: str = ""
    challenge: str = ""
    with_auth_time: bool = False


class LoginSide:
    """The login half of one platform. Refusals are LoginError in LINE's shape, or RefusedError for the control API."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._state = core.state

    def now(self) -> int:
        """Real time in whole seconds."""
        return int(self._core.clock.real_seconds())

    def set_channel(self, client_id: str, name: str, secret: str | None, redirect_uris: list[str]) -> dict[str, Any]:
        """Make a login channel, or change one; without a `secret` it keeps its own or gets a fresh one."""
        found = self._state.login_channels.get(client_id)
        secret = secret or (found.secret if found else self._core.ids.digest()[:32])
        self._state.login_channels.put(client_id, LoginChannel(client_id, name, secret, redirect_uris))
        return self.describe(client_id)

    def describe(self, client_id: str) -> dict[str, Any]:
        channel = self.known(client_id)
        return {
            "clientId": channel.client_id,
            "name": channel.name,
            "clientSecret": channel.secret,
            "redirectUris": channel.redirect_uris,
        }

    def channels(self) -> dict[str, Any]:
        return {"channels": [self.describe(channel.client_id) for channel in self._state.login_channels]}

    def known(self, client_id: str) -> LoginChannel:
        channel = self._state.login_channels.get(client_id)
        if channel is None:
            raise RefusedError(404, f"There is no login channel {client_id}.")
        return channel

    def channel(self, client_id: str) -> LoginChannel | None:
        return self._state.login_channels.get(client_id)

    def leads_back(self, channel: LoginChannel, redirect_uri: str) -> bool:
        """Whether a sign-in may end there: at a registered address, or in a LIFF app of the channel."""
        if redirect_uri in channel.redirect_uris:
            return True
        apps = (app for app in self._state.liff_apps if app.client_id == channel.client_id)
        return any(is_under(redirect_uri, app.body["view"]["url"]) for app in apps)

    def liff_tokens(
        self, client_id: str, user_id: str, scopes: tuple[str, ...] = ("profile", "openid")
    ) -> dict[str, str]:
        """What liff.getIDToken() and liff.getAccessToken() give this person in a LIFF app of the channel.

        Without the scope openid there is no `idToken`.
        """
        self.known(client_id)
        self._core.person(user_id)
        wish = Wish(client_id, "", "", scopes)
        token = self._issue(wish, user_id, LIFF_TOKEN_SECONDS)
        if "openid" not in scopes:
            return {"accessToken": token.access}
        claims = self._claims(wish, user_id, self.now(), ["linesso"])
        key = self._key()
        signed = jwt.encode(claims, key, algorithm="ES256", headers={"kid": _kid(key)})
        return {"idToken": signed, "accessToken": token.access}

    def permit(self, wish: Wish, user_id: str) -> str:
        """The person agrees: an authorization code that works once, for ten minutes."""
        self._core.person(user_id)
        for old in [code for code in self._state.login_codes if code.made_at + CODE_SECONDS < self.now()]:
            self._state.login_codes.drop(old.code)
        code = LoginCode(
            code=self._core.ids.digest()[:20],
            client_id=wish.client_id,
            user_id=user_id,
            redirect_uri=wish.redirect_uri,
            scopes=list(wish.scopes),
            nonce=wish.nonce,
            challenge=wish.challenge,
            with_auth_time=wish.with_auth_time,
            made_at=self.now(),
        )
        self._state.login_codes.put(code.code, code)
        return code.code

    def exchange(self, client_id: str, secret: str, code: str, redirect_uri: str, verifier: str) -> dict[str, Any]:
        """A code for tokens. The code is gone after the first try by the right app, whatever came of it."""
        channel = self._trusted(client_id, secret)
        found = self.redeem(client_id, code, redirect_uri, verifier)
        wish = Wish(client_id, redirect_uri, "", tuple(found.scopes), found.nonce, with_auth_time=found.with_auth_time)
        token = self._issue(wish, found.user_id)
        answer = self._told(token)
        if "openid" in wish.scopes:
            claims = self._claims(wish, found.user_id, found.made_at, ["pwd"])
            answer["id_token"] = jwt.encode(claims, channel.secret, algorithm="HS256")
        return answer

    def redeem(self, client_id: str, code: str, redirect_uri: str, verifier: str) -> LoginCode:
        """What a code stands for; PKCE's verifier must fit where the code was asked for with a challenge."""
        found = self._state.login_codes.get(code)
        if found is None or found.client_id != client_id:
            raise LoginError("invalid_grant", "invalid authorization code")
        self._state.login_codes.drop(code)
        if found.made_at + CODE_SECONDS < self.now():
            raise LoginError("invalid_grant", "invalid authorization code")
        if found.redirect_uri != redirect_uri:
            raise LoginError("invalid_grant", "redirect_uri does not match")
        if found.challenge and not _fits(verifier, found.challenge):
            raise LoginError("invalid_grant", "code_verifier does not match")
        return found

    def refresh(self, client_id: str, secret: str, refresh_token: str) -> dict[str, Any]:
        """A new access token. The refresh token stays the same and is not prolonged."""
        self._trusted(client_id, secret)
        found = next((token for token in self._state.login_tokens if token.refresh == refresh_token), None)
        if found is None or found.client_id != client_id or found.granted_at + REFRESH_TOKEN_SECONDS < self.now():
            raise LoginError("invalid_grant", "invalid refresh token")
        self._state.login_tokens.drop(found.access)
        found.access, found.made_at = self._core.ids.digest(), self.now()
        self._state.login_tokens.put(found.access, found)
        return self._told(found)

    def revoke(self, client_id: str, secret: str, access: str) -> None:
        self._trusted(client_id, secret)
        found = self._state.login_tokens.get(access)
        if found is not None and found.client_id == client_id:
            self._state.login_tokens.drop(access)

    def check_access(self, access: str) -> dict[str, Any]:
        found = self._living(access)
        if found is None:
            raise LoginError("invalid_request", "access token expired")
        left = found.made_at + found.seconds - self.now()
        return {"scope": " ".join(_granted(found)), "client_id": found.client_id, "expires_in": left}

    def check_id_token(self, id_token: str, client_id: str, nonce: str | None, user_id: str | None) -> Claims:
        """The claims of a sound ID token of ours, either kind."""
        claims = self._read(id_token)
        for wrong, told in (
            (claims.get("iss") != ISSUER, "Invalid IdToken Issuer."),
            (claims.get("exp", 0) < self.now(), "IdToken expired."),
            (claims.get("aud") != client_id, "Invalid IdToken Audience."),
            (nonce is not None and claims.get("nonce") != nonce, "Invalid IdToken Nonce."),
            (user_id is not None and claims.get("sub") != user_id, "Invalid IdToken Subject Identifier."),
        ):
            if wrong:
                raise LoginError("invalid_request", told)
        return claims

    def friendship(self, access: str) -> dict[str, bool]:
        """Between the person and the one account there is, for any app they signed in to with the scope profile."""
        person = self._core.person(self._bearer(access, "profile").user_id)
        return {"friendFlag": person.friend and not person.blocked}

    def deauthorize(self, client_id: str, access: str) -> bool:
        """Take back all that a person permitted the channel's apps; False where the access token is not theirs."""
        found = self.holder(access, client_id)
        if found is None:
            return False
        for token in [token for token in self._state.login_tokens if token.client_id == client_id]:
            if token.user_id == found.user_id:
                self._state.login_tokens.drop(token.access)
        self._state.liff_consents.drop(f"{client_id} {found.user_id}")
        return True

    def user_info(self, access: str) -> dict[str, str]:
        token = self._bearer(access, "openid")
        told = {"sub": token.user_id}
        if "profile" in token.scopes:
            told["name"] = self._core.person(token.user_id).name
        return told

    def profile(self, access: str) -> dict[str, str]:
        token = self._bearer(access, "profile")
        return {"userId": token.user_id, "displayName": self._core.person(token.user_id).name}

    def public_keys(self) -> dict[str, Any]:
        """The JWK set for ID tokens signed with ES256."""
        key = self._key()
        numbers = key.public_key().public_numbers()
        point = {name: _base64url(part.to_bytes(32, "big")) for name, part in (("x", numbers.x), ("y", numbers.y))}
        return {"keys": [{"kty": "EC", "alg": "ES256", "use": "sig", "kid": _kid(key), "crv": "P-256", **point}]}

    def _trusted(self, client_id: str, secret: str) -> LoginChannel:
        channel = self._state.login_channels.get(client_id)
        if channel is None:
            raise LoginError("invalid_client", "invalid client_id")
        if not hmac.compare_digest(channel.secret.encode(), secret.encode()):
            raise LoginError("invalid_client", "invalid client_secret")
        return channel

    def _issue(self, wish: Wish, user_id: str, seconds: int = ACCESS_TOKEN_SECONDS) -> LoginToken:
        ids, now = self._core.ids, self.now()
        access, refresh = ids.digest(), ids.digest()[:20]
        token = LoginToken(access, refresh, wish.client_id, user_id, list(wish.scopes), now, now, seconds)
        self._state.login_tokens.put(token.access, token)
        return token

    def _told(self, token: LoginToken) -> dict[str, Any]:
        return {
            "access_token": token.access,
            "expires_in": token.made_at + token.seconds - self.now(),
            "refresh_token": token.refresh,
            "scope": " ".join(_granted(token)),
            "token_type": "Bearer",
        }

    def _claims(self, wish: Wish, user_id: str, signed_in_at: int, how: list[str]) -> Claims:
        now = self.now()
        claims: Claims = {
            "iss": ISSUER,
            "sub": user_id,
            "aud": wish.client_id,
            "exp": now + ID_TOKEN_SECONDS,
            "iat": now,
            "amr": how,
        }
        if wish.with_auth_time:
            claims["auth_time"] = signed_in_at
        if wish.nonce:
            claims["nonce"] = wish.nonce
        if "profile" in wish.scopes:
            claims["name"] = self._core.person(user_id).name
        return claims

    def _read(self, id_token: str) -> Claims:
        """The claims under a signature of ours; which of the two kinds is said by the token's own head."""
        options: Options = {"verify_exp": False, "verify_aud": False, "verify_iat": False}
        try:
            if jwt.get_unverified_header(id_token).get("alg") == "ES256":
                return jwt.decode(id_token, self._key().public_key(), algorithms=["ES256"], options=options)
            unproven = jwt.decode(id_token, options={"verify_signature": False})
            channel = self._state.login_channels.get(str(unproven.get("aud", "")))
            if channel is None:
                raise LoginError("invalid_request", "Invalid IdToken.")
            return jwt.decode(id_token, channel.secret, algorithms=["HS256"], options=options)
        except jwt.PyJWTError as error:
            raise LoginError("invalid_request", "Invalid IdToken.") from error

    def holder(self, access: str, client_id: str) -> LoginToken | None:
        """The access token, where it lives and is the channel's."""
        found = self._living(access)
        return found if found is not None and found.client_id == client_id else None

    def _living(self, access: str) -> LoginToken | None:
        found = self._state.login_tokens.get(access)
        return found if found is not None and found.made_at + found.seconds >= self.now() else None

    def _bearer(self, access: str, scope: str) -> LoginToken:
        found = self._living(access)
        if found is None:
            raise access_token_refused(401)
        if scope not in found.scopes:
            raise access_token_refused(403)
        return found

    def _key(self) -> ec.EllipticCurvePrivateKey:
        """The platform's key for ES256, made when first needed and kept."""
        settings = self._state.settings
        if not settings.login_key:
            number = int(self._core.ids.digest(), 16) % (P256_ORDER - 1) + 1
            key = ec.derive_private_key(number, ec.SECP256R1())
            plain = serialization.NoEncryption()
            kind = serialization.PrivateFormat.PKCS8
            settings.login_key = key.private_bytes(serialization.Encoding.PEM, kind, plain).decode()
            self._core.keep_settings()
        loaded = serialization.load_pem_private_key(settings.login_key.encode(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        return loaded


def _granted(token: LoginToken) -> list[str]:
    """LINE never lists `email` among the scopes of a token, even where it was given."""
    return [scope for scope in token.scopes if scope != "email"]


def _fits(verifier: str, challenge: str) -> bool:
    return hmac.compare_digest(_base64url(hashlib.sha256(verifier.encode()).digest()), challenge)


def _kid(key: ec.EllipticCurvePrivateKey) -> str:
    encoding, shape = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return hashlib.sha256(key.public_key().public_bytes(encoding, shape)).hexdigest()


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
