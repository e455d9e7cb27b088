"""Clips by link: what the platform says through the real wall, by hand where it is silent, none twice unawares."""

from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from saisaat.domain.approval import ItemKind
from saisaat.domain.campaign import Status
from saisaat.domain.clip_links import Platform
from saisaat.fetching import clips as platforms
from saisaat.fetching import safe
from saisaat.fetching.safe import Fetcher
from saisaat.posters.pictures import clean_picture
from saisaat.records.models import Campaign, Item
from saisaat.web.clips import views
from tests.beside import Beside
from tests.cast import Cast, make_cast
from tests.factories import jpeg, make_campaign
from tests.fetching.hostile import NEAR, hostile_site

Enter = Callable[[str], Client]
Tell = Callable[..., None]
URL = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
SAME = ["https://youtu.be/dQw4w9WgXcQ?si=abc", "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=10", "youtu.be/dQw4w9WgXcQ"]
SILENT = "แพลตฟอร์มไม่บอกข้อมูลของคลิปนี้ หรือเครื่องนี้ติดต่อไม่ได้ โปรดกรอกเอง"
FIELDS = {"title", "text", "owner", "length", "licence", "proof", "picture"}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with Beside() as beside:
        yield beside.enter(hostile_site())


@pytest.fixture
def told(site: str, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Says where on the hostile site the platform answers, and where its thumbnail is."""
    monkeypatch.setattr(views, "Fetcher", lambda: NEAR)

    def tell(path: str, picture: str = "") -> None:
        where = f"{site}{path}?picture={quote(picture and site + picture, safe='')}&url="
        monkeypatch.setitem(platforms._OEMBED, Platform.YOUTUBE, where)

    return tell


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless a test says otherwise the platform's address is one of this machine, which the real wall refuses."""
    for name in (Platform.YOUTUBE, Platform.TIKTOK):
        monkeypatch.setitem(platforms._OEMBED, name, "https://127.0.0.1/oembed?url=")


def look(browser: Client, url: str = URL) -> str:
    answer = browser.get("/clips/new", {"url": url})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def keep(browser: Client, url: str = URL, **changes: object) -> Any:
    form: dict[str, object] = {
        "url": url,
        "title": "โปร่งใสไปด้วยกัน",
        "text": "ดูแล้วชวนเพื่อนดู",
        "owner": "สำนักงาน ป.ป.ช.",
        "length": "๑:๓๐",
        "licence": "permitted",
        "proof": "หนังสือที่ นว 0019/12",
        "picture": SimpleUploadedFile("ปก.jpg", jpeg(640, 480), "image/jpeg"),
    }
    return browser.post("/clips/new", form | changes)


@pytest.fixture
def quick_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cleaning a picture takes a process of its own; where a test is not about it, it is clean already."""
    monkeypatch.setattr(views, "clean_picture", lambda data, smallest: data)


# --- looking it up


def test_what_the_platform_says_stands_in_the_form(enter: Enter, told: Tell) -> None:
    told("/oembed")
    page = look(enter("producer"))
    assert 'value="โปร่งใสไปด้วยกัน"' in page and 'value="ช่องตัวอย่าง"' in page
    assert SILENT not in page


@pytest.mark.parametrize("path", ["/missing", "/hello", "/torrent", "/round", "/inside", "/file", "/slow"])
def test_what_a_hostile_platform_says_is_refused_and_the_form_is_empty(
    enter: Enter, told: Tell, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """No answer, no JSON, too much of it, round in circles, a private address, a file of ours, no end."""
    monkeypatch.setattr(safe, "_SECONDS", 0.1 if path == "/slow" else 10.0)
    told(path)
    page = look(enter("producer"))
    assert SILENT in page
    assert all(f'name="{name}"' in page for name in FIELDS)
    assert "ช่องตัวอย่าง" not in page


@pytest.mark.parametrize("picture", ["/large", "/inside", "/file", "/missing"])
def test_a_hostile_thumbnail_costs_nothing_but_itself(
    enter: Enter, cast: Cast, told: Tell, monkeypatch: pytest.MonkeyPatch, picture: str
) -> None:
    monkeypatch.setattr(platforms, "LARGEST_PICTURE", 4000)
    told("/oembed", picture)
    assert 'value="โปร่งใสไปด้วยกัน"' in look(enter("producer"))
    drawn = jpeg(1280, 720)
    monkeypatch.setattr(views, "clip_cover", lambda *_: drawn)
    assert keep(enter("producer"), picture="").status_code == 302
    row = Item.of(cast.province).get(kind=ItemKind.CLIP)
    assert row.preview is not None and row.preview.size == len(drawn)


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "https://www.tiktok.com/@user.name/video/7123456789012345678",
        "https://fb.watch/abcdefgh/",
        "https://go.th/a.mp4",
    ],
)
def test_out_of_reach_it_is_filled_in_by_hand(enter: Enter, cast: Cast, quick_picture: None, url: str) -> None:
    """The real fetcher, whose wall stands between this machine's pages and the platform's name."""
    browser = enter("producer")
    page = look(browser, url)
    assert SILENT in page and all(f'name="{name}"' in page for name in FIELDS)
    answer = keep(browser, url)
    row = Item.of(cast.province).get(kind=ItemKind.CLIP)
    assert answer["Location"] == f"/studio/items/{row.pk}"
    assert (row.title, row.clip["owner"], row.clip["seconds"]) == ("โปร่งใสไปด้วยกัน", "สำนักงาน ป.ป.ช.", 90)
    assert row.clip["proof"] == "หนังสือที่ นว 0019/12"
    assert row.clip["url"] == url


@pytest.mark.parametrize(
    "url", ["", "https://example.org/page", "javascript:alert(1)", "https://youtu.be/short", "x" * 600]
)
def test_what_is_no_clip_is_given_back(enter: Enter, url: str) -> None:
    answer = enter("producer").get("/clips/new", {"url": url})
    assert answer.status_code == (422 if url else 200)
    page = unescape(answer.content.decode())
    assert 'name="title"' not in page
    assert url[:30] in page and ("โปรดคัดลอก" in page or not url)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("owner", ""),
        ("proof", ""),
        ("length", "นาน"),
        ("length", "0:00"),
        ("licence", "nonsense"),
        ("url", "ftp://x/y.mp4"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(enter: Enter, cast: Cast, field: str, typed: str) -> None:
    answer = keep(enter("producer"), **{field: typed})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "ดูแล้วชวนเพื่อนดู" in page
    assert not typed or field == "licence" or typed in page
    assert not Item.of(cast.province).exists()


def test_a_file_that_is_no_picture_is_refused_with_the_form(enter: Enter, cast: Cast) -> None:
    answer = keep(enter("producer"), picture=SimpleUploadedFile("cover.jpg", b"<?php evil", "image/jpeg"))
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and "ไม่ใช่ภาพ" in page and "ดูแล้วชวนเพื่อนดู" in page
    assert not Item.of(cast.province).exists()


def test_a_cover_too_small_is_told_its_own_measure(enter: Enter, cast: Cast) -> None:
    """The measure of a clip's cover, which is not that of a poster's picture."""
    answer = keep(enter("producer"), picture=SimpleUploadedFile("a.jpg", jpeg(300, 200), "image/jpeg"))
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and "มี 200 จุด" in page and "อย่างน้อย 270 จุด" in page


# --- the same clip again


def earlier(cast: Cast) -> Campaign:
    """Last year's campaign, which is over."""
    return make_campaign(cast.province, date(2019, 4, 29), date(2019, 9, 30), Status.ENDED)


def clip_of(cast: Cast, campaign: Campaign) -> Item:
    row = cast.item(ItemKind.CLIP, title="คลิปปีก่อน", clip={"url": URL, "owner": "ก", "rights": "ข", "seconds": 60})
    Item.of(cast.province).filter(pk=row.pk).update(campaign=campaign)
    return row


@pytest.mark.parametrize("url", SAME)
def test_a_clip_of_an_earlier_year_is_flagged_and_used_again_on_purpose_only(
    enter: Enter, cast: Cast, quick_picture: None, url: str
) -> None:
    last_year = earlier(cast)
    old = clip_of(cast, last_year)
    browser = enter("producer")
    page = look(browser, url)
    assert "เคยใช้แล้วใน" in page and f"/studio/items/{old.pk}" in page and 'name="again"' in page
    refused = keep(browser, url)
    page = unescape(refused.content.decode())
    assert refused.status_code == 422 and "คลิปนี้เคยเผยแพร่ในโครงการก่อน" in page
    assert "ดูแล้วชวนเพื่อนดู" in page and 'name="again"' in page
    assert Item.of(cast.province).filter(kind=ItemKind.CLIP).count() == 1
    assert keep(browser, url, again="on").status_code == 302
    assert Item.of(cast.province).filter(campaign=cast.campaign, clip__url=URL).count() == 1


def test_in_one_campaign_it_stands_once_whatever_is_ticked(enter: Enter, cast: Cast, quick_picture: None) -> None:
    row = clip_of(cast, cast.campaign)
    clip_of(cast, earlier(cast))
    browser = enter("producer")
    page = look(browser, SAME[0])
    assert "คลิปนี้อยู่ในโครงการนี้แล้ว" in page and f"/studio/items/{row.pk}" in page
    assert 'name="again"' not in page
    answer = keep(browser, SAME[1], again="on")
    assert answer.status_code == 422 and "จึงไม่ได้บันทึกซ้ำ" in unescape(answer.content.decode())
    assert Item.of(cast.province).filter(campaign=cast.campaign, kind=ItemKind.CLIP).count() == 1


def test_another_offices_clip_is_no_business_of_ours(enter: Enter, cast: Cast) -> None:
    other = make_cast("other-")
    row = clip_of(other, other.campaign)
    page = look(enter("producer"))
    assert row.pk not in page and "เคยใช้แล้วใน" not in page
    assert row.pk not in enter("producer").get("/clips?years=all").content.decode()


def test_the_list_shows_this_year_and_all_years_on_demand(enter: Enter, cast: Cast) -> None:
    clip_of(cast, earlier(cast))
    cast.item(
        ItemKind.CLIP, title="คลิปปีนี้", clip={"url": "https://go.th/a.mp4", "owner": "ก", "rights": "ข", "seconds": 60}
    )
    browser = enter("viewer")
    this, every, found = (
        browser.get(f"/clips{query}").content.decode() for query in ("", "?years=all", "?q=ปีก่อน&years=all")
    )
    assert "คลิปปีนี้" in this and "คลิปปีก่อน" not in this
    assert "คลิปปีนี้" in every and "คลิปปีก่อน" in every
    assert "คลิปปีนี้" not in found and "คลิปปีก่อน" in found


# --- searching


def test_a_search_out_of_reach_says_so_and_asks_nothing_without_a_key(
    enter: Enter, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platforms, "_API", "https://127.0.0.1/v3")
    monkeypatch.setattr(platforms, "_FEED", "https://127.0.0.1/feed?channel_id=")
    browser = enter("producer")
    channel = "UC" + "a" * 22
    unreachable = "ติดต่อ"
    quiet = browser.get("/clips/search").content.decode()
    for query, has_key in ({"q": "สุจริต"}, "a-key"), ({"channel": channel}, ""), ({"channel": "../etc"}, ""):
        settings.YOUTUBE_KEY = has_key
        answer = browser.get("/clips/search", query)
        page = answer.content.decode()
        assert answer.status_code == 200 and page.count(unreachable) > quiet.count(unreachable), query
        assert "a-key" not in page
    settings.YOUTUBE_KEY = ""
    assert browser.get("/clips/search", {"q": "สุจริต"}).content.decode().count(unreachable) == quiet.count(unreachable)


def test_the_fetcher_of_the_pages_is_the_one_with_the_wall() -> None:
    """The other tests of this file replace it, and `clean_picture`, under these names."""
    assert views.Fetcher is Fetcher and views.clean_picture is clean_picture
