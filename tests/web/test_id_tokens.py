"""ID tokens are believed only when everything about them is right."""

import time
from typing import Any

import jwt
import pytest
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
