"""An office that changed its LINE account: what it asks and says now goes by the new one, what it knew stays."""

from datetime import timedelta

import pytest

from saisaat.actions import answer, connect, link_line, receive
from saisaat.actions.deliver import Window
from saisaat.domain.answers import AnswerWay
from saisaat.domain.errors import NotNow
from saisaat.domain.messages import EventKind, InboundEvent
from saisaat.domain.roles import Actor
from saisaat.queries import accounts, deliveries, office, reviewing
from saisaat.records.models import Channel, Group, LineIdentity
from tests.cast import Cast
from tests.factories import NOW, make_comment, make_group

USER = "U" + "5" * 32
SYSTEM = Actor.system("tests")


@pytest.fixture
def new(cast: Cast) -> Channel:
    """The account that took the place of the cast's."""
    return connect.connect_channel(
        province=cast.province,
        kind="console",
        name="บัญชีใหม่",
        credentials={},
        api_base="",
        by=cast.actor("admin"),
        now=NOW,
    )


def retire(channel: Channel) -> None:
    Channel.everywhere.filter(pk=channel.pk).update(retired_at=NOW)


def test_the_office_speaks_with_the_new_account(cast: Cast, new: Channel) -> None:
    for province in (cast.province.pk, cast.province):
        assert office.channel_of(province) == new
    assert reviewing.account_name(cast.province.pk) == "บัญชีใหม่"
    assert Channel.of(cast.province).count() == 2, "and the old one stays on record"


def test_with_every_account_retired_there_is_none(cast: Cast, new: Channel) -> None:
    assert accounts.can_link_line(cast.province.pk)
    retire(new)
    assert office.channel_of(cast.province.pk) is None
    assert reviewing.account_name(cast.province.pk) == ""
    assert not accounts.can_link_line(cast.province.pk)
    duty = cast.people["duty"]
    with pytest.raises(NotNow, match="ยังไม่ได้เชื่อมบัญชี LINE"):
        link_line.link_person(person=duty, line_user=USER, by=cast.actor("duty"), now=NOW)
    assert not LineIdentity.of(cast.province).exists()


def test_people_are_linked_on_the_new_account_alone(cast: Cast, new: Channel) -> None:
    duty, by = cast.people["duty"], cast.actor("duty")
    connect.link_identity(channel=cast.channel, person=duty, user=USER, by=by, now=NOW)
    link_line.link_person(person=duty, line_user=USER, by=by, now=NOW)
    assert [row.channel for row in LineIdentity.of(cast.province)] == [new]


def test_who_was_linked_before_signs_in_and_commands_as_before(cast: Cast) -> None:
    duty = cast.people["duty"]
    link_line.link_person(person=duty, line_user=USER, by=cast.actor("duty"), now=NOW)
    new = connect.connect_channel(
        province=cast.province, kind="console", name="ใหม่", credentials={}, api_base="", by=SYSTEM, now=NOW
    )
    group = make_group(new)
    opening = receive.Opening(Window(group.pk, "token", NOW), None, USER)
    officer = receive.duty_officer(opening=opening)
    assert officer is not None and officer.id == duty.pk
    account = link_line.account_of_line(USER)
    assert account is not None and account.person == duty
    assert receive.duty_officer(opening=receive.Opening(Window(group.pk, "t", NOW), None, "U" + "6" * 32)) is None


def test_only_the_new_account_is_asked_for_its_quota(cast: Cast, new: Channel) -> None:
    assert deliveries.channels_with_old_readings(now=NOW, age=timedelta(hours=12)) == [new.pk]


def test_nothing_is_answered_through_the_old_account(cast: Cast) -> None:
    comment = make_comment(cast.delivery())
    row = answer.answer_comment(
        comment=comment,
        answer="ขอบคุณ",
        person=cast.people["owner"],
        by=cast.actor("owner"),
        now=NOW,
        way=AnswerWay.GROUP,
    )
    connect.connect_channel(
        province=cast.province, kind="console", name="ใหม่", credentials={}, api_base="", by=SYSTEM, now=NOW
    )
    event = InboundEvent("e1", EventKind.MESSAGE, NOW, group=cast.staff.channel_group, reply_token="t")
    (opening,) = receive.take_in(channel=cast.channel, events=[event], now=NOW).openings
    assert answer.claim_answer(window=opening.window, now=NOW, by=SYSTEM) is None
    row.refresh_from_db()
    assert row.state == "waiting"
    assert Group.of(cast.province).filter(left_at__isnull=True).count() == 0
