"""Rendered messages: what LINE takes, what it would refuse, and what the people in the group see."""

import json
from dataclasses import replace
from typing import Any

import pytest
from linebot.v3.messaging import FlexMessage, ImageMessage, Message, TextMessage

from saisaat.channels.line.render import (
    BACKGROUND,
    BUTTON_COLOUR,
    FIRST_BUTTON_COLOUR,
    KICKER_COLOUR,
    NOTE_COLOUR,
    TEXT_COLOUR,
    TITLE_COLOUR,
    render,
)
from saisaat.domain.errors import Invalid
from saisaat.domain.messages import Button, Card, OutgoingMessage, Picture, Text

BUTTONS = (
    Button("รับทราบ", data="a={delivery}"),
    Button("อ่านต่อ", uri="{base}/i/12?g={group}"),
    Button("ชอบ", data="l={delivery}"),
    Button("แสดงความเห็น", uri="{base}/i/12/say?g={group}"),
)
CARD = Card(
    title="รับของขวัญได้แค่ไหน",
    text="เจ้าหน้าที่ของรัฐรับทรัพย์สินจากผู้อื่นที่มิใช่ญาติได้ไม่เกินสามพันบาทต่อคนต่อโอกาส",
    alt="โปสเตอร์ เรื่องรับของขวัญได้แค่ไหน",
    kicker="มาตรฐานทางจริยธรรม",
    note="ประกาศคณะกรรมการ ป.ป.ช.",
    buttons=BUTTONS,
    picture_url="{base}/m/12.jpg",
    picture_ratio="1080:1350",
    picture_uri="{base}/i/12?g={group}",
)
PICTURE = Picture("https://example.go.th/m/12.jpg", "https://example.go.th/m/12-240.jpg")
EVERYTHING: list[OutgoingMessage] = [Text("สวัสดีครับ 👍"), PICTURE, CARD]


def only(message: OutgoingMessage) -> dict[str, Any]:
    (rendered,) = render([message])
    return rendered


def without_defaults(value: Any) -> Any:
    """What was said, without what the models add: nulls, and `animated: false` on every picture."""
    if isinstance(value, dict):
        said = {key: inner for key, inner in value.items() if inner is not None and (key, inner) != ("animated", False)}
        return {key: without_defaults(inner) for key, inner in said.items()}
    return [without_defaults(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("message", "model"),
    [
        (EVERYTHING[0], TextMessage),
        (PICTURE, ImageMessage),
        (CARD, FlexMessage),
        (replace(CARD, buttons=(), picture_url=None), FlexMessage),
    ],
    ids=["text", "picture", "card", "bare card"],
)
def test_lines_own_models_read_it_back_unchanged(message: OutgoingMessage, model: type[Message]) -> None:
    rendered = only(message)
    read = model.from_dict(json.loads(json.dumps(rendered)))
    assert without_defaults(read.to_dict()) == rendered


def test_same_in_same_out() -> None:
    assert json.dumps(render(EVERYTHING)) == json.dumps(render(EVERYTHING))


def test_a_card_reads_kicker_title_text_note() -> None:
    bubble = only(CARD)["contents"]
    assert [line["text"] for line in bubble["body"]["contents"]] == [CARD.kicker, CARD.title, CARD.text, CARD.note]
    assert all(line["wrap"] and line["scaling"] for line in bubble["body"]["contents"])
    assert bubble["hero"]["url"] == CARD.picture_url
    assert bubble["hero"]["aspectRatio"] == "1080:1350"
    assert bubble["hero"]["action"]["uri"] == CARD.picture_uri


def test_a_bare_card_has_only_its_title() -> None:
    rendered = only(Card(title="ประกาศ", text="", alt="ประกาศ"))
    assert [line["text"] for line in rendered["contents"]["body"]["contents"]] == ["ประกาศ"]
    assert not {"hero", "footer"} & rendered["contents"].keys()


def test_a_picture_without_a_page_cannot_be_tapped() -> None:
    assert "action" not in only(replace(CARD, picture_uri=None))["contents"]["hero"]


@pytest.mark.parametrize(("count", "rows"), [(1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2])])
def test_buttons_stand_in_rows_of_two(count: int, rows: list[int]) -> None:
    footer = only(replace(CARD, buttons=BUTTONS[:count]))["contents"]["footer"]
    assert [len(row["contents"]) for row in footer["contents"]] == rows
    assert {row["layout"] for row in footer["contents"]} == {"horizontal"}
    buttons = [button for row in footer["contents"] for button in row["contents"]]
    assert [button["style"] for button in buttons] == ["primary"] + ["secondary"] * (count - 1)


def test_buttons_keep_their_placeholders_and_never_speak_in_the_group() -> None:
    rows = only(CARD)["contents"]["footer"]["contents"]
    actions = [button["action"] for row in rows for button in row["contents"]]
    assert actions == [
        {"type": "postback", "label": "รับทราบ", "data": "a={delivery}"},
        {"type": "uri", "label": "อ่านต่อ", "uri": "{base}/i/12?g={group}"},
        {"type": "postback", "label": "ชอบ", "data": "l={delivery}"},
        {"type": "uri", "label": "แสดงความเห็น", "uri": "{base}/i/12/say?g={group}"},
    ]


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *[(ink, BACKGROUND) for ink in (KICKER_COLOUR, TITLE_COLOUR, TEXT_COLOUR, NOTE_COLOUR)],
        ("#FFFFFF", FIRST_BUTTON_COLOUR),  # LINE writes white on a primary button
        ("#111111", BUTTON_COLOUR),  # and near black on a secondary one
    ],
)
def test_contrast(ink: str, ground: str) -> None:
    darker, lighter = sorted((luminance(ink), luminance(ground)))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


