"""The page behind a link in the group: who sees it, what is counted, what is kept of a comment."""

import pytest
from django.test import Client
from django.utils.html import escape

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.delivery import State
from saisaat.records.links import group_link
from saisaat.records.models import Comment, Delivery, Item, TapCount
from tests.cast import Cast
from tests.factories import make_delivery, make_entry

PHONE = "Mozilla/5.0 (Linux; Android 14; CUBOT X70) AppleWebKit/537.36 Chrome/124.0 Mobile Line/14.5.0/IAB"


@pytest.fixture
def reader(client: Client) -> Client:
    client.defaults["HTTP_USER_AGENT"] = PHONE
    return client


def address(delivery: Delivery) -> str:
    assert delivery.item is not None
    return f"/i/{delivery.item.slug}/{group_link(delivery.item.slug, delivery.group.code)}"


def taps() -> int:
    return sum(TapCount.everywhere.values_list("taps", flat=True))


def test_shows_the_item(reader: Client, cast: Cast) -> None:
    delivery = cast.delivery()
    item = delivery.item
    assert item is not None and item.picture is not None
    answer = reader.get(address(delivery))
    page = answer.content.decode()
    assert answer.status_code == 200
    for shown in (item.title, item.text, item.citation, item.campaign.title, item.campaign.office_name, item.alt):
        assert escape(shown) in page
    assert f"/media/{item.picture.sha256}.jpg" in page
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("by_qr", [False, True])
def test_is_public_only_once_it_may_be_in_the_group(reader: Client, cast: Cast, state: State, by_qr: bool) -> None:
    delivery = cast.delivery(state)
    path = address(delivery).rsplit("/", 1)[0] if by_qr else address(delivery)
    public = state in {State.SENDING, State.UNCERTAIN, State.SENT, State.CLOSED}
    answer = reader.get(path)
    assert answer.status_code == (200 if public else 404)
    assert taps() == (1 if public and not by_qr else 0)


@pytest.mark.parametrize("status", [status for status in ItemStatus if status is not ItemStatus.APPROVED])
def test_an_item_without_approval_is_gone(reader: Client, cast: Cast, status: ItemStatus) -> None:
    delivery = cast.delivery()
    Item.everywhere.filter(pk=delivery.item_id).update(status=status, approved_sha256="")
    assert reader.get(address(delivery)).status_code == 404


def test_a_link_made_for_another_item_does_not_open_it(reader: Client, cast: Cast) -> None:
    delivery = cast.delivery()
    assert delivery.item is not None
    forged = group_link("0" * 16, delivery.group.code)
    assert reader.get(f"/i/{delivery.item.slug}/{forged}").status_code == 404
    assert reader.get(f"/i/{delivery.item.slug}/{delivery.group.code}").status_code == 404


def test_another_groups_code_does_not_open_it(reader: Client, cast: Cast) -> None:
    delivery = cast.delivery(group=cast.staff)
    assert delivery.item is not None
    answer = reader.get(f"/i/{delivery.item.slug}/{group_link(delivery.item.slug, cast.network.code)}")
    assert answer.status_code == 404
    assert "ไม่พบหน้านี้" in answer.content.decode()


def test_every_opening_counts(reader: Client, cast: Cast) -> None:
    delivery = cast.delivery()
    for _ in range(3):
        reader.get(address(delivery))
    assert [(row.delivery_id, row.taps) for row in TapCount.everywhere.all()] == [(delivery.pk, 3)]


@pytest.mark.parametrize(
    "agent",
    [
        "facebookexternalhit/1.1;line-poker/1.0",
        "Twitterbot/1.0",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "TelegramBot (like TwitterBot)",
        "WhatsApp/2.23.20.0",
        "curl/8.5.0",
        "",
    ],
)
def test_a_program_is_no_reader(client: Client, cast: Cast, agent: str) -> None:
    assert client.get(address(cast.delivery()), headers={"user-agent": agent}).status_code == 200
    assert taps() == 0


@pytest.mark.parametrize(
    "headers", [{"sec-purpose": "prefetch"}, {"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}]
)
def test_fetching_ahead_is_no_reading(reader: Client, cast: Cast, headers: dict[str, str]) -> None:
    assert reader.get(address(cast.delivery()), headers=headers).status_code == 200
    assert taps() == 0


def test_head_counts_nothing(reader: Client, cast: Cast) -> None:
    assert reader.head(address(cast.delivery())).status_code == 200
    assert taps() == 0


def test_the_qr_page_takes_no_comment_and_sets_no_cookie(reader: Client, cast: Cast) -> None:
    delivery = cast.delivery()
    answer = reader.get(address(delivery).rsplit("/", 1)[0])
    assert "<form" not in answer.content.decode()
    assert not answer.cookies


def test_a_comment_needs_the_pages_own_form(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(f"{address(cast.delivery())}/comment", {"text": "จากที่อื่น"})
    assert answer.status_code == 403
    assert "แบบฟอร์มหมดอายุ" in answer.content.decode()
    assert not Comment.everywhere.exists()


def test_what_a_member_writes_is_only_text(reader: Client, cast: Cast) -> None:
    item = cast.item(title='<script>alert("x")</script>', text="<img src=x onerror=alert(1)>")
    delivery = make_delivery(make_entry(cast.campaign), cast.staff, item)
    page = reader.get(address(delivery)).content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page and "&lt;img src=x" in page


CLIP = {"title": "คลิป", "text": "", "owner": "ศูนย์คุณธรรม", "rights": "เผยแพร่ได้", "seconds": 75}


@pytest.mark.parametrize(
    ("url", "plays_here"),
    [
        ("http://127.0.0.1:8800/static/clips/one.mp4", True),
        ("/static/clips/one.mp4", True),
        ("https://video.example/one.mp4", False),
        ("//video.example/one.mp4", False),
        ("https://video.example/watch?v=1", False),
    ],
)
def test_a_clip_plays_here_only_when_it_is_ours(reader: Client, cast: Cast, url: str, plays_here: bool) -> None:
    item = cast.item(ItemKind.CLIP, title="เรื่องสั้นหนึ่งนาที", clip={**CLIP, "url": url})
    entry = make_entry(cast.campaign, kind=ItemKind.CLIP)
    page = reader.get(address(make_delivery(entry, cast.staff, item))).content.decode()
    assert ("<video" in page, 'src="/static/clips/one.mp4"' in page) == (plays_here, plays_here)
    assert (f'data-plays="{url}" rel="noopener' in page) is not plays_here
    assert "ศูนย์คุณธรรม" in page and "1:15" in page


def test_the_announcement_lists_the_plan(reader: Client, cast: Cast) -> None:
    kept = make_entry(cast.campaign, title="เรื่องที่อยู่ในแผน")
    gone = make_entry(cast.campaign, title="เรื่องที่ถอนแล้ว")
    type(gone).everywhere.filter(pk=gone.pk).update(withdrawn_at=gone.at, withdrawn_reason="ซ้ำ")
    item = cast.item(ItemKind.ANNOUNCEMENT, title="แผนปฏิบัติการ")
    entry = make_entry(cast.campaign, kind=ItemKind.ANNOUNCEMENT, title="ประกาศแผน")
    page = reader.get(address(make_delivery(entry, cast.staff, item))).content.decode()
    assert kept.title in page and gone.title not in page
    assert "พฤษภาคม 2563" in page
