"""My account: password, telephone, signing out everywhere. Each change asks for the person anew."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from saisaat.records.models import Account, AuditEvent
from tests.cast import Cast
from tests.factories import PASSWORD
from tests.web.second_factor import shown, with_totp

pytestmark = pytest.mark.usefixtures("steady_codes")
NEW = "a fresh phrase to remember"


@pytest.fixture
def browser(cast: Cast) -> Client:
    client = Client()
    client.post("/sign-in", {"username": "owner", "password": PASSWORD})
    return client


def actions(cast: Cast) -> list[str]:
    return list(AuditEvent.of(cast.province).values_list("action", flat=True))


def change(client: Client, secret: str = NEW, again: str = "", **typed: str):  # type: ignore[no-untyped-def]
    return client.post("/account/password", {"secret": secret, "secret_again": again or secret, **typed})


def test_a_new_password_ends_the_other_sessions(browser: Client, cast: Cast) -> None:
    other = Client()
    other.post("/sign-in", {"username": "owner", "password": PASSWORD})
    assert change(browser, password=PASSWORD).status_code == 302
    assert browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    for password, status in ((PASSWORD, 422), (NEW, 302)):
        assert Client().post("/sign-in", {"username": "owner", "password": password}).status_code == status
    assert "account.password" in actions(cast)


@pytest.mark.parametrize(
    ("secret", "again", "told"),
    [
        ("short", "", "อย่างน้อย 10 ตัว"),
        ("1234567890", "", "ตัวเลขล้วน"),
        ("password123", "", "เดาง่าย"),
        ("the-owner-of-it", "", "ชื่อผู้ใช้"),
        (NEW, "another phrase", "ไม่ตรงกัน"),
    ],
)
def test_a_weak_password_is_refused_in_thai(browser: Client, cast: Cast, secret: str, again: str, told: str) -> None:
    answer = change(browser, secret, again, password=PASSWORD)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert secret not in answer.content.decode()


def test_a_new_password_needs_the_old_one(browser: Client, cast: Cast) -> None:
    assert change(browser).status_code == 422
    assert change(browser, password="guess").status_code == 422
    assert Account.everywhere.get(username="owner").check_password(PASSWORD)


def set_up(client: Client) -> str:
    page = client.get("/account/phone").content.decode()
    found = re.search(r'class="figures secret"[^>]*>([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def test_setting_the_telephone_up(browser: Client, cast: Cast) -> None:
    secret = set_up(browser)
    picture = browser.get("/account/phone.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "no-store" in picture["Cache-Control"]
    assert browser.post("/account/phone", {"setup_code": "000000"}).status_code == 422
    assert set_up(browser) == secret, "a wrong code does not call for a new scan"
    done = browser.post("/account/phone", {"setup_code": shown(secret)})
    assert done["Location"] == "/account/codes"
    page = browser.get("/account/codes").content.decode()
    assert len(re.findall(r"<li>\d{4} \d{4}</li>", page)) == 10
    assert browser.get("/account/codes")["Location"] == "/account/phone", "shown once"
    assert browser.get("/account/phone.svg").status_code == 404
    assert "account.totp_on" in actions(cast)


def test_the_picture_is_its_sessions_own(browser: Client, cast: Cast) -> None:
    set_up(browser)
    other = Client()
    assert other.get("/account/phone.svg").status_code == 302
    other.post("/sign-in", {"username": "owner", "password": PASSWORD})
    assert other.get("/account/phone.svg").status_code == 404


def test_setting_up_later_asks_for_the_password(browser: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = set_up(browser)
    real = time.time
    monkeypatch.setattr("saisaat.web.account.confirm.time.time", lambda: real() + 700)
    assert browser.post("/account/phone", {"setup_code": shown(secret)}).status_code == 422
    assert not Authenticator.objects.exists()
    done = browser.post("/account/phone", {"setup_code": shown(secret), "password": PASSWORD})
    assert done.status_code == 302


def test_turning_the_telephone_off_and_renewing_codes(browser: Client, cast: Cast) -> None:
    old = with_totp("owner")
    for what in ("off", "renew"):
        assert browser.post("/account/phone", {"do": what, "password": PASSWORD}).status_code == 422
    assert browser.post("/account/phone", {"do": "renew", "code": shown()}).status_code == 302
    fresh = re.findall(r"<li>(\d{4}) (\d{4})</li>", browser.get("/account/codes").content.decode())
    assert len(fresh) == 10
    assert "".join(fresh[0]) not in old
    assert browser.post("/account/phone", {"do": "off", "code": old[0]}).status_code == 422
    assert browser.post("/account/phone", {"do": "off", "code": "".join(fresh[0])}).status_code == 302
    assert not Authenticator.objects.exists()
    assert {"account.recovery_codes", "account.totp_off"} <= set(actions(cast))


def test_signing_out_everywhere(browser: Client, cast: Cast) -> None:
    other = Client()
    other.post("/sign-in", {"username": "owner", "password": PASSWORD})
    assert browser.post("/account/sign-out")["Location"] == "/sign-in"
    for client in (browser, other):
        assert client.get("/account").status_code == 302
    assert "account.sign_out_everywhere" in actions(cast)


def test_my_account_shows_what_i_may_and_how_i_get_in(browser: Client, cast: Cast) -> None:
    page = browser.get("/account").content.decode()
    for told in ("เจ้าของโครงการ", "ผู้เสนอโครงการ", "ทั้งจังหวัด", "ยังไม่เปิดใช้", "owner"):
        assert told in page
    assert "LINE" not in page.split("<main")[1].split("</main>")[0], "LINE Login is not configured here"
