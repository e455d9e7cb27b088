"""Signing in, and who gets through which door."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from saisaat.actions.hold_back import Key, begin_try, succeeded
from saisaat.domain.guessing import FIRST_WAIT, FORGET_AFTER, FREE, Guessed
from saisaat.records.models import Account, GuessCount, RoleGrant
from tests.cast import ROLES, Cast
from tests.factories import NOW, PASSWORD

Enter = Callable[[str], Client]
WRONG = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"


def try_to_sign_in(client: Client, username: str = "owner", password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in", {"username": username, "password": password, **more})


@pytest.mark.parametrize("part", ROLES)
def test_everybody_of_the_office_gets_in(client: Client, cast: Cast, part: str) -> None:
    answer = try_to_sign_in(client, part)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_the_session_is_a_new_one(client: Client, cast: Cast) -> None:
    client.get("/sign-in")
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key or ""
    client.cookies["sessionid"] = before
    try_to_sign_in(client)
    assert client.session.session_key not in {None, "", before}


@pytest.mark.parametrize(
    ("username", "password"), [("owner", "not it"), ("nobody", PASSWORD), ("nobody", ""), ("", PASSWORD), ("owner", "")]
)
def test_a_wrong_try_says_the_same_whatever_is_wrong(client: Client, cast: Cast, username: str, password: str) -> None:
    answer = try_to_sign_in(client, username, password)
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()
    assert "sessionid" not in answer.cookies


def test_a_closed_account_stays_out_and_falls_out(client: Client, cast: Cast) -> None:
    try_to_sign_in(client)
    Account.everywhere.filter(username="owner").update(is_active=False)
    assert client.get("/").status_code == 302
    assert WRONG in try_to_sign_in(Client()).content.decode()


def test_an_account_without_a_password_cannot_be_used(client: Client, cast: Cast) -> None:
    account = Account.everywhere.get(username="owner")
    account.set_password(None)
    account.save()
    assert try_to_sign_in(client, password="").status_code == 422


def test_the_sixth_try_waits_even_with_the_right_password(client: Client, cast: Cast) -> None:
    for _ in range(FREE[Guessed.NAME]):
        assert try_to_sign_in(client, password="guess").status_code == 422
    answer = try_to_sign_in(client)
    assert answer.status_code == 429
    assert "วินาที" in answer.content.decode()
    elsewhere = try_to_sign_in(Client(REMOTE_ADDR="10.0.0.9"))
    assert elsewhere.status_code == 429, "the name waits wherever it is tried from"
    assert try_to_sign_in(client, "Owner ").status_code == 429, "however it is written"
    assert try_to_sign_in(client, "duty").status_code == 302, "another name does not wait"


def try_at(when: datetime, *keys: Key) -> timedelta:
    return begin_try(*keys, now=when)


def test_waiting_ends_and_failures_are_forgotten(db: None) -> None:
    name = Key(Guessed.NAME, "owner")
    for _ in range(FREE[Guessed.NAME]):
        assert not try_at(NOW, name)
    assert try_at(NOW, name) == FIRST_WAIT
    assert not try_at(NOW, Key(Guessed.NAME, "another")), "another name does not wait"
    assert not try_at(NOW + FIRST_WAIT, name)
    assert try_at(NOW + FIRST_WAIT, name) == 2 * FIRST_WAIT
    later = NOW + FIRST_WAIT + FORGET_AFTER + timedelta(seconds=1)
    assert not try_at(later, name)
    assert GuessCount.everywhere.get(key=name.hashed).failures == 1


def test_a_right_try_clears_the_name_and_gives_the_address_one_back(db: None) -> None:
    name, address = Key(Guessed.NAME, "owner"), Key(Guessed.ADDRESS, "10.0.0.9")
    for _ in range(3):
        try_at(NOW, name, address)
    succeeded(name, address)
    assert not GuessCount.everywhere.filter(key=name.hashed).exists()
    assert GuessCount.everywhere.get(key=address.hashed).failures == 2


def test_a_whole_office_behind_one_address_is_given_room(client: Client, cast: Cast) -> None:
    free = FREE[Guessed.ADDRESS]
    for number in range(free):
        assert try_to_sign_in(client, f"somebody-{number}", "guess").status_code == 422
    assert try_to_sign_in(client, "duty").status_code == 429, "the address waits whatever name it tries"
    assert try_to_sign_in(Client(REMOTE_ADDR="10.0.0.9"), "duty").status_code == 302


def test_names_and_addresses_are_not_kept(client: Client, cast: Cast) -> None:
    try_to_sign_in(client, "nobody-here", "guess")
    kept = str(list(GuessCount.everywhere.values()))
    assert "nobody-here" not in kept
    assert "127.0.0.1" not in kept


def test_many_tries_at_once_are_counted_one_by_one(transactional_db: None) -> None:
    """Twelve at the same moment: five are checked, seven wait, whichever process or thread they come through."""
    name = Key(Guessed.NAME, "owner")
    start = Barrier(12)

    def one(_: int) -> bool:
        start.wait()
        try:
            return not begin_try(name, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(one, range(12))) == FREE[Guessed.NAME]


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/uncertain", "/uncertain"),
        ("/entries?state=armed", "/entries?state=armed"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_goes_on_to_where_it_was_asked_for(client: Client, cast: Cast, wanted: str, goes_to: str) -> None:
    assert try_to_sign_in(client, next=wanted)["Location"] == goes_to


def test_signing_out_needs_a_press(enter: Enter) -> None:
    browser = enter("owner")
    assert browser.get("/sign-out").status_code == 405
    assert browser.post("/sign-out")["Location"] == "/sign-in"
    assert browser.get("/")["Location"] == "/sign-in?next=/"


@pytest.mark.parametrize("path", ["/", "/account", "/costs", "/access"])
def test_an_account_without_a_role_sees_nothing(enter: Enter, cast: Cast, path: str) -> None:
    RoleGrant.everywhere.filter(account__username="owner").delete()
    answer = enter("owner").get(path)
    assert answer.status_code == 403
    assert cast.campaign.title not in answer.content.decode()
    assert "ไม่มีสิทธิ์" in answer.content.decode()
