"""Signing in by LINE, against the practice LINE's own login over HTTP: state, nonce, PKCE, and little kept."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import uvicorn
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from practice_line.app import create_app
from practice_line.platform import Platform

from saisaat.actions import invite, link_line
from saisaat.domain.roles import Actor, Role
from saisaat.records.models import Account, AuditEvent, Channel, LineIdentity
from saisaat.web.id_tokens import PublishedKeys, TokenRefused, Verifier
from tests.cast import Cast, make_cast
from tests.factories import PASSWORD, make_person
from tests.web.second_factor import shown, with_totp

pytestmark = pytest.mark.usefixtures("steady_codes")
CHANNEL, SECRET, BASE = "1600000001", "c" * 32, "http://testserver"


@dataclass(slots=True)
class Line:
    """The practice LINE, with one person in it."""

    url: str
    user: str

    def agree(self, away: str, decision: str = "allow", user: str = "") -> str:
        """The person's answer at LINE's page: where the browser goes next, as a path of ours."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}
        answer = requests.post(
            away.split("?")[0],
            data={**asked, "decision": decision, "user_id": user or self.user},
            allow_redirects=False,
            timeout=5,
        )
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].removeprefix(BASE)

    def round_trip(self, browser: Client, path: str = "/sign-in/line", **more: Any) -> Any:
        return browser.get(self.agree(browser.get(path)["Location"], **more))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    app = create_app(Platform(token="t", secret="s", seed=1))
    serving = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, ws="none"))
    thread = threading.Thread(target=serving.run, args=([listener],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    serving.should_exit = True
    thread.join(timeout=10)
    listener.close()


@pytest.fixture
def line(server: str, settings: Any, cast: Cast) -> Line:
    settings.LINE_LOGIN = {"server": server, "client_id": CHANNEL, "client_secret": SECRET}
    settings.BASE_URL = BASE
    wanted = {"name": "ใสสะอาด", "clientSecret": SECRET, "redirectUris": [f"{BASE}/sign-in/line/back"]}
    requests.put(f"{server}/_practice/login-channels/{CHANNEL}", json=wanted, timeout=5).raise_for_status()
    made = requests.post(f"{server}/_practice/people", json={"name": "เจ้าหน้าที่"}, timeout=5).json()
    return Line(server, made["userId"])


def link(cast: Cast, line_user: str, part: str = "owner") -> None:
    person = cast.people[part]
    link_line.link_person(person=person, line_user=line_user, by=Actor(person.pk), now=datetime.now(UTC))


def test_a_linked_account_comes_in(line: Line, cast: Cast) -> None:
    link(cast, line.user)
    browser = Client()
    away = browser.get("/sign-in/line?next=/account")["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"] != asked["nonce"]
    assert browser.get(line.agree(away))["Location"] == "/account"
    assert browser.get("/account").status_code == 200
    assert AuditEvent.of(cast.province).latest("no").action == "account.sign_in.line"


def test_an_unknown_line_account_gets_nothing(line: Line, cast: Cast) -> None:
    accounts, people = Account.everywhere.count(), LineIdentity.everywhere.count()
    browser = Client()
    answer = line.round_trip(browser)
    assert answer.status_code == 403
    assert "ยังเข้าใช้ไม่ได้" in answer.content.decode()
    assert browser.get("/account").status_code == 302
    assert (Account.everywhere.count(), LineIdentity.everywhere.count()) == (accounts, people)


def test_a_closed_accounts_line_is_unknown(line: Line, cast: Cast) -> None:
    link(cast, line.user)
    Account.everywhere.filter(username="owner").update(is_active=False)
    assert line.round_trip(Client()).status_code == 403


def test_allauths_tables_are_never_asked_and_do_not_exist(line: Line, cast: Cast) -> None:
    link(cast, line.user)
    with CaptureQueriesContext(connection) as asked:
        line.round_trip(Client())
    told = " ".join([*(query["sql"] for query in asked.captured_queries), *connection.introspection.table_names()])
    assert "socialaccount" not in told
    assert "account_email" not in told


def test_the_line_id_stands_readable_nowhere(line: Line, cast: Cast) -> None:
    link(cast, line.user)
    browser = Client()
    line.round_trip(browser)
    rows = [str(row) for row in LineIdentity.everywhere.values()]
    assert line.user not in str(rows)
    assert line.user not in str(dict(browser.session))


def test_the_telephone_is_asked_for_after_line_too(line: Line, cast: Cast) -> None:
    link(cast, line.user)
    with_totp("owner")
    browser = Client()
    assert line.round_trip(browser)["Location"] == "/sign-in/code"
    assert browser.get("/account").status_code == 302
    assert browser.post("/sign-in/code", {"code": shown()}).status_code == 302
    assert browser.get("/account").status_code == 200


def test_somebody_elses_return_is_not_ours(line: Line, cast: Cast) -> None:
    """The state belongs to the browser that set out, and works once."""
    link(cast, line.user)
    victim, thief = Client(), Client()
    back = line.agree(thief.get("/sign-in/line")["Location"])
    assert victim.get(back).status_code == 502
    assert victim.get("/account").status_code == 302
    assert thief.get(back).status_code == 302
    assert Client().get(back).status_code == 502


def swapped(back: str, **other: str) -> str:
    for name, value in other.items():
        back = re.sub(rf"{name}=[^&]*", f"{name}={value}", back)
    return back


@pytest.mark.parametrize("other", [{"code": "guess"}, {"state": "guess"}, {"code": ""}], ids=str)
def test_a_made_up_return_opens_nothing(line: Line, cast: Cast, other: dict[str, str]) -> None:
    link(cast, line.user)
    browser = Client()
    back = swapped(line.agree(browser.get("/sign-in/line")["Location"]), **other)
    assert browser.get(back).status_code == 502
    assert browser.get("/account").status_code == 302


def test_a_code_of_another_round_is_refused(line: Line, cast: Cast) -> None:
    """An injected code fails: its verifier and its nonce are another round's."""
    link(cast, line.user)
    victim, thief = Client(), Client()
    stolen = parse_qs(urlsplit(line.agree(thief.get("/sign-in/line")["Location"])).query)["code"][0]
    back = line.agree(victim.get("/sign-in/line")["Location"])
    assert victim.get(swapped(back, code=stolen)).status_code == 502


def test_another_secret_or_nonce_is_refused(line: Line, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    link(cast, line.user)
    monkeypatch.setattr("saisaat.web.account.line_login.Verifier.verify", _another_nonce)
    assert line.round_trip(Client()).status_code == 502


_verify = Verifier.verify


def _another_nonce(self: Any, token: str, *, nonce: str | None = None) -> Any:
    return _verify(self, token, nonce=f"{nonce} of another round")


def test_liffs_tokens_are_verified_by_the_published_keys(line: Line, cast: Cast) -> None:
    tokens = f"{line.url}/_practice/login-channels/{CHANNEL}/liff"
    token = requests.post(tokens, json={"userId": line.user}, timeout=5).json()["idToken"]
    keys = PublishedKeys(f"{line.url}/oauth2/v2.1/certs")
    assert Verifier("https://access.line.me", CHANNEL, keys=keys).verify(token)["sub"] == line.user
    with pytest.raises(TokenRefused):
        Verifier("https://access.line.me", "1600000002", keys=keys).verify(token)


def test_saying_no_at_lines_page(line: Line, cast: Cast) -> None:
    answer = line.round_trip(Client(), decision="deny")
    assert answer.status_code == 403
    assert "ไม่อนุญาต" in answer.content.decode()


def test_line_out_of_reach_is_said(line: Line, cast: Cast, settings: Any) -> None:
    settings.LINE_LOGIN = settings.LINE_LOGIN | {"server": "http://127.0.0.1:1"}
    answer = Client().get("/sign-in/line")
    assert answer.status_code == 502
    assert "ติดต่อ LINE ไม่สำเร็จ" in answer.content.decode()


def test_linking_needs_a_fresh_check(line: Line, cast: Cast) -> None:
    browser = Client()
    browser.post("/sign-in", {"username": "owner", "password": PASSWORD})
    assert browser.get("/sign-in/line?link=1")["Location"] == "/account/line"
    assert browser.post("/account/line", {"password": "guess"}).status_code == 422
    assert browser.post("/account/line", {"password": PASSWORD})["Location"] == "/account/line"
    assert line.round_trip(browser, "/sign-in/line?link=1")["Location"] == "/account"
    identity = LineIdentity.of(cast.province).get()
    assert identity.person == cast.people["owner"]
    assert line.round_trip(Client())["Location"] == "/"
    assert browser.post("/account/line", {"password": PASSWORD})["Location"] == "/account"
    assert not LineIdentity.of(cast.province).exists()
    assert line.round_trip(Client()).status_code == 403


def test_a_line_account_belongs_to_one_person(line: Line, cast: Cast) -> None:
    link(cast, line.user, "viewer")
    browser = Client()
    browser.post("/sign-in", {"username": "owner", "password": PASSWORD})
    browser.post("/account/line", {"password": PASSWORD})
    line.round_trip(browser, "/sign-in/line?link=1")
    assert LineIdentity.of(cast.province).get().person == cast.people["viewer"]
    assert "ผูกกับบุคคลอื่น" in browser.get("/account").content.decode()


def test_linked_in_two_provinces_opens_neither(line: Line, cast: Cast) -> None:
    link(cast, line.user)
    other = make_cast("other-")
    LineIdentity.everywhere.create(
        province=other.province,
        channel=Channel.of(other.province).get(),
        person=other.people["owner"],
        user_hash=LineIdentity.of(cast.province).get().user_hash,
        user_sealed=b"x",
        linked_at=datetime.now(UTC),
    )
    assert line.round_trip(Client()).status_code == 403


def invitation(cast: Cast) -> str:
    person = make_person(cast.office, "นักวิชาการพัฒนาชุมชน")
    _, word = invite.invite(
        person=person, roles=[Role.PRODUCER], office=None, by=cast.actor("owner"), now=datetime.now(UTC)
    )
    return f"/invitation/{word}"


def test_an_invitation_may_be_taken_up_by_line(line: Line, cast: Cast) -> None:
    browser = Client()
    assert browser.get("/sign-in/line?invitation=1")["Location"] == "/sign-in"
    path = invitation(cast)
    assert "ใช้ LINE ของฉัน" in browser.get(path).content.decode()
    assert line.round_trip(browser, "/sign-in/line?invitation=1")["Location"] == "/"
    assert browser.get("/account").status_code == 200
    account = Account.everywhere.get(username__startswith="line-")
    assert account.roles() == {Role.PRODUCER}
    assert not account.has_usable_password()
    assert Client().get(path).status_code == 410
    assert line.round_trip(Client())["Location"] == "/"


def by_line_alone(line: Line, cast: Cast) -> Client:
    link(cast, line.user)
    account = Account.everywhere.get(username="owner")
    account.set_password(None)
    account.save()
    browser = Client()
    line.round_trip(browser)
    return browser


def test_somebody_without_a_password_confirms_by_line(line: Line, cast: Cast) -> None:
    browser = by_line_alone(line, cast)
    session = browser.session
    session["line_seen_at"] = time.time() - 301
    session.save()
    typed = {"secret": "a phrase of my own", "secret_again": "a phrase of my own"}
    assert "ยืนยันด้วย LINE" in browser.get("/account/password").content.decode()
    assert browser.post("/account/password", typed).status_code == 422
    away = browser.get("/sign-in/line?again=1&next=/account/password")["Location"]
    assert parse_qs(urlsplit(away).query)["max_age"] == ["300"]
    assert browser.get(line.agree(away))["Location"] == "/account/password"
    assert browser.post("/account/password", typed).status_code == 302
    assert Account.everywhere.get(username="owner").has_usable_password()


def test_confirming_as_another_line_account_does_not_count(line: Line, cast: Cast) -> None:
    browser = by_line_alone(line, cast)
    other = requests.post(f"{line.url}/_practice/people", json={"name": "คนอื่น"}, timeout=5).json()["userId"]
    answer = line.round_trip(browser, "/sign-in/line?again=1&next=/account", user=other)
    assert answer.status_code == 403


def test_line_cannot_be_unlinked_where_it_is_the_only_way_in(line: Line, cast: Cast) -> None:
    browser = by_line_alone(line, cast)
    assert browser.post("/account/line").status_code == 422
    assert LineIdentity.of(cast.province).exists()


def test_no_channel_no_line_login(client: Client, cast: Cast) -> None:
    assert "LINE" not in client.get("/sign-in").content.decode()
    for path in ("/sign-in/line", "/sign-in/line/back?code=x&state=y"):
        assert client.get(path).status_code == 404
