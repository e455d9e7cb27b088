"""Comments: reading, confirming what they are, answering."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saisaat.actions.answer import answer_comment
from saisaat.actions.comment import hide_comment, show_comment
from saisaat.actions.track import assign_comment, confirm_comment, end_comment
from saisaat.domain.answers import AnswerWay
from saisaat.domain.errors import DomainError, Invalid
from saisaat.domain.feedback import CommentKind
from saisaat.domain.roles import Deed
from saisaat.queries import desk, pages
from saisaat.records import clock
from saisaat.records.models import Comment
from saisaat.records.sealing import unseal
from saisaat.web.access import Visit, needs
from saisaat.web.words import ANSWER_WAYS, COMMENT_KINDS, said


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as this visitor may see it. `text` is None where they may not read it, it is hidden or it was erased;
    `name` is whose it is, where it says so and they may read it.
    """

    row: Comment
    text: str | None
    name: str
    may_read: bool


def shown(visit: Visit, rows: Iterable[Comment]) -> list[ShownComment]:
    """The text is unsealed for those who answer comments and for nobody else."""
    may_read = visit.may(Deed.ANSWER_COMMENT)
    return [_shown(row, may_read, may_read and row.hidden_at is None) for row in rows]


def _shown(row: Comment, may_read: bool, open_it: bool) -> ShownComment:
    text = unseal(row.key, row.text_sealed) if open_it else None
    return ShownComment(row, text, (unseal(row.key, row.name_sealed) or "") if open_it else "", may_read)


@require_safe
@needs(Deed.SEE)
def comment(request: HttpRequest, visit: Visit, comment_id: str) -> HttpResponse:
    """One comment with its forms."""
    return _one(request, visit, _find(visit, comment_id))


@require_POST
@needs(Deed.ANSWER_COMMENT)
def confirm(request: HttpRequest, visit: Visit, comment_id: str) -> HttpResponse:
    """A person says what the comment is."""
    row, kind = _find(visit, comment_id), request.POST.get("kind", "")

    def act() -> None:
        if kind not in set(CommentKind):
            raise Invalid(_("โปรดเลือกประเภทของความเห็น ยังไม่ได้บันทึก"))
        confirm_comment(comment=row, kind=kind, person=visit.person, by=visit.actor, now=clock.now())

    return _acted(request, visit, row, act, _("ยืนยันประเภทของความเห็นแล้ว"))


@require_POST
@needs(Deed.ANSWER_COMMENT)
def answer(request: HttpRequest, visit: Visit, comment_id: str) -> HttpResponse:
    """What the office answered or did."""
    row, text = _find(visit, comment_id), request.POST.get("answer", "")
    asked = request.POST.get("way", "")
    way = AnswerWay(asked) if asked in set(AnswerWay) else AnswerWay.RECORD

    def act() -> None:
        answer_comment(comment=row, answer=text, person=visit.person, by=visit.actor, now=clock.now(), way=way)

    return _acted(request, visit, row, act, _("บันทึกคำตอบแล้ว"))


@require_POST
@needs(Deed.ANSWER_COMMENT)
def owner(request: HttpRequest, visit: Visit, comment_id: str) -> HttpResponse:
    """Who sees to it."""
    row, chosen = _find(visit, comment_id), request.POST.get("owner", "")

    def act() -> None:
        person = next((one for one in desk.may_own_comments(visit.province) if one.pk == chosen), None)
        if person is None:
            raise Invalid("โปรดเลือกผู้รับผิดชอบ ผู้รับผิดชอบเดิมยังอยู่")
        assign_comment(comment=row, owner=person, by=visit.actor, now=clock.now())

    return _acted(request, visit, row, act, _("บันทึกผู้รับผิดชอบแล้ว"))


@require_POST
@needs(Deed.ANSWER_COMMENT)
def end(request: HttpRequest, visit: Visit, comment_id: str) -> HttpResponse:
    """Nothing more is to be done."""
    row = _find(visit, comment_id)

    def act() -> None:
        end_comment(comment=row, person=visit.person, by=visit.actor, now=clock.now())

    return _acted(request, visit, row, act, _("ปิดความเห็นแล้ว"))


@require_POST
@needs(Deed.ANSWER_COMMENT)
def hide(request: HttpRequest, visit: Visit, comment_id: str) -> HttpResponse:
    """Nobody is shown its words any more, only why."""
    row, reason = _find(visit, comment_id), request.POST.get("reason", "")

    def act() -> None:
        hide_comment(comment=row, reason=reason, person=visit.person, by=visit.actor, now=clock.now())

    return _acted(request, visit, row, act, _("ซ่อนความเห็นแล้ว เหตุผลแสดงแทน"))


@require_POST
@needs(Deed.ANSWER_COMMENT)
def show(request: HttpRequest, visit: Visit, comment_id: str) -> HttpResponse:
    """Its words are shown again."""
    row = _find(visit, comment_id)

    def act() -> None:
        show_comment(comment=row, by=visit.actor, now=clock.now())

    return _acted(request, visit, row, act, _("แสดงความเห็นอีกครั้งแล้ว"))


def _acted(request: HttpRequest, visit: Visit, row: Comment, act: Callable[[], None], done: str) -> HttpResponse:
    """Do it and come back to the publication; what was refused is shown with what was typed."""
    try:
        act()
    except DomainError as error:
        return _one(request, visit, row, error=said(error))
    messages.success(request, done)
    if row.delivery_id is None:
        return redirect("comment", row.pk)
    return redirect(f"{reverse('publication', args=[row.delivery_id])}#c-{row.pk}")


def ways_to_answer(row: Comment) -> list[AnswerWay]:
    """The usual one first. Nobody knows whom to tell 1:1 of a comment without a name, nor at times which group."""
    unnamed = row.origin == Comment.Origin.PAGE
    ways = [AnswerWay.RECORD] if unnamed else [AnswerWay.RECORD, AnswerWay.DIRECT]
    if row.said_in is None:
        return ways
    return [*ways, AnswerWay.GROUP] if unnamed else [AnswerWay.GROUP, *ways]


def _find(visit: Visit, comment_id: str) -> Comment:
    row = pages.comment(visit.province, comment_id)
    if row is None:
        raise Http404(_("ไม่พบความเห็นนี้"))
    return row


def _one(request: HttpRequest, visit: Visit, row: Comment, error: str = "") -> HttpResponse:
    ways = ways_to_answer(row)
    context = {
        "comment": shown(visit, [row])[0],
        "may_answer": visit.may(Deed.ANSWER_COMMENT),
        "error": error,
        "kinds": COMMENT_KINDS,
        "typed": request.POST.get("answer", row.answer),
        "ways": {way: word for way, word in ANSWER_WAYS.items() if way in ways},
        "way": request.POST.get("way", ways[0]),
        "reason": request.POST.get("reason", ""),
        "answers": desk.answers_to(row),
        "templates": desk.templates(visit.province),
        "owners": desk.may_own_comments(visit.province),
    }
    return render(request, "saisaat/comments/comment.html", context, status=422 if error else 200)
