"""LINE's ID tokens, believed only after the signature, the issuer, the audience, the expiry and the nonce were checked.

Web login signs with HS256 and the channel's secret; LIFF signs with ES256, under a key of LINE's published set. The set
is kept on disk, so that a restart without a network still verifies; what no key of ours can decide is asked of LINE.
"""

import contextlib
import hashlib
import json
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests

Claims = dict[str, Any]
KeySet = dict[str, Any]

_LEEWAY = 30
"""Seconds by which the two machines' clocks may differ."""
_SECONDS_TO_ANSWER = 5
_ASK_AGAIN_AFTER = 60.0
_KEYS_LAST = 24 * 3600.0
"""Seconds after which the published keys are read anew. Where they cannot be, the ones at hand serve on."""


class TokenRefused(Exception):
    """The token proves nothing. The message is for the log, and holds nothing of the token."""


class NoKey(TokenRefused):
    """Nothing at hand can decide about the token: LINE can."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks the tokens of one LINE Login channel. Without `secret` no HS256, without `keys` no ES256 is believed."""

    issuer: str
    client_id: str
    secret: str = ""
    keys: Callable[[str], Any] | None = None
    """From a key's id to the public key, for ES256: see `PublishedKeys`."""
    ask: str = ""
    """LINE's verify endpoint, for tokens that no key here can decide about; without it those are refused."""

    def verify(self, token: str, *, nonce: str | None = None) -> Claims:
        """What the token says, with a user id in `sub`. `nonce` is what went out with the request, where one did.

        Raises TokenRefused.
        """
        try:
            claims = self._decoded(token)
        except NoKey:
            if not self.ask:
                raise
            claims = self._asked(token)
        if nonce is not None and claims.get("nonce") != nonce:
            raise TokenRefused("another nonce")
        return claims

    def _decoded(self, token: str) -> Claims:
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
        return claims

    def _asked(self, token: str) -> Claims:
        """LINE's own word on the token. What it says is checked once more: the answer must be about us, and of now."""
        try:
            with session(self.ask) as browser:
                told = {"id_token": token, "client_id": self.client_id}
                answer = browser.post(self.ask, data=told, timeout=_SECONDS_TO_ANSWER)
            claims: Claims = dict(answer.json()) if answer.status_code == 200 else {}
        except (requests.RequestException, ValueError) as error:
            raise TokenRefused("LINE cannot be asked") from error
        fits = claims.get("iss") == self.issuer and claims.get("aud") == self.client_id and bool(claims.get("sub"))
        if not fits or float(claims.get("exp", 0)) + _LEEWAY < time.time():
            raise TokenRefused("LINE does not vouch for it")
        return claims

    def _key(self, algorithm: Any, kid: str) -> Any:
        """The algorithm chooses among our keys; a token never brings its own."""
        if algorithm == "HS256" and self.secret:
            return self.secret
        if algorithm == "ES256" and self.keys is not None:
            return self.keys(kid)
        if algorithm in {"HS256", "ES256"}:
            raise NoKey("an algorithm without a key here")
        raise TokenRefused("an algorithm that is not used here")


class PublishedKeys:
    """The key set at `address`, read anew once a day and when a key is not known, at most once a minute.

    With a folder the set is also kept in a file of its own there.
    """

    def __init__(self, address: str, folder: Path | None = None) -> None:
        self._address = address
        self._file = folder / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.json" if folder else None
        self._lock = threading.Lock()
        self._keys: dict[str, Any] = {}
        self._read_at = float("-inf")
        self._asked_at = float("-inf")

    def __call__(self, kid: str) -> Any:
        with self._lock:
            if not self._keys:
                self._take_up()
            if kid not in self._keys or time.time() - self._read_at > _KEYS_LAST:
                self._renew()
            if kid not in self._keys:
                raise NoKey("a key that is not published")
            return self._keys[kid]

    def _renew(self) -> None:
        """Read the set. Where that fails, the keys at hand stay as they are."""
        if time.monotonic() - self._asked_at <= _ASK_AGAIN_AFTER:
            return
        self._asked_at = time.monotonic()
        try:
            found = self._fetch()
            keys = read_keys(found)
        except (requests.RequestException, ValueError, jwt.PyJWTError) as error:
            if not self._keys:
                raise NoKey("the published keys cannot be read") from error
            return
        self._keys, self._read_at = keys, time.time()
        self._keep(found)

    def _fetch(self) -> KeySet:
        with session(self._address) as browser:
            answer = browser.get(self._address, timeout=_SECONDS_TO_ANSWER)
        answer.raise_for_status()
        return dict(answer.json())

    def _take_up(self) -> None:
        """What an earlier run read."""
        if self._file is None:
            return
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, jwt.PyJWTError):
            kept = json.loads(self._file.read_text())
            self._keys, self._read_at = read_keys(kept["keys"]), float(kept["read_at"])

    def _keep(self, keys: KeySet) -> None:
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._file.parent, delete=False) as out:
                json.dump({"read_at": self._read_at, "keys": keys}, out)
            Path(out.name).replace(self._file)


def session(address: str) -> requests.Session:
    """A session for one call. A practice LINE on this machine is not behind the office's proxy."""
    made = requests.Session()
    made.trust_env = urlsplit(address).hostname not in {"127.0.0.1", "localhost", "::1"}
    return made


def read_keys(keys: KeySet) -> dict[str, Any]:
    """The P-256 keys of a JWK set by their ids; others are left out."""
    found = {}
    for one in keys.get("keys", []):
        if one.get("kty") == "EC" and one.get("crv") == "P-256" and one.get("kid"):
            found[str(one["kid"])] = jwt.PyJWK(one, algorithm="ES256").key
    return found