EDGES: list[tuple[OutgoingMessage, OutgoingMessage]] = [
    (Text("ก" * 5_000), Text("ก" * 5_001)),
    (Text("👍" * 2_500), Text("👍" * 2_501)),
    (Text("{base}" + "ก" * 4_894), Text("{base}" + "ก" * 4_895)),
    (Text(" ก"), Text(" \n")),
    (Text("ก"), Text("\ud800")),
    (replace(CARD, alt="ก" * 1_500), replace(CARD, alt="ก" * 1_501)),
    (replace(CARD, alt="ก"), replace(CARD, alt="")),
    (replace(CARD, title="ก"), replace(CARD, title="")),
    (replace(CARD, text="x" * 4_000), replace(CARD, text="x" * 5_001)),
    (replace(CARD, text="ก" * 5_000, note="ก" * 3_000), replace(CARD, text="ก" * 5_000, note="ก" * 5_000)),
    (replace(CARD, text="{base}" * 200), replace(CARD, text="{base}" * 300)),
    (replace(CARD, buttons=(Button("ก" * 20, data="d"),)), replace(CARD, buttons=(Button("ก" * 21, data="d"),))),
    (replace(CARD, buttons=(Button("ก", data="d"),)), replace(CARD, buttons=(Button("", data="d"),))),
    (replace(CARD, buttons=(Button("ก", data="d" * 300),)), replace(CARD, buttons=(Button("ก", data="d" * 301),))),
    (replace(CARD, buttons=(Button("ก", data="d"),)), replace(CARD, buttons=(Button("ก", data=""),))),
    (replace(CARD, buttons=(Button("ก", data="d"),)), replace(CARD, buttons=(Button("ก"),))),
    (
        replace(CARD, buttons=(Button("ก", uri="{base}/"),)),
        replace(CARD, buttons=(Button("ก", uri="{base}/", data="d"),)),
    ),
    (
        replace(CARD, picture_uri="https://a.th/" + "x" * 987),
        replace(CARD, picture_uri="https://a.th/" + "x" * 988),
    ),
    (replace(CARD, picture_uri="{base}/" + "x" * 893), replace(CARD, picture_uri="{base}/" + "x" * 894)),
    (replace(CARD, picture_url="{base}/" + "x" * 1_893), replace(CARD, picture_url="{base}/" + "x" * 1_894)),
    (replace(CARD, picture_ratio="1:3"), replace(CARD, picture_ratio="100:301")),
    (replace(CARD, picture_ratio="16:9"), replace(CARD, picture_ratio="16/9")),
    (replace(CARD, picture_ratio="16:9"), replace(CARD, picture_ratio="0:9")),
]


@pytest.mark.parametrize(("fits", "refused"), EDGES, ids=range(len(EDGES)))
def test_edges_of_lines_limits(fits: OutgoingMessage, refused: OutgoingMessage) -> None:
    assert render([fits])
    with pytest.raises(Invalid, match="โปรด"):
        render([refused])


@pytest.mark.parametrize(("count", "fits"), [(0, False), (1, True), (5, True), (6, False)])
def test_one_to_five_messages(count: int, fits: bool) -> None:
    messages = [Text("ก")] * count
    if fits:
        assert len(render(messages)) == count
    else:
        with pytest.raises(Invalid, match="โปรด"):
            render(messages)


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://example.go.th/a.jpg", True),
        ("http://127.0.0.1:8000/a.jpg", True),
        ("http://[::1]:8000/a.jpg", True),
        ("http://localhost/a.jpg", True),
        ("{base}/m/a.jpg?g={group}", True),
        ("http://example.go.th/a.jpg", False),
        ("http://127.0.0.1.example.com/a.jpg", False),
        ("{base}.example.com/a.jpg", False),
        ("{group}/a.jpg", False),
        ("//example.go.th/a.jpg", False),
        ("javascript:alert(1)", False),
        ("data:image/png;base64,AA", False),
        ("https://example.go.th/ภาพ.jpg", False),
        ("https://example.go.th/a b.jpg", False),
        ("https://example.go.th/a\n.jpg", False),
        ("https://name:word@example.go.th/a.jpg", False),
        ("https://", False),
        ("https://[::1/a.jpg", False),
        ("", False),
    ],
)
def test_addresses(url: str, fits: bool) -> None:
    messages: list[OutgoingMessage] = [
        Picture(url, PICTURE.preview_url),
        Picture(PICTURE.url, url),
        replace(CARD, picture_url=url),
        replace(CARD, picture_uri=url),
        replace(CARD, buttons=(Button("ก", uri=url),)),
    ]
    for message in messages:
        if fits:
            assert url in json.dumps(only(message), ensure_ascii=False)
        else:
            with pytest.raises(Invalid, match="โปรด"):
                render([message])
