from collections.abc import Callable

import pytest
from django.test import Client

from saisaat.records.models import Account
from saisaat.web import throttle
from tests.cast import Cast


@pytest.fixture(autouse=True)
def fresh_throttle() -> None:
    throttle.sign_in.forget()


@pytest.fixture
def enter(cast: Cast) -> Callable[[str], Client]:
    """A browser of the person with that part, signed in."""

    def entered(part: str = "owner") -> Client:
        browser = Client()
        browser.force_login(Account.everywhere.get(username=part))
        return browser

    return entered
