"""The feedback desk: comments by what they are, whose they are and where they were said."""

from dataclasses import dataclass

from django.db.models import Case, CharField, F, Q, QuerySet, When

from saisaat.domain.feedback import UNSURE, CommentKind
from saisaat.domain.roles import MAY, Deed
from saisaat.queries import pages
from saisaat.records.models import Answer, AnswerTemplate, Campaign, Comment, Group, LineIdentity, Person


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """None and empty ask for any. `unsure`: only guesses the machine is hardly sure of."""

    show: pages.CommentShow = pages.CommentShow.TODO
    kind: CommentKind | None = None
    group: str = ""
    owner: str = ""
    unsure: bool = False


def on_the_desk(province: str, campaign: Campaign | None, wanted: DeskFilter) -> QuerySet[Comment]:
    """Comments that `wanted` asks for, newest first. A person's word on the kind goes before the machine's."""
    judged = Case(When(kind="", then=F("guess")), default=F("kind"), output_field=CharField())
    rows = pages.comments(province, campaign, wanted.show).annotate(judged=judged)
    if wanted.kind:
        rows = rows.filter(judged=wanted.kind)
    if wanted.group:
        rows = rows.filter(Q(delivery__group=wanted.group) | Q(group=wanted.group))
    if wanted.owner:
        rows = rows.filter(owner=wanted.owner)
    if wanted.unsure:
        rows = rows.filter(kind="", confidence__lt=UNSURE)
    return rows


def may_own_comments(province: str) -> list[Person]:
    """Those whose roles answer comments."""
    held = Q(account__grants__role__in=MAY[Deed.ANSWER_COMMENT], account__is_active=True)
    rows = Person.of(province).filter(held, left_on__isnull=True).select_related("key")
    return list(rows.order_by("position", "id").distinct())


def posts_that_answer(province: str) -> list[str]:
    """The posts of those who read comments, names and all: said to somebody before they give their own."""
    return sorted({person.position for person in may_own_comments(province)})


def known_name(province: str, who: str) -> str:
    """What the office calls the colleague behind a LINE user's keyed hash; empty for everybody else."""
    if not who:
        return ""
    linked = LineIdentity.of(province).filter(user_hash=who).select_related("person__key").first()
    return linked.person.name if linked is not None else ""


def groups_of(province: str) -> list[Group]:
    return list(Group.of(province).order_by("position", "id"))


def answers_to(comment: Comment) -> list[Answer]:
    """Every answer to a comment, the first first."""
    return list(Answer.of(comment.province_id).filter(comment=comment).select_related("by").order_by("made_at", "id"))


def templates(province: str) -> list[AnswerTemplate]:
    return list(AnswerTemplate.of(province)[:50])
