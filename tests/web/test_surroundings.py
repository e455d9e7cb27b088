"""What is around every page: its policy, language, light, clock; and the pages that say no."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from saisaat.records import clock
from saisaat.web.middleware import ChosenLanguage
from tests.cast import Cast

Enter = Callable[[str], Client]
FONT = "/fonts/Sarabun-Regular.ttf"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/health", "/nowhere", FONT, "/static/saisaat/saisaat.css"])
def test_nothing_may_come_from_elsewhere(client: Client, cast: Cast, path: str) -> None:
    answer = client.get(path)
    answer.close()
    if path.startswith("/static/"):
        assert answer.status_code == 200, "a style sheet needs no policy of its own"
        return
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy and "http" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "path", ["/", "/season", "/entries", "/comments", "/uncertain", "/costs", "/practice", "/sign-in"]
)
def test_no_page_carries_style_or_script_of_its_own(enter: Enter, cast: Cast, path: str) -> None:
    page = enter("owner").get(path, follow=True).content.decode()
    assert "<style" not in page and " style=" not in page and " onclick=" not in page
    assert page.count("<script") == page.count("<script src=")
    assert page.count("<h1") == 1 and '<main id="main"' in page and 'href="#main"' in page


def answered_language(cookie: str | None, browser: str) -> str:
    request: WSGIRequest = RequestFactory(headers={"accept-language": browser}).get("/")
    if cookie is not None:
        request.COOKIES["django_language"] = cookie
    return ChosenLanguage(lambda _: HttpResponse(translation.get_language()))(request).content.decode()


@pytest.mark.parametrize(
    ("cookie", "browser", "language"),
    [(None, "en-GB", "th"), (None, "th", "th"), ("en", "th", "en"), ("th", "en", "th"), ("xx", "en", "th")],
)
def test_thai_unless_the_reader_chose(cookie: str | None, browser: str, language: str) -> None:
    assert answered_language(cookie, browser) == language


def test_the_language_is_one_press_away(client: Client, cast: Cast) -> None:
    assert "เข้าสู่ระบบ" in client.get("/sign-in").content.decode()
    answer = client.post("/language/setlang/", {"language": "en", "next": "/sign-in"}, follow=True)
    page = answer.content.decode()
    assert "Sign in" in page and 'lang="en"' in page and "เข้าสู่ระบบ" not in page


@pytest.mark.parametrize(("theme", "kept"), [("dark", "dark"), ("light", "light"), ("auto", "auto"), ("neon", "auto")])
def test_light_or_dark_is_remembered(client: Client, cast: Cast, theme: str, kept: str) -> None:
    answer = client.post("/theme", {"theme": theme, "next": "/sign-in"})
    assert answer["Location"] == "/sign-in"
    assert f'data-theme="{kept}"' in client.get("/sign-in").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example", "//elsewhere.example", ""])
def test_light_or_dark_leads_nowhere_else(client: Client, cast: Cast, back: str) -> None:
    assert client.post("/theme", {"theme": "dark", "next": back})["Location"] == "/"


def test_a_moved_clock_is_said_on_every_page(enter: Enter, cast: Cast) -> None:
    browser = enter("owner")
    for path in ("/", "/entries", "/comments", "/uncertain", "/costs", "/practice"):
        page = browser.get(path).content.decode()
        assert "นาฬิกาโครงการ:" in page and "13 พฤษภาคม 2563 10:00 น." in page
    clock.freeze(datetime.now(UTC))
    assert "นาฬิกาโครงการ" not in browser.get("/uncertain").content.decode()


def test_the_practice_room_is_where_the_setting_says(enter: Enter, cast: Cast, settings: object) -> None:
    assert "make run" in enter("owner").get("/practice").content.decode()
    settings.PRACTICE_URL = "http://127.0.0.1:8801/"  # type: ignore[attr-defined]
    assert enter("owner").get("/practice")["Location"] == "http://127.0.0.1:8801/"


def test_health_reads_the_database(client: Client, db: None) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_the_typeface_is_ours(client: Client) -> None:
    packed = client.get(FONT, headers={"accept-encoding": "gzip"})
    plain = client.get(FONT)
    assert plain.content[:4] == b"\x00\x01\x00\x00"
    assert packed["Content-Encoding"] == "gzip" and len(packed.content) < len(plain.content)


def test_an_unknown_address_is_a_kind_page(client: Client, cast: Cast) -> None:
    answer = client.get("/nowhere")
    page = answer.content.decode()
    assert answer.status_code == 404 and "ไม่พบหน้านี้" in page and "Nothing is here" in page


def test_a_fault_is_a_kind_page_that_needs_no_database(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr("saisaat.web.service.Province.everywhere.exists", broken)
    answer = Client(raise_request_exception=False).get("/health")
    page = answer.content.decode()
    assert answer.status_code == 500 and "ระบบขัดข้อง" in page and "the disk is gone" not in page


def test_a_strange_host_is_refused_kindly(client: Client, db: None) -> None:
    answer = client.get("/sign-in", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400 and "คำขอไม่ถูกต้อง" in answer.content.decode()
