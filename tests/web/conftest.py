import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from saisaat.records.models import Account
from tests.cast import Cast
from tests.web.line_stage import liff, line, reader

__all__ = ["liff", "line", "reader"]  # fixtures of the phone pages' tests


@pytest.fixture
def steady_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes of telephones do not change while a test runs."""
    now = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: now))


@pytest.fixture
def enter(cast: Cast) -> Callable[[str], Client]:
    """A browser of the person with that part, signed in."""

    def entered(part: str = "owner") -> Client:
        browser = Client()
        browser.force_login(Account.everywhere.get(username=part))
        return browser

    return entered
