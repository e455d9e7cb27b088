"""Every address and every role: who may opens it, who may not sees nothing, in a bounded number of queries."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.plugin import DjangoDbBlocker

from saisaat.records import clock
from saisaat.records.models import Account
from tests.cast import ROLES, make_cast
from tests.factories import NOW
from tests.scenes import Address, Scene, addresses, furnish

Enter = Callable[[str], Client]
NO_PAGES = {"font", "theme", "set_language", "health"}
FORBIDDEN = {403, 404}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Furnished once for all of this file: each test undoes what it changed, and the last one everything."""
    with django_db_blocker.unblock():
        clock.freeze(NOW)
        with transaction.atomic():
            made = furnish(make_cast())
            make_cast("other-")
            yield made
            transaction.set_rollback(True)
        clock.freeze(None)


@pytest.fixture(scope="module")
def enter(scene: Scene) -> Enter:
    """A new browser with the session of the person with that username; everybody signed in before the first test."""
    sessions: dict[str, str] = {}
    for account in Account.everywhere.all():
        browser = Client()
        browser.force_login(account)
        sessions[account.username] = browser.cookies[settings.SESSION_COOKIE_NAME].value

    def entered(username: str) -> Client:
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = sessions[username]
        return browser

    return entered


def ask(client: Client, address: Address, scene: Scene) -> tuple[int, str]:
    path = address.path(scene)
    answer = client.get(path) if address.method == "GET" else client.post(path)
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    return answer.status_code, text or answer.headers.get("Location", "")


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        found |= names(pattern.url_patterns) if isinstance(pattern, URLResolver) else {str(pattern.name)}
    return found


def test_every_address_is_in_the_grid() -> None:
    assert names(get_resolver().url_patterns) - NO_PAGES == {address.name for address in addresses()}


@pytest.mark.parametrize("address", addresses(), ids=str)
def test_every_role_at_every_address(scene: Scene, enter: Enter, address: Address) -> None:
    for part in ROLES:
        status, text = ask(enter(part), address, scene)
        if address.allows(part):
            assert status in address.answers, f"{part}: {status} {text[:300]}"
        else:
            assert status in FORBIDDEN, f"{part}: {status} {text[:300]}"


@pytest.mark.parametrize("address", [a for a in addresses() if a.deed is not None], ids=str)
def test_a_stranger_is_led_to_the_door(scene: Scene, client: Client, address: Address) -> None:
    status, where = ask(client, address, scene)
    assert (status, where.split("?")[0]) == (302, "/sign-in")


@pytest.mark.parametrize("address", [a for a in addresses() if a.deed is not None and a.args], ids=str)
def test_another_province_finds_nothing(scene: Scene, enter: Enter, address: Address) -> None:
    for part in ("owner", "admin", "duty", "reviewer", "producer"):
        status, text = ask(enter(f"other-{part}"), address, scene)
        assert status in FORBIDDEN, f"{part}: {status} {text[:300]}"


@pytest.mark.parametrize("address", [a for a in addresses() if a.method == "GET"], ids=str)
def test_a_page_takes_few_queries(scene: Scene, enter: Enter, address: Address) -> None:
    part = next(part for part in ROLES if address.allows(part))
    browser = enter(part)
    ask(browser, address, scene)
    with CaptureQueriesContext(connection) as asked:
        ask(browser, address, scene)
    told = "\n".join(query["sql"][:200] for query in asked.captured_queries)
    assert len(asked) <= address.most, told
