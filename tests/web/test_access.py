"""Signing in, and who gets through which door."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from saisaat.domain.delivery import State
from saisaat.records.models import Account, RoleGrant
from saisaat.web.throttle import FIRST_WAIT, FORGET_AFTER, FREE_FAILURES, LONGEST_WAIT, Throttle
from tests.cast import ROLES, Cast, make_cast
from tests.factories import PASSWORD, make_comment

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
    for _ in range(FREE_FAILURES):
        assert try_to_sign_in(client, password="guess").status_code == 422
    answer = try_to_sign_in(client)
    assert answer.status_code == 429
    assert "วินาที" in answer.content.decode()
    elsewhere = try_to_sign_in(Client(REMOTE_ADDR="10.0.0.9"))
    assert elsewhere.status_code == 429, "the name waits wherever it is tried from"
    same_address = try_to_sign_in(client, "duty")
    assert same_address.status_code == 429, "the address waits whatever name it tries"
    assert try_to_sign_in(Client(REMOTE_ADDR="10.0.0.9"), "duty").status_code == 302


@pytest.mark.parametrize(
    ("failures", "owed"),
    [
        (1, 0.0),
        (FREE_FAILURES - 1, 0.0),
        (FREE_FAILURES, FIRST_WAIT),
        (FREE_FAILURES + 1, 2 * FIRST_WAIT),
        (FREE_FAILURES + 2, 4 * FIRST_WAIT),
        (FREE_FAILURES + 40, LONGEST_WAIT),
    ],
)
def test_the_wait_grows(failures: int, owed: float) -> None:
    throttle = Throttle()
    for _ in range(failures):
        throttle.failed("name", now=1000.0)
    assert throttle.wait("name", now=1000.0) == owed
    assert throttle.wait("name", now=1000.0 + owed) == 0
    assert throttle.wait("another", now=1000.0) == 0
    assert throttle.wait("another", "name", now=1000.0) == owed


def test_failures_are_forgotten_by_success_and_by_time() -> None:
    throttle = Throttle()
    for _ in range(FREE_FAILURES):
        throttle.failed("a", "b", now=0.0)
    throttle.succeeded("a")
    assert (throttle.wait("a", now=1.0), throttle.wait("b", now=1.0)) == (0.0, FIRST_WAIT - 1)
    throttle.failed("b", now=FORGET_AFTER + 1)
    assert throttle.wait("b", now=FORGET_AFTER + 1) == 0


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


def inside(cast: Cast) -> dict[str, tuple[str, str]]:
    """Every page behind the door: method and address."""
    delivery = cast.delivery(State.UNCERTAIN)
    comment = make_comment(delivery)
    return {
        "season": ("get", "/"),
        "entries": ("get", "/entries"),
        "costs": ("get", "/costs"),
        "practice": ("get", "/practice"),
        "publication": ("get", reverse("publication", args=[delivery.pk])),
        "uncertain": ("get", "/uncertain"),
        "comments": ("get", "/comments"),
        "comment": ("get", reverse("comment", args=[comment.pk])),
        "resolve": ("post", reverse("resolve", args=[delivery.pk])),
        "confirm": ("post", reverse("confirm", args=[comment.pk])),
        "answer": ("post", reverse("answer", args=[comment.pk])),
    }


ANSWERERS = {"owner", "duty"}
RESTRICTED = {"resolve", "confirm", "answer"}


@pytest.mark.parametrize("name", ["season", "entries", "costs", "practice", "publication", "uncertain", "comments"])
def test_a_stranger_is_shown_the_door(client: Client, cast: Cast, name: str) -> None:
    method, address = inside(cast)[name]
    answer = getattr(client, method)(address)
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in?next={address}"


@pytest.mark.parametrize("part", ROLES)
def test_each_page_opens_to_those_who_may(enter: Enter, cast: Cast, part: str) -> None:
    browser = enter(part)
    for name, (method, address) in inside(cast).items():
        allowed = name not in RESTRICTED or part in ANSWERERS
        status = getattr(browser, method)(address).status_code
        # An empty form is refused with 422, which only those may see who may fill it in.
        assert status == (403 if not allowed else 422 if method == "post" else 200), name


def test_an_account_without_a_role_sees_nothing(enter: Enter, cast: Cast) -> None:
    RoleGrant.everywhere.filter(account__username="auditor").delete()
    browser = enter("auditor")
    for name, (method, address) in inside(cast).items():
        answer = getattr(browser, method)(address)
        assert answer.status_code == 403, name
        assert cast.campaign.title not in answer.content.decode()
    assert "ไม่มีสิทธิ์" in browser.get("/").content.decode()


def test_another_province_is_not_there(enter: Enter, cast: Cast) -> None:
    theirs = make_cast("other-")
    theirs.campaign.title = "โครงการของจังหวัดอื่น"
    theirs.campaign.save()
    browser = enter("owner")
    for name, (method, address) in inside(theirs).items():
        answer = getattr(browser, method)(address, {"seen": "yes", "evidence": "x", "kind": "ack", "answer": "x"})
        one_row = name in {"publication", "comment", *RESTRICTED}
        assert answer.status_code == (404 if one_row else 200), name
        assert theirs.campaign.title not in answer.content.decode()
