"""How a message is drawn as LINE would: every part of ours, nothing that can be pressed, nothing fetched elsewhere."""

import json
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from saisaat.channels.line.render import render
from saisaat.domain.approval import canonical_message
from saisaat.domain.messages import Button, Card, OutgoingMessage, Picture, Text
from saisaat.web.line_look import LineLook, line_look
from tests.factories import NOW

LINE = vars(import_module("saisaat.channels.line.render"))
PAGE = "{base}/i/abc/{group}"
BUTTONS = (
    Button("รับทราบ", data="ss:{delivery}:ack"),
    Button("อ่านต่อ", uri=PAGE),
    Button("ชอบ", data="ss:{delivery}:like"),
    Button("แสดงความเห็น", uri=f"{PAGE}#comment"),
)
CARD = Card("หัวเรื่อง <b>", "เนื้อความ", "ภาพความรู้", "บรรทัดนำ", "ที่มา: กฎหมาย", BUTTONS)
CLIP = Card("คลิป", "", "คลิป: เรื่อง", "", "", BUTTONS, "{base}/media/aa.jpg", "16:9", PAGE)
PICTURE = Picture("{base}/media/big.jpg", "{base}/media/small.jpg")


def look(*messages: OutgoingMessage | Mapping[str, Any], name: str = "ใสสะอาด", **more: Any) -> LineLook:
    objects = [one if isinstance(one, Mapping) else render([one])[0] for one in messages]
    return line_look(canonical_message([dict(one) for one in objects]), name, **more)


def drawn(*messages: OutgoingMessage | Mapping[str, Any], **more: Any) -> str:
    return render_to_string("saisaat/_line.html", {"look": look(*messages, **more)})


def css() -> str:
    return Path(str(finders.find("saisaat/line.css"))).read_text()


def test_a_poster_is_its_preview_and_a_card_with_four_buttons() -> None:
    text = drawn(PICTURE, CARD)
    assert re.findall(r'<img class="line-image" src="(.*?)" alt="(.*?)"', text) == [("/media/small.jpg", "ภาพความรู้")]
    presses = re.findall(r'<div class="line-press (.*?)">(.*?)</div>', text)
    assert [label for _, label in presses] == ["รับทราบ", "อ่านต่อ", "ชอบ", "แสดงความเห็น"]
    assert [("primary" in how, "low" in how, "tight" in how) for how, _ in presses] == [
        (True, True, False),
        (False, True, False),
        (False, True, False),
        (False, True, True),
    ]
    words = re.findall(r'<p class="line-words (.*?)">(.*?)</p>', text)
    assert [said for _, said in words] == ["บรรทัดนำ", "หัวเรื่อง &lt;b&gt;", "เนื้อความ", "ที่มา: กฎหมาย"]
    assert "ใสสะอาด" in text


def test_a_clip_has_its_picture_on_top_in_its_ratio() -> None:
    text = drawn(CLIP)
    assert 'viewBox="0 0 16 9"' in text
    assert '<image href="/media/aa.jpg" width="16" height="9" preserveAspectRatio="xMidYMid slice"/>' in text


def test_nothing_of_it_can_be_pressed_or_focused() -> None:
    text = drawn(Text("อ่านที่ https://example.go.th/i/1 ได้"), PICTURE, CARD, CLIP)
    assert not re.search(r"<(a|button|input|details)\b|tabindex|onclick|style=", text)
    assert '<span class="link">https://example.go.th/i/1</span>' in text


def test_placeholders_are_filled_and_pictures_from_elsewhere_are_not_fetched() -> None:
    text = drawn(
        Text("{base}/i/x/{group} {delivery}"), Picture("https://example.org/a.jpg", "https://example.org/a.jpg")
    )
    assert f"{settings.BASE_URL}/i/x/–" in text
    assert "example.org" not in text
    assert 'role="img"' in text
    assert not re.search(r"\{(base|group|delivery)\}", text)


@pytest.mark.parametrize(
    "url",
    ["{base}/media/../settings", "//example.org/media/a.jpg", "javascript:alert(1)", "{base}/people", "", None, 7],
)
def test_only_our_pictures_are_shown(url: object) -> None:
    message = {"type": "image", "originalContentUrl": url, "previewImageUrl": url}
    assert "<img" not in drawn(message)


def test_a_picture_under_our_full_address_is_ours() -> None:
    message = {"type": "image", "previewImageUrl": f"{settings.BASE_URL}/media/a.jpg"}
    assert 'src="/media/a.jpg"' in drawn(message)


def test_the_notification_the_time_and_the_initial() -> None:
    shown = look(PICTURE, CARD, name="ใสสะอาด พช.", alt="คำบรรยาย", at=NOW)
    assert (shown.notice, shown.alt, shown.initial) == ("ภาพความรู้", "คำบรรยาย", "ส")
    assert "10:00" in render_to_string("saisaat/_line.html", {"look": shown})
    assert look(Text("สวัสดี")).notice == "สวัสดี"
    assert look(Text("ก"), name="").initial == "•"


def test_quick_replies_stand_under_the_last_message() -> None:
    labels = ["รับทราบ", "ชอบ"]
    items = [{"type": "action", "action": {"type": "message", "label": label, "text": label}} for label in labels]
    assert re.findall(r"<li>(.*?)</li>", drawn({"type": "text", "text": "ก", "quickReply": {"items": items}})) == labels


def test_several_cards_scroll_by_the_keyboard() -> None:
    bubble = render([CARD])[0]["contents"]
    text = drawn({"type": "flex", "altText": "ก", "contents": {"type": "carousel", "contents": [bubble, bubble]}})
    assert text.count('class="line-card card-mega"') == 2
    assert 'tabindex="0"' in text


def test_what_a_console_prints_is_a_text() -> None:
    assert "บรรทัดแรก\nบรรทัดสอง" in drawn({"lines": ["บรรทัดแรก", "บรรทัดสอง"]})


@pytest.mark.parametrize("message", [{"type": "video"}, {}, {"type": "flex", "contents": {"body": {"type": "video"}}}])
def test_what_cannot_be_drawn_says_so(message: dict[str, Any]) -> None:
    assert "วาดให้ดูที่นี่ไม่ได้" in drawn(message)


@pytest.mark.parametrize("name", [name for name in LINE if name.endswith("_COLOUR") or name == "BACKGROUND"])
def test_every_colour_of_our_cards_is_known_to_the_style(name: str) -> None:
    colour = LINE[name][1:].lower()
    assert re.search(rf"\.(paint|on)-{colour} ", css())


def test_every_class_drawn_is_in_the_style() -> None:
    text = drawn(PICTURE, CARD, CLIP, {"type": "text", "text": "ก", "quickReply": {"items": [{}]}}, at=NOW)
    classes = {one for found in re.findall(r'class="(.*?)"', text) for one in found.split()}
    plain = {"block", "hero", "horizontal", "card-mega", "size-md", "line-rule", "line-filler"}
    assert {one for one in classes - plain if f".{one}" not in css()} == set()


@pytest.mark.parametrize("text", ["", "{", "not json"])
def test_json_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        line_look(text, "ใสสะอาด")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "contents", "body", "hero", "text", "url", "action", "size", "color", "layout", "footer"]
            ),
            inner | st.sampled_from(["flex", "bubble", "box", "text", "image", "button", "carousel", "horizontal"]),
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_no_json_whatever_breaks_the_page(value: Any) -> None:
    render_to_string("saisaat/_line.html", {"look": line_look(json.dumps(value), "ใสสะอาด")})
