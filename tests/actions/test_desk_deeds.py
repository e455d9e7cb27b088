"""Closing a publication by hand, and what is done to comments on the desk: every state, every role, every trace."""

from datetime import timedelta
from functools import partial

import pytest

from saisaat.actions import close_out, track
from saisaat.actions.answer import answer_comment
from saisaat.actions.close_out import close_due, close_now
from saisaat.domain.delivery import State
from saisaat.domain.errors import Invalid, NotAllowed, NotNow
from saisaat.domain.feedback import NEEDS_NO_ANSWER, PRESSING, CommentKind
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import MAY, Actor, Deed, Role
from saisaat.records import audit
from saisaat.records.models import AuditEvent, Closeout, Comment, Delivery, TapCount
from tests.cast import Cast, make_cast
from tests.factories import NOW, make_comment

DAY = timedelta(days=1)
WORKER = Actor.system("worker")


def trail(cast: Cast) -> list[tuple[str, str]]:
    """Who did what, from the first row on."""
    return list(AuditEvent.of(cast.province).order_by("no").values_list("actor", "action"))


# --- closing a publication now


@pytest.mark.parametrize("state", State)
def test_only_what_was_sent_is_closed_by_hand(cast: Cast, state: State) -> None:
    delivery = cast.delivery(state)
    close = partial(close_now, delivery=delivery, reason="", by=cast.actor("duty"), now=NOW + DAY)
    if state is State.SENT:
        assert close().by == cast.people["duty"].pk
        assert trail(cast) == [(cast.people["duty"].pk, "delivery.closed")]
    else:
        with pytest.raises(NotNow, match="ปิดไม่ได้"):
            close()
        assert not Closeout.of(cast.province).exists() and trail(cast) == []


@pytest.mark.parametrize(
    ("taps", "reason", "kept"),
    [
        (0, "", Remark.NO_FIGURE),
        (0, "  ลิงก์เสียตลอดวัน ", "ลิงก์เสียตลอดวัน"),
        (0, "ก" * 400, "ก" * 300),
        (3, "ไม่ทราบ", ""),
    ],
    ids=["nothing said", "said why", "at length", "a figure needs no reason"],
)
def test_a_figure_or_the_reason_there_is_none(cast: Cast, taps: int, reason: str, kept: str) -> None:
    delivery = cast.delivery()
    if taps:
        TapCount.everywhere.create(province=cast.province, delivery=delivery, hour=NOW, taps=taps)
    found = close_now(delivery=delivery, reason=reason, by=cast.actor("owner"), now=NOW + DAY)
    assert (found.taps, found.no_figure_reason) == (taps or None, kept)


def test_two_close_it_at_once_and_one_did(cast: Cast) -> None:
    """Both have read it as sent; it is closed once, and the second is told so."""
    delivery = cast.delivery()
    stale = Delivery.of(cast.province).select_related("entry").get(pk=delivery.pk)
    close_now(delivery=delivery, reason="", by=cast.actor("duty"), now=NOW + DAY)
    with pytest.raises(NotNow):
        close_now(delivery=stale, reason="", by=cast.actor("owner"), now=NOW + DAY)
    assert Closeout.of(cast.province).get().by == cast.people["duty"].pk
    assert close_due(now=NOW + 30 * DAY, by=WORKER) == 0


