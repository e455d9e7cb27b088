"""Home: what waits, each with its way to the thing, and nothing that is not so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from saisaat.domain.approval import ItemStatus
from saisaat.domain.campaign import SignatureRole, Status
from saisaat.domain.delivery import State
from saisaat.domain.feedback import CommentKind
from saisaat.queries import pages
from saisaat.queries.today import Today, today
from saisaat.records.models import Campaign, QuotaReading, Signature
from tests.cast import Cast
from tests.factories import NOW, make_comment, make_delivery, make_entry

Enter = Callable[[str], Client]


def of(cast: Cast, part: str = "owner") -> Today:
    campaign = pages.current_campaign(cast.province.pk)
    return today(cast.province.pk, campaign, cast.actor(part), NOW)


def test_an_empty_office_is_shown_where_to_begin(enter: Enter, cast: Cast) -> None:
    Campaign.of(cast.province).delete()
    page = enter("owner").get("/").content.decode()
    assert "นำข้อเสนอโครงการเข้ามา" in page and 'href="/campaign/new"' in page


def test_the_weeks_and_months_guard_is_the_running_one(cast: Cast) -> None:
    for day in (-1, 0):
        entry = make_entry(cast.campaign, NOW + timedelta(days=day))
        item = cast.item(title=f"เรื่อง {day}")
        for group in (cast.staff, cast.network):
            make_delivery(entry, group, item)
    cast.delivery(State.SENT, cast.staff)
    week, month = of(cast).owed
    assert week.result is not None and month.result is not None
    assert (week.result.stories, week.result.span.quota) == (2, 3), "the group with fewer counts"
    assert (month.result.stories, month.result.span.quota) == (0, 1)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.APPROVED, Status.ENDED])
def test_what_is_not_running_owes_nothing(cast: Cast, status: Status) -> None:
    Campaign.of(cast.province).update(status=status)
    assert of(cast).owed == ()


@pytest.mark.parametrize(
    ("signed", "part", "waits"),
    [
        ([], "proposer", True),
        ([], "endorser", False),
        ([], "viewer", False),
        ([SignatureRole.PROPOSER], "endorser", True),
        ([SignatureRole.PROPOSER], "proposer", False),
        ([SignatureRole.PROPOSER, SignatureRole.ENDORSER], "approver", True),
        ([SignatureRole.PROPOSER, SignatureRole.ENDORSER], "endorser", False),
    ],
)
def test_a_project_waits_for_whose_turn_it_is(cast: Cast, signed: list[SignatureRole], part: str, waits: bool) -> None:
    Campaign.of(cast.province).update(status=Status.PROPOSED)
    for role in signed:
        _sign(cast, role, Signature.Decision.SIGNED)
    assert bool(of(cast, part).to_sign) is waits


def test_a_declined_project_waits_for_nobody(cast: Cast) -> None:
    Campaign.of(cast.province).update(status=Status.PROPOSED)
    _sign(cast, SignatureRole.PROPOSER, Signature.Decision.SIGNED)
    _sign(cast, SignatureRole.ENDORSER, Signature.Decision.DECLINED)
    assert not of(cast, "approver").to_sign


def _sign(cast: Cast, role: SignatureRole, decision: Signature.Decision) -> None:
    Signature.everywhere.create(
        province=cast.province,
        campaign=cast.campaign,
        role=role,
        person=cast.people[role],
        content_sha256=cast.campaign.content_sha256,
        decision=decision,
        reason="" if decision == Signature.Decision.SIGNED else "งบประมาณไม่ชัด",
        decided_at=NOW,
    )


def test_reviews_and_returned_items_are_counted_for_those_they_wait_for(cast: Cast) -> None:
    cast.item(status=ItemStatus.IN_REVIEW)
    cast.item(status=ItemStatus.REJECTED)
    assert [(of(cast, part).to_review, of(cast, part).returned) for part in ("reviewer", "producer", "owner")] == [
        (1, 0),
        (0, 1),
        (0, 0),
    ]


def test_due_late_and_next_are_apart(enter: Enter, cast: Cast) -> None:
    for days, title in ((-2, "สองวันก่อน"), (0, "ของวันนี้"), (3, "อีกสามวัน"), (9, "อีกเก้าวัน")):
        make_delivery(
            make_entry(cast.campaign, NOW + timedelta(days=days), title=title), cast.staff, None, State.PLANNED
        )
    now = of(cast)
    shown = [[row.entry.title for row in rows] for rows in (now.late, now.due, now.following)]
    assert shown == [["สองวันก่อน"], ["ของวันนี้"], ["อีกสามวัน"]]
    page = enter("viewer").get("/").content.decode()
    assert "เลยกำหนดแล้วยังไม่ได้ส่ง" in page and "อีกเก้าวัน" not in page


def test_unknown_is_said_and_figures_lead_to_their_rows(enter: Enter, cast: Cast) -> None:
    make_comment(cast.delivery(), "ตัวหนังสือเล็กไป", CommentKind.CRITICISM)
    cast.delivery(State.UNCERTAIN)
    page = enter("owner").get("/").content.decode()
    assert "โควตาฟรี: ไม่ทราบ" in page
    for link in ("/comments?show=open", "/uncertain", "/costs", "/entries?from=2020-05-11&amp;to=2020-05-17"):
        assert f'href="{link}' in page, link
    QuotaReading.everywhere.create(province=cast.province, channel=cast.channel, limit=300, used=0, read_at=NOW)
    assert "<small>/300</small>" in enter("owner").get("/").content.decode()


def test_another_provinces_work_is_not_counted(cast: Cast) -> None:
    from tests.cast import make_cast

    other = make_cast("other-")
    other.delivery(State.UNCERTAIN)
    other.item(status=ItemStatus.IN_REVIEW)
    assert (of(cast).uncertain, of(cast, "reviewer").to_review) == (0, 0)
