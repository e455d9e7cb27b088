"""LINE's ID tokens, believed only after the signature, the issuer, the audience, the expiry and the nonce were checked.

Web login signs with HS256 and the channel's secret; LIFF signs with ES256, under a key of LINE's published set.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
import requests

Claims = dict[str, Any]
KeySet = dict[str, Any]

_LEEWAY = 30
"""Seconds by which the two machines' clocks may differ."""
_SECONDS_TO_ANSWER = 5
_ASK_AGAIN_AFTER = 60.0


class TokenRefused(Exception):
    """The token proves nothing. The message is for the log, and holds nothing of the token."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks the tokens of one LINE Login channel. Without `secret` no HS256, without `keys` no ES256 is believed."""

    issuer: str
    client_id: str
    secret: str = ""
    keys: Callable[[str], Any] | None = None
    """From a key's id to the public key, for ES256: see `PublishedKeys`."""

    def verify(self, token: str, *, nonce: str | None = None) -> Claims:
        """What the token says, with a user id in `sub`. `nonce` is what went out with the request, where one did.

        Raises TokenRefused.
        """
        try:
            head = jwt.get_unverified_header(token)
            algorithm = head.get("alg")
            claims: Claims = jwt.decode(
                token,
                self._key(algorithm, str(head.get("kid", ""))),
                algorithms=[str(algorithm)],
                issuer=self.issuer,
                audience=self.client_id,
                leeway=_LEEWAY,
                options={"require": ["iss", "aud", "exp", "iat", "sub"]},
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise TokenRefused(type(error).__name__) from error
        if nonce is not None and claims.get("nonce") != nonce:
            raise TokenRefused("another nonce")
        return claims

    def _key(self, algorithm: Any, kid: str) -> Any:
        """The algorithm chooses among our keys; a token never brings its own."""
        if algorithm == "HS256" and self.secret:
            return self.secret
        if algorithm == "ES256" and self.keys is not None:
            return self.keys(kid)
        raise TokenRefused("an algorithm that is not used here")


class PublishedKeys:
    """The key set at `address`, asked for when a key is not known yet, at most once a minute."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._keys: dict[str, Any] = {}
        self._asked_at = float("-inf")

    def __call__(self, kid: str) -> Any:
        with self._lock:
            if kid not in self._keys and time.monotonic() - self._asked_at > _ASK_AGAIN_AFTER:
                self._keys = read_keys(self._fetch())
                self._asked_at = time.monotonic()
            if kid not in self._keys:
                raise TokenRefused("a key that is not published")
            return self._keys[kid]

    def _fetch(self) -> KeySet:
        try:
            answer = requests.get(self._address, timeout=_SECONDS_TO_ANSWER)
            answer.raise_for_status()
            return dict(answer.json())
        except (requests.RequestException, ValueError) as error:
            raise TokenRefused("the published keys cannot be read") from error


def read_keys(keys: KeySet) -> dict[str, Any]:
    """The P-256 keys of a JWK set by their ids; others are left out."""
    found = {}
    for one in keys.get("keys", []):
        if one.get("kty") == "EC" and one.get("crv") == "P-256" and one.get("kid"):
            found[str(one["kid"])] = jwt.PyJWK(one, algorithm="ES256").key
    return found
