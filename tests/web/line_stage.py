"""A LINE that signs ID tokens with a key of the tests', and a telephone's browser.

The fixture `line` must be in use wherever a token is checked.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from saisaat.records.links import group_link
from saisaat.records.models import Channel, Delivery, TapCount
from saisaat.web import line_app
from saisaat.web.id_tokens import PublishedKeys
from tests.cast import Cast

Enter = Callable[[str], Client]
LOGIN = "1234567890"
LIFF_ID = f"{LOGIN}-AbCd1234"
KEY = ec.generate_private_key(ec.SECP256R1())
ME, OTHER = "U" + "1" * 32, "U" + "2" * 32
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/124.0 Mobile Line/14.5.0/IAB"


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any) -> Iterator[None]:
    """LINE publishes one key. Nothing is kept of it from test to test."""
    published = {**jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "k", "alg": "ES256"}
    monkeypatch.setattr(PublishedKeys, "_fetch", lambda _: {"keys": [published]})
    settings.DATA_DIR = tmp_path
    line_app._verifier.cache_clear()
    yield
    line_app._verifier.cache_clear()


@pytest.fixture
def liff(cast: Cast) -> str:
    Channel.everywhere.filter(pk=cast.channel.pk).update(liff_id=LIFF_ID)
    return f"/liff/{cast.channel.pk}"


@pytest.fixture
def reader() -> Client:
    browser = Client()
    browser.defaults["HTTP_USER_AGENT"] = PHONE
    return browser


def token(user: str = ME, **other: Any) -> str:
    now = int(time.time())
    claims = {"iss": "https://access.line.me", "aud": LOGIN, "sub": user, "iat": now, "exp": now + 3600, **other}
    return jwt.encode(claims, KEY, algorithm="ES256", headers={"kid": "k"})


def address(delivery: Delivery) -> str:
    assert delivery.item is not None
    return f"/i/{delivery.item.slug}/{group_link(delivery.item.slug, delivery.group.code)}"


def taps() -> int:
    return sum(TapCount.everywhere.values_list("taps", flat=True))


def opened(reader: Client, path: str, said: str | None) -> dict[str, Any]:
    """What the page's script does once it knows whether LINE vouches for its reader."""
    answer = reader.post(f"{path}/seen", {} if said is None else {"id_token": said})
    assert answer.status_code == 200
    return dict(answer.json())
