"""ID tokens are believed only when everything about them is right."""

import time
from pathlib import Path
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from saisaat.web.id_tokens import PublishedKeys, TokenRefused, Verifier, read_keys

ISSUER, CHANNEL, SECRET = "https://access.line.me", "1600000001", "s" * 32
KEY, OTHER = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())


def jwk(key: Any, kid: str) -> dict[str, Any]:
    return {**jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": "ES256"}


KEYS = read_keys({"keys": [jwk(KEY, "ours"), {"kty": "RSA", "kid": "no"}, {"kty": "EC", "crv": "P-384", "kid": "no"}]})


def known(kid: str) -> Any:
    if kid not in KEYS:
        raise TokenRefused("a key that is not published")
    return KEYS[kid]


LOGIN = Verifier(ISSUER, CHANNEL, secret=SECRET)
LIFF = Verifier(ISSUER, CHANNEL, keys=known)


def claims(**other: Any) -> dict[str, Any]:
    now = int(time.time())
    told = {"iss": ISSUER, "aud": CHANNEL, "sub": "U" + "1" * 32, "iat": now, "exp": now + 3600, "nonce": "n"}
    return {name: value for name, value in {**told, **other}.items() if value is not None}


def by_secret(secret: str = SECRET, **other: Any) -> str:
    return jwt.encode(claims(**other), secret, algorithm="HS256")


def by_key(key: Any = KEY, kid: str = "ours", **other: Any) -> str:
    return jwt.encode(claims(**other), key, algorithm="ES256", headers={"kid": kid})


def test_sound_tokens() -> None:
    assert LOGIN.verify(by_secret(), nonce="n")["sub"] == "U" + "1" * 32
    assert LIFF.verify(by_key(), nonce="n")["sub"] == "U" + "1" * 32
    assert LIFF.verify(by_key(nonce=None))["sub"]


WRONG = [
    {"iss": "https://elsewhere.example"},
    {"aud": "1600000002"},
    {"exp": int(time.time()) - 120},
    {"iat": int(time.time()) + 3600},
    {"nonce": "another"},
    {"nonce": None},
    {"sub": None},
    {"exp": None},
    {"aud": None},
    {"iss": None},
]


@pytest.mark.parametrize("wrong", WRONG, ids="-".join)
@pytest.mark.parametrize(("verifier", "make"), [(LOGIN, by_secret), (LIFF, by_key)], ids=["HS256", "ES256"])
def test_one_wrong_claim_is_enough(verifier: Verifier, make: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        verifier.verify(make(**wrong), nonce="n")


def unsigned() -> str:
    return jwt.encode(claims(), None, algorithm="none")


def by_rsa() -> str:
    key = rsa.generate_private_key(65537, 2048)
    return jwt.encode(claims(), key, algorithm="RS256", headers={"kid": "ours"})


@pytest.mark.parametrize(
    ("verifier", "token"),
    [
        (LOGIN, by_secret("x" * 32)),
        (LOGIN, by_key()),
        (LOGIN, unsigned()),
        (LIFF, by_key(OTHER)),
        (LIFF, by_key(kid="unknown")),
        (LIFF, by_secret()),
        (LIFF, unsigned()),
        (LIFF, by_rsa()),
        (LIFF, by_key()[:-4] + "AAAA"),
        (LIFF, ""),
        (LOGIN, "a.b.c"),
        (LOGIN, "\u0e01.\u0e02.\u0e03"),
    ],
    ids=[f"case {number}" for number in range(1, 13)],
)
def test_other_signatures_prove_nothing(verifier: Verifier, token: str) -> None:
    with pytest.raises(TokenRefused):
        verifier.verify(token, nonce="n")


def test_the_published_keys_are_asked_for_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fetch(self: PublishedKeys) -> dict[str, Any]:
        asked.append(1)
        return {"keys": [jwk(KEY, "ours")]}

    monkeypatch.setattr(PublishedKeys, "_fetch", fetch)
    keys = PublishedKeys("http://127.0.0.1/certs")
    for _ in range(3):
        keys("ours")
        with pytest.raises(TokenRefused):
            keys("unknown")
    assert len(asked) == 1


def test_keys_that_cannot_be_read_prove_nothing() -> None:
    with pytest.raises(TokenRefused):
        PublishedKeys("http://127.0.0.1:1/certs")("ours")


class Line:
    """LINE's keys and its verify endpoint, as far as they answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reads, self.up = 0, True
        line = self

        def fetch(self: PublishedKeys) -> dict[str, Any]:
            line.reads += 1
            if not line.up:
                raise requests.ConnectionError
            return {"keys": [jwk(KEY, "ours")]}

        monkeypatch.setattr(PublishedKeys, "_fetch", fetch)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    return Line(monkeypatch)


def test_a_restart_without_a_network_still_verifies(line: Line, tmp_path: Path) -> None:
    assert PublishedKeys("http://127.0.0.1/certs", tmp_path)("ours")
    line.up = False
    after = PublishedKeys("http://127.0.0.1/certs", tmp_path)
    assert Verifier(ISSUER, CHANNEL, keys=after).verify(by_key())["sub"] and line.reads == 1
    with pytest.raises(TokenRefused):
        PublishedKeys("http://127.0.0.1/others", tmp_path)("ours")


def test_keys_are_read_anew_after_a_day_and_old_ones_serve_on_meanwhile(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    PublishedKeys("http://127.0.0.1/certs", tmp_path)("ours")
    now = time.time()
    monkeypatch.setattr("saisaat.web.id_tokens.time.time", lambda: now + 2 * 24 * 3600)
    line.up = False
    later = PublishedKeys("http://127.0.0.1/certs", tmp_path)
    assert later("ours") and line.reads == 2
    line.up = True
    assert PublishedKeys("http://127.0.0.1/certs", tmp_path)("ours") and line.reads == 3


def test_a_kept_file_that_is_damaged_is_as_none(line: Line, tmp_path: Path) -> None:
    keys = PublishedKeys("http://127.0.0.1/certs", tmp_path)
    keys("ours")
    [file] = tmp_path.iterdir()
    file.write_text("{")
    assert PublishedKeys("http://127.0.0.1/certs", tmp_path)("ours") and line.reads == 2


def asked(monkeypatch: pytest.MonkeyPatch, status: int = 200, **answer: Any) -> Verifier:
    """A verifier without keys beside a LINE whose verify endpoint answers so."""

    class Answer:
        status_code = status

        def json(self) -> dict[str, Any]:
            return {**claims(), **answer}

    monkeypatch.setattr(requests.Session, "post", lambda *_, **__: Answer())
    return Verifier(ISSUER, CHANNEL, ask="http://127.0.0.1:1/verify")


def test_what_no_key_decides_is_asked_of_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch).verify(by_key(), nonce="n")["sub"]
    assert asked(monkeypatch).verify(by_secret())["sub"], "web login signs with a secret that we need not know"


@pytest.mark.parametrize(
    ("status", "answer"),
    [(400, {}), (200, {"aud": "1600000002"}), (200, {"iss": "x"}), (200, {"exp": 1}), (200, {"sub": ""})],
    ids=["no", "another app", "another issuer", "old", "nobody"],
)
def test_lines_word_is_checked_too(monkeypatch: pytest.MonkeyPatch, status: int, answer: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        asked(monkeypatch, status, **answer).verify(by_key())


def test_a_wrong_signature_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    verifier = asked(monkeypatch)
    with pytest.raises(TokenRefused):
        Verifier(ISSUER, CHANNEL, keys=known, ask=verifier.ask).verify(by_key(OTHER))
    with pytest.raises(TokenRefused):
        verifier.verify(unsigned())


def test_line_that_cannot_be_asked_vouches_for_nobody() -> None:
    with pytest.raises(TokenRefused):
        Verifier(ISSUER, CHANNEL, ask="http://127.0.0.1:1/verify").verify(by_key())