def test_the_clock_leaves_what_a_person_closes_in_that_moment(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = cast.delivery(), cast.delivery()
    close = close_out.close_out

    def meanwhile(*, delivery: Delivery, **more: object) -> Closeout:
        if delivery.pk == first.pk:
            close(delivery=Delivery.of(cast.province).get(pk=first.pk), now=NOW, by=cast.actor("duty"))
        return close(delivery=delivery, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(close_out, "close_out", meanwhile)
    assert close_due(now=NOW + 30 * DAY, by=WORKER) == 1
    assert dict(Closeout.of(cast.province).values_list("delivery", "by")) == {
        first.pk: cast.people["duty"].pk,
        second.pk: WORKER.id,
    }
    assert audit.verify(cast.province.pk) == 2


# --- who may


def test_only_the_roles_of_the_table_may(cast: Cast) -> None:
    person = cast.people["duty"]

    def acts() -> list[tuple[Deed, partial[object]]]:
        """On a publication and on comments of their own."""
        delivery = cast.delivery()
        thanks, asked = (make_comment(delivery, guess=kind) for kind in (CommentKind.ACK, CommentKind.QUESTION))
        return [
            (Deed.ANSWER_COMMENT, partial(track.confirm_many, comments=[thanks], person=person, now=NOW)),
            (Deed.ANSWER_COMMENT, partial(track.assign_comment, comment=asked, owner=person, now=NOW)),
            (Deed.ANSWER_COMMENT, partial(track.end_comment, comment=asked, person=person, now=NOW)),
            (Deed.CLOSE_OUT, partial(close_now, delivery=delivery, reason="", now=NOW)),
        ]

    for role in Role:
        by, before = Actor(person.pk, frozenset({role})), len(trail(cast))
        for deed, act in acts():
            if role in MAY[deed]:
                act(by=by)
            else:
                with pytest.raises(NotAllowed):
                    act(by=by)
        done = [action for _, action in trail(cast)[before:]]
        all_of_them = ["comment.confirm", "comment.assign", "comment.end", "delivery.closed"]
        assert done == (all_of_them if role in MAY[Deed.CLOSE_OUT] else []), role


# --- agreeing with the machine by the dozen


def test_thanks_are_confirmed_together_and_nothing_that_needs_reading(cast: Cast) -> None:
    delivery = cast.delivery()
    rows = {kind: make_comment(delivery, guess=kind) for kind in CommentKind}
    judged = make_comment(
        delivery, guess=CommentKind.ACK, kind="complaint", confirmed_by=cast.people["owner"], confirmed_at=NOW
    )
    duty = cast.people["duty"]
    done = track.confirm_many(comments=[*rows.values(), judged], person=duty, by=cast.actor("duty"), now=NOW + DAY)
    assert done == len(NEEDS_NO_ANSWER)
    for kind, row in rows.items():
        row.refresh_from_db()
        easy = kind in NEEDS_NO_ANSWER
        expected = (kind, duty, NOW + DAY, duty, NOW + DAY) if easy else ("", None, None, None, None)
        assert (row.kind, row.confirmed_by, row.confirmed_at, row.ended_by, row.ended_at) == expected, kind
    judged.refresh_from_db()
    assert (judged.kind, judged.confirmed_by, judged.ended_at) == ("complaint", cast.people["owner"], None)
    assert trail(cast) == [(duty.pk, "comment.confirm")] * done


def test_what_somebody_judged_meanwhile_is_not_counted(cast: Cast) -> None:
    comment = make_comment(cast.delivery(), guess=CommentKind.ACK)
    stale = Comment.of(cast.province).get(pk=comment.pk)
    owner = cast.people["owner"]
    track.confirm_comment(comment=comment, kind="complaint", person=owner, by=cast.actor("owner"), now=NOW)
    assert track.confirm_many(comments=[stale], person=cast.people["duty"], by=cast.actor("duty"), now=NOW) == 0
    stale.refresh_from_db()
    assert (stale.kind, stale.ended_at) == ("complaint", None)
    assert trail(cast) == [(owner.pk, "comment.confirm")]
    assert track.confirm_many(comments=[], person=owner, by=cast.actor("owner"), now=NOW) == 0


# --- whose it is, and its end


def test_it_is_given_to_somebody_of_the_office_and_stays_theirs(cast: Cast) -> None:
    comment = make_comment(cast.delivery())
    duty, owner = cast.people["duty"], cast.people["owner"]
    track.assign_comment(comment=comment, owner=duty, by=cast.actor("owner"), now=NOW)
    track.confirm_comment(comment=comment, kind="praise", person=owner, by=cast.actor("owner"), now=NOW)
    answer_comment(comment=comment, answer="ขอบคุณ", person=owner, by=cast.actor("owner"), now=NOW)
    comment.refresh_from_db()
    assert (comment.owner, comment.answered_by) == (duty, owner)
    stranger = make_cast("other-").people["duty"]
    with pytest.raises(Invalid, match="ผู้รับผิดชอบเดิมยังอยู่"):
        track.assign_comment(comment=comment, owner=stranger, by=cast.actor("owner"), now=NOW)
    comment.refresh_from_db()
    assert comment.owner == duty
    assert [event for _, event in trail(cast)] == ["comment.assign", "comment.confirm", "comment.answer"]


@pytest.mark.parametrize("answered", [False, True], ids=["unanswered", "answered"])
@pytest.mark.parametrize("by", ["the machine", "a person"])
@pytest.mark.parametrize("kind", CommentKind)
def test_criticism_and_complaints_are_answered_before_they_end(
    cast: Cast, kind: CommentKind, by: str, answered: bool
) -> None:
    duty = cast.people["duty"]
    other = CommentKind.PRAISE if kind in PRESSING else CommentKind.CRITICISM
    guess = kind if by == "the machine" else other
    comment = make_comment(cast.delivery(), guess=guess)
    if by == "a person":
        track.confirm_comment(comment=comment, kind=kind, person=duty, by=cast.actor("duty"), now=NOW)
    if answered:
        answer_comment(comment=comment, answer="ตรวจแล้ว", person=duty, by=cast.actor("duty"), now=NOW)
    end = partial(track.end_comment, comment=comment, person=duty, by=cast.actor("duty"), now=NOW + DAY)
    if kind in PRESSING and not answered:
        with pytest.raises(NotNow, match="ต้องมีคำตอบก่อน"):
            end()
        assert Comment.of(cast.province).get().ended_at is None
    else:
        end()
        found = Comment.of(cast.province).get()
        assert (found.ended_by, found.ended_at) == (duty, NOW + DAY)
        assert trail(cast)[-1] == (duty.pk, "comment.end")


def test_an_end_is_judged_by_the_comment_as_it_stands_now(cast: Cast) -> None:
    """The page showed thanks; meanwhile a colleague saw that it is a complaint."""
    comment = make_comment(cast.delivery(), guess=CommentKind.ACK)
    stale = Comment.of(cast.province).get(pk=comment.pk)
    track.confirm_comment(
        comment=comment, kind="complaint", person=cast.people["owner"], by=cast.actor("owner"), now=NOW
    )
    with pytest.raises(NotNow):
        track.end_comment(comment=stale, person=cast.people["duty"], by=cast.actor("duty"), now=NOW)


def test_the_first_end_stays(cast: Cast) -> None:
    comment = make_comment(cast.delivery())
    for part, at in (("duty", NOW), ("owner", NOW + DAY)):
        track.end_comment(comment=comment, person=cast.people[part], by=cast.actor(part), now=at)
    comment.refresh_from_db()
    assert (comment.ended_by, comment.ended_at) == (cast.people["duty"], NOW)
    assert trail(cast) == [(cast.people["duty"].pk, "comment.end")]
