"""The second step, the fresh check, and how long a session lives. Real time only."""

import time
from typing import Any

import pytest
from django.test import Client, RequestFactory

from saisaat.domain.errors import NotAllowed
from saisaat.domain.guessing import FREE, Guessed
from saisaat.records.models import Account, AuditEvent
from saisaat.web.access import visit_of
from saisaat.web.account.confirm import LINE_SEEN_AT, Way, confirm_identity, way_of
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.stored import everything_stored
from tests.web.second_factor import SECRET, shown, with_totp

pytestmark = pytest.mark.usefixtures("steady_codes")


def sign_in(client: Client, **more: str) -> Any:
    return client.post("/sign-in", {"username": "owner", "password": PASSWORD, **more})


def test_the_password_alone_opens_nothing_where_there_is_a_telephone(client: Client, cast: Cast) -> None:
    with_totp("owner")
    assert sign_in(client, next="/account")["Location"] == "/sign-in/code"
    assert client.get("/account").status_code == 302
    assert client.get("/sign-in/code").status_code == 200
    done = client.post("/sign-in/code", {"code": shown()})
    assert done["Location"] == "/account"
    assert client.get("/account").status_code == 200


def test_a_code_opens_once(client: Client, cast: Cast) -> None:
    with_totp("owner")
    code = shown()
    sign_in(client)
    assert client.post("/sign-in/code", {"code": code}).status_code == 302
    again = Client()
    sign_in(again)
    assert again.post("/sign-in/code", {"code": code}).status_code == 422
    assert again.get("/account").status_code == 302


def test_the_code_that_set_it_up_is_used_up(client: Client, cast: Cast) -> None:
    with_totp("owner")
    sign_in(client)
    assert client.post("/sign-in/code", {"code": shown(steps=-1)}).status_code == 422


@pytest.mark.parametrize("typed", ["", "000000", "abc", "๑๒๓", "9" * 400])
def test_a_wrong_code_stays_outside(client: Client, cast: Cast, typed: str) -> None:
    with_totp("owner")
    sign_in(client)
    assert client.post("/sign-in/code", {"code": typed}).status_code == 422
    assert client.get("/account").status_code == 302


def test_a_code_may_be_typed_with_spaces_or_in_thai_digits(client: Client, cast: Cast) -> None:
    with_totp("owner")
    sign_in(client)
    thai = shown().translate({ord(str(digit)): chr(0xE50 + digit) for digit in range(10)})
    assert client.post("/sign-in/code", {"code": f"{thai[:3]} {thai[3:]}"}).status_code == 302


def test_a_recovery_code_opens_once(client: Client, cast: Cast) -> None:
    codes = with_totp("owner")
    for expected in (302, 422):
        browser = Client()
        sign_in(browser)
        assert browser.post("/sign-in/code", {"code": codes[0]}).status_code == expected


def test_codes_are_held_back_too(client: Client, cast: Cast) -> None:
    with_totp("owner")
    sign_in(client)
    for _ in range(FREE[Guessed.ACCOUNT]):
        assert client.post("/sign-in/code", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/code", {"code": shown()}).status_code == 429


def test_the_second_step_does_not_wait_for_ever(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with_totp("owner")
    sign_in(client)
    real = time.time
    monkeypatch.setattr("saisaat.web.account.doors.time.time", lambda: real() + 601)
    assert client.get("/sign-in/code")["Location"] == "/sign-in"


def test_nobody_steps_over_the_first_step(client: Client, cast: Cast) -> None:
    assert client.post("/sign-in/code", {"code": shown()})["Location"] == "/sign-in"


def test_coming_in_is_in_the_audit_by_ids_only(client: Client, cast: Cast) -> None:
    sign_in(client)
    event = AuditEvent.of(cast.province).latest("no")
    account = Account.everywhere.get(username="owner")
    assert (event.action, event.actor, event.object_id) == (
        "account.sign_in.password",
        cast.people["owner"].pk,
        account.pk,
    )


def test_the_secrets_stand_readable_nowhere(transactional_db: None) -> None:
    from tests.cast import make_cast

    make_cast()
    codes = with_totp("owner")
    stored = everything_stored()
    assert SECRET.encode() not in stored
    assert not [code for code in codes if code.encode() in stored]


def browser_of(cast: Cast, part: str = "owner") -> Client:
    browser = Client()
    browser.force_login(Account.everywhere.get(username=part))
    return browser


def request_of(browser: Client, **typed: str) -> Any:
    request = RequestFactory().post("/", typed)
    request.session = browser.session
    request.user = Account.everywhere.get(pk=request.session["_auth_user_id"])
    return request


def confirmed(browser: Client, **typed: str) -> bool:
    request = request_of(browser, **typed)
    visit = visit_of(request)
    assert visit is not None
    try:
        confirm_identity(request, visit)
    except NotAllowed as refusal:
        assert "ยังไม่มีการบันทึก" in refusal.message
        return False
    return True


def test_the_fresh_check_by_password(cast: Cast) -> None:
    browser = browser_of(cast)
    assert confirmed(browser, password=PASSWORD)
    assert not confirmed(browser, password="another")
    assert not confirmed(browser)
    assert not confirmed(browser, code=shown())


def test_the_fresh_check_by_code_where_there_is_a_telephone(cast: Cast) -> None:
    codes = with_totp("owner")
    browser = browser_of(cast)
    assert not confirmed(browser, password=PASSWORD)
    assert confirmed(browser, code=shown())
    assert not confirmed(browser, code=shown())
    assert confirmed(browser, code=codes[3])


def test_the_fresh_check_is_held_back(cast: Cast) -> None:
    browser = browser_of(cast)
    for _ in range(FREE[Guessed.ACCOUNT]):
        assert not confirmed(browser, password="guess")
    assert not confirmed(browser, password=PASSWORD)


def test_the_fresh_check_of_somebody_without_a_password(cast: Cast) -> None:
    account = Account.everywhere.get(username="owner")
    account.set_password(None)
    account.save()
    browser = browser_of(cast)
    visit = visit_of(request_of(browser))
    assert visit is not None
    assert way_of(visit) is Way.LINE
    assert not confirmed(browser, password="")
    for age, fresh in ((10, True), (299, True), (301, False), (-60, False)):
        session = browser.session
        session[LINE_SEEN_AT] = time.time() - age
        session.save()
        assert confirmed(browser) is fresh, age


def test_a_session_ends_after_its_longest_time(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    client = Client()
    sign_in(client)
    real = time.time
    monkeypatch.setattr("saisaat.web.access.time.time", lambda: real() + settings.SESSION_LONGEST - 60)
    assert client.get("/account").status_code == 200
    monkeypatch.setattr("saisaat.web.access.time.time", lambda: real() + settings.SESSION_LONGEST + 60)
    assert client.get("/account")["Location"] == "/sign-in?next=/account"
    assert "_auth_user_id" not in client.session


def test_a_session_in_use_is_prolonged_now_and_then(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    sign_in(client)
    assert "sessionid" not in client.get("/account").cookies
    real = time.time
    monkeypatch.setattr("saisaat.web.access.time.time", lambda: real() + 16 * 60)
    assert "sessionid" in client.get("/account").cookies
