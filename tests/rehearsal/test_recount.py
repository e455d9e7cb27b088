"""The recount reads a season from the practice LINE's transcript alone; a planted fault must be found."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from saisaat.domain.cadence import Kind, Reached
from saisaat.domain.delivery import Way
from saisaat.rehearsal.recount import recount

STAFF, NETWORK = "C" + "1" * 32, "C" + "2" * 32
GIFTS, CARS, FILM, PLAN = (letter * 16 for letter in "gcfp")
SLUGS = {GIFTS: "poster", CARS: "poster", FILM: "clip", PLAN: "announcement"}
EVERY = {"poster", "clip"}
START = datetime(2027, 2, 1, 2, 30, tzinfo=UTC)


def page(slug: str, fragment: str = "") -> str:
    return f"http://127.0.0.1:8800/i/{slug}/{'k' * 28}{fragment}"


def bot(slug: str, group: str = STAFF, *, after: float = 0, call: str | None = None, **more: Any) -> dict[str, Any]:
    """A message of ours: the item's page in its buttons, once plainly and once with the place for comments."""
    at = START + timedelta(hours=after)
    buttons = [{"type": "uri", "uri": page(slug)}, {"type": "uri", "uri": page(slug, "#comment")}]
    message = {
        "id": f"{slug}{group[1]}{at.timestamp():.0f}",
        "groupId": group,
        "at": at.isoformat(timespec="milliseconds"),
        "from": "bot",
        "way": "reply",
        "cost": 0,
        "type": "flex",
        "raw": {"type": "flex", "altText": "เรื่อง", "contents": {"footer": [{"action": each} for each in buttons]}},
    }
    return message | ({"callId": call} if call else {}) | more


def member(text: str, group: str = STAFF, *, after: float = 0) -> dict[str, Any]:
    at = START + timedelta(hours=after)
    return {
        "id": f"m{group[1]}{at.timestamp():.0f}",
        "groupId": group,
        "at": at.isoformat(timespec="milliseconds"),
        "from": "U" + "3" * 32,
        "way": "member",
        "cost": 0,
        "type": "text",
        "text": text,
        "raw": {"type": "text", "text": text},
    }


def test_nothing_is_nothing() -> None:
    found = recount([])
    assert (found.double(), found.seen, found.sent(SLUGS, EVERY), found.cost_by_month) == (0, (), set(), {})
    assert found.announced_first(SLUGS, []) is True
    assert found.announced_first(SLUGS, [STAFF]) is False


def test_one_item_in_two_groups_is_no_double() -> None:
    found = recount([bot(GIFTS, STAFF, call="a"), bot(GIFTS, NETWORK, call="b"), bot(CARS, STAFF, call="c")])
    assert found.double() == 0
    assert found.sent(SLUGS, EVERY) == {(STAFF, GIFTS), (NETWORK, GIFTS), (STAFF, CARS)}


@pytest.mark.parametrize("times", [2, 3, 7])
def test_a_planted_double_is_found(times: int) -> None:
    again = [bot(GIFTS, call=f"call-{n}", after=n) for n in range(times)]
    found = recount([bot(CARS, call="other"), *again, bot(GIFTS, NETWORK, call="there")])
    assert found.double() == times - 1
    assert len(found.sent(SLUGS, EVERY)) == 3


def test_a_double_without_call_ids_is_found_by_its_messages() -> None:
    assert recount([bot(GIFTS), bot(GIFTS, after=1)]).double() == 1


def test_one_call_may_show_an_item_in_several_messages() -> None:
    """Picture and buttons may be two messages of one call: that is one delivery."""
    assert recount([bot(GIFTS, call="a"), bot(GIFTS, call="a", id="second")]).double() == 0


def test_what_a_member_writes_is_never_ours() -> None:
    """Somebody pastes the page's address into the group."""
    found = recount([bot(GIFTS, call="a"), member(page(GIFTS), after=1), member(page(CARS), after=2)])
    assert found.double() == 0 and found.sent(SLUGS, EVERY) == {(STAFF, GIFTS)}


