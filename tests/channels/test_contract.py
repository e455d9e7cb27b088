"""Every channel answers the one contract, and settings find it by its dotted path."""

import io
from datetime import UTC, datetime

import pytest

from saisaat.channels import get_channel
from saisaat.channels.base import BadSignature, Channel
from saisaat.channels.console import ConsoleChannel
from saisaat.channels.line import LineChannel
from saisaat.domain.errors import Invalid
from saisaat.domain.messages import Button, Card, OutgoingMessage, Picture, Text

MESSAGES: list[OutgoingMessage] = [
    Text("สวัสดี\nทุกท่าน"),
    Picture("https://example.go.th/a.jpg", "https://example.go.th/b.jpg"),
    Card(
        title="หัวเรื่อง",
        text="เนื้อความ",
        alt="คำบรรยาย",
        note="หมายเหตุ",
        buttons=(Button("รับทราบ", data="a=1"), Button("อ่านต่อ", uri="https://example.go.th/i/1")),
        picture_url="https://example.go.th/c.jpg",
    ),
]


def test_found_by_dotted_path() -> None:
    channels: list[Channel] = [
        get_channel("saisaat.channels.line.LineChannel", access_token="t", secret="s"),
        get_channel("saisaat.channels.console.ConsoleChannel"),
    ]
    assert [type(channel) for channel in channels] == [LineChannel, ConsoleChannel]


@pytest.mark.parametrize(
    "path", ["", "line", "saisaat.channels.line.Nothing", "saisaat.channels.nothing.Channel", ".x"]
)
def test_a_wrong_path_is_refused_with_a_cure(path: str) -> None:
    with pytest.raises(Invalid, match="โปรดแก้ชื่อช่องทาง"):
        get_channel(path)


async def test_the_console_shows_every_part() -> None:
    stream = io.StringIO()
    channel = ConsoleChannel(stream=stream)
    receipt = await channel.reply("rt", channel.render(MESSAGES))
    await channel.close()
    assert stream.getvalue().splitlines() == [
        "── ตอบกลับ rt",
        "│ สวัสดี",
        "│ ทุกท่าน",
        "│ [ภาพ] https://example.go.th/a.jpg",
        "│ [ภาพ] https://example.go.th/c.jpg",
        "│ หัวเรื่อง",
        "│ เนื้อความ",
        "│ หมายเหตุ",
        "│ [รับทราบ → a=1]  [อ่านต่อ → https://example.go.th/i/1]",
    ]
    assert len({sent.id for sent in receipt.sent}) == 3


async def test_the_console_pushes_once_for_one_key() -> None:
    stream = io.StringIO()
    channel = ConsoleChannel(stream=stream)
    messages = channel.render(MESSAGES[:1])
    first = await channel.push("G1", messages, retry_key="k")
    second = await channel.push("G1", messages, retry_key="k")
    third = await channel.push("G1", messages, retry_key="other")
    assert stream.getvalue().count("ส่งถึง G1") == 2
    assert (first.repeated, second.repeated, third.repeated) == (False, True, False)
    assert second.sent == first.sent != third.sent


async def test_the_console_costs_nothing_and_hears_nothing() -> None:
    stream = io.StringIO()
    channel = ConsoleChannel(stream=stream)
    now = datetime(2020, 2, 3, tzinfo=UTC)
    reading = await channel.quota(now)
    await channel.set_webhook("https://example.go.th/hook")
    assert (reading.limit, reading.used, reading.read_at) == (None, 0, now)
    assert await channel.member_count("G1") == 1
    assert "G1" in await channel.group_name("G1")
    assert "https://example.go.th/hook" in stream.getvalue()
    with pytest.raises(BadSignature):
        channel.parse_webhook(b'{"events":[]}', "x")