def test_ways_come_from_what_happened_in_the_group() -> None:
    found = recount(
        [
            member("สวัสดีค่ะ"),
            bot(GIFTS, call="a"),
            member("#โพสต์", after=1),
            bot(CARS, call="b", after=1),
            member("#โพสต์ ๑๒", NETWORK, after=2),
            bot(CARS, NETWORK, call="c", after=2),
            bot(FILM, call="d", after=3, way="push", cost=104),
            bot(PLAN, call="e", after=4),
        ]
    )
    assert found.ways(SLUGS, EVERY) == {Way.PIGGYBACK: 1, Way.DUTY: 2, Way.PUSH: 1}
    assert found.ways(SLUGS, {"announcement"}) == {Way.PIGGYBACK: 1}


def test_a_command_counts_for_its_own_group_and_moment() -> None:
    found = recount([member("#โพสต์", NETWORK), bot(GIFTS, call="a"), member("#โพสต์"), bot(CARS, call="b", after=1)])
    assert found.ways(SLUGS, EVERY) == {Way.PIGGYBACK: 2}


def test_a_double_keeps_its_first_way() -> None:
    found = recount([bot(GIFTS, call="a"), bot(GIFTS, call="b", after=1, way="push", cost=104)])
    assert found.ways(SLUGS, EVERY) == {Way.PIGGYBACK: 1}


def test_costs_and_stories_belong_to_the_local_month() -> None:
    """17:30 UTC on 28 February is half past midnight on 1 March in Thailand."""
    late = datetime(2027, 2, 28, 17, 30, tzinfo=UTC).isoformat()
    found = recount([bot(FILM, call="a", way="push", cost=104), bot(GIFTS, call="b", at=late, way="push", cost=60)])
    assert found.cost_by_month == {"2027-02": 104, "2027-03": 60}
    assert found.reached(SLUGS, Kind.POSTER) == [Reached(STAFF, date(2027, 3, 1), GIFTS)]
    clips = found.reached(SLUGS, Kind.CLIP)
    assert [(f"{clip.on:%Y-%m}", clip.group, clip.story) for clip in clips] == [("2027-02", STAFF, FILM)]


def test_only_the_kinds_asked_for_are_counted() -> None:
    found = recount([bot(PLAN, call="a"), bot(GIFTS, call="b"), bot("x" * 16, call="c")])
    assert found.sent(SLUGS, EVERY) == {(STAFF, GIFTS)}
    assert found.sent(SLUGS, {"announcement"}) == {(STAFF, PLAN)}


@pytest.mark.parametrize(
    ("messages", "announced"),
    [
        pytest.param([bot(PLAN, STAFF), bot(PLAN, NETWORK), bot(GIFTS, STAFF, after=1)], True, id="first everywhere"),
        pytest.param(
            [bot(PLAN, STAFF), bot(GIFTS, STAFF, after=1), bot(GIFTS, NETWORK)], False, id="one group left out"
        ),
        pytest.param([bot(GIFTS, STAFF), bot(PLAN, STAFF, after=1), bot(PLAN, NETWORK)], False, id="too late in one"),
        pytest.param([bot(PLAN, STAFF)], False, id="one group heard nothing"),
        pytest.param([member("แผนอยู่ไหน", NETWORK), bot(PLAN, STAFF), bot(PLAN, NETWORK)], True, id="chat before it"),
    ],
)
def test_the_announcement_comes_first_in_every_group(messages: list[dict[str, Any]], announced: bool) -> None:
    assert recount(messages).announced_first(SLUGS, [STAFF, NETWORK]) is announced


def test_messages_in_one_to_one_chats_are_counted_as_cost_only() -> None:
    found = recount(
        [member("สวัสดี") | {"groupId": None}, bot(GIFTS, call="a") | {"groupId": None, "cost": 1, "raw": {}}]
    )
    assert found.seen == () and found.cost_by_month == {"2027-02": 1}
