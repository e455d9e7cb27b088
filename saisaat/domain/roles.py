"""Who may do what: one table, read by actions, pages and tests."""

from dataclasses import dataclass
from enum import StrEnum

from saisaat.domain.errors import NotAllowed


class Role(StrEnum):
    OWNER = "owner"
    PRODUCER = "producer"
    REVIEWER = "reviewer"
    PROPOSER = "proposer"
    ENDORSER = "endorser"
    APPROVER = "approver"
    DUTY = "duty"
    VIEWER = "viewer"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Deed(StrEnum):
    """A thing done to a campaign. The value names the action in the audit log."""

    IMPORT_PROPOSAL = "proposal.import"
    SIGN_PROPOSAL = "proposal.sign"
    ENDORSE_PROPOSAL = "proposal.endorse"
    APPROVE_PROPOSAL = "proposal.approve"
    APPOINT = "working_group.appoint"
    RUN_CAMPAIGN = "campaign.run"
    PLAN = "plan.make"
    EXCUSE_WEEK = "week.excuse"
    COMPOSE = "item.compose"
    REVIEW = "item.review"
    POST = "delivery.post"
    RESOLVE = "delivery.resolve"
    ANSWER_COMMENT = "comment.answer"
    REPORT = "report.make"
    CONNECT_CHANNEL = "channel.connect"
    MANAGE_PEOPLE = "people.manage"
    SEE_PEOPLE = "people.see"
    MANAGE_ACCESS = "access.manage"
    CHANGE_SETTINGS = "settings.change"
    COUNT_READERS = "readers.count"
    CLOSE_OUT = "delivery.close"
    SEE = "campaign.see"


_SEE = frozenset(Role)

MAY: dict[Deed, frozenset[Role]] = {
    Deed.IMPORT_PROPOSAL: frozenset({Role.OWNER, Role.PROPOSER}),
    Deed.SIGN_PROPOSAL: frozenset({Role.PROPOSER}),
    Deed.ENDORSE_PROPOSAL: frozenset({Role.ENDORSER}),
    Deed.APPROVE_PROPOSAL: frozenset({Role.APPROVER}),
    Deed.APPOINT: frozenset({Role.OWNER}),
    Deed.RUN_CAMPAIGN: frozenset({Role.OWNER}),
    Deed.PLAN: frozenset({Role.OWNER, Role.PRODUCER}),
    Deed.EXCUSE_WEEK: frozenset({Role.OWNER}),
    Deed.COMPOSE: frozenset({Role.PRODUCER, Role.OWNER}),
    Deed.REVIEW: frozenset({Role.REVIEWER}),
    Deed.POST: frozenset({Role.DUTY}),
    Deed.RESOLVE: frozenset({Role.DUTY, Role.OWNER}),
    Deed.ANSWER_COMMENT: frozenset({Role.OWNER, Role.DUTY}),
    Deed.REPORT: frozenset({Role.OWNER}),
    Deed.CONNECT_CHANNEL: frozenset({Role.ADMIN, Role.OWNER}),
    Deed.MANAGE_PEOPLE: frozenset({Role.ADMIN, Role.OWNER}),
    Deed.SEE_PEOPLE: frozenset({Role.ADMIN, Role.OWNER, Role.AUDITOR}),
    Deed.MANAGE_ACCESS: frozenset({Role.ADMIN, Role.OWNER}),
    Deed.CHANGE_SETTINGS: frozenset({Role.ADMIN, Role.OWNER}),
    Deed.CLOSE_OUT: frozenset({Role.DUTY, Role.OWNER}),
    Deed.COUNT_READERS: frozenset({Role.DUTY, Role.OWNER}),
    Deed.SEE: _SEE,
}


BY_OFFICE = frozenset({Deed.SEE_PEOPLE, Deed.MANAGE_PEOPLE, Deed.MANAGE_ACCESS})
"""Deeds done to one office's things: a role held for that office is enough for them, and for no other office's."""

ANYWHERE = frozenset({Deed.SEE})
"""What the whole province shares: a role in any office is enough. All other deeds need one for the whole province."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does a thing. `id` is a Person's id, or "system:<part>" for the program itself, which holds no role.

    `roles` are held for the whole province, `by_office` for one office each: (office id, role).
    """

    id: str
    roles: frozenset[Role] = frozenset()
    by_office: frozenset[tuple[str, Role]] = frozenset()

    @classmethod
    def system(cls, part: str) -> "Actor":
        return cls(f"system:{part}")

    @property
    def is_system(self) -> bool:
        return self.id.startswith("system:")


def check_may(actor: Actor, deed: Deed, office: str | None = None) -> None:
    """Raise `NotAllowed` unless one of the actor's roles may do `deed`, to a thing of `office` where it has one."""
    if not can_do(actor, deed, office):
        raise NotAllowed("บัญชีนี้ไม่มีสิทธิ์ทำรายการนี้ ไม่มีข้อมูลใดเปลี่ยนแปลง โปรดขอสิทธิ์จากผู้ดูแลระบบของสำนักงาน")


def can_do(actor: Actor, deed: Deed, office: str | None = None) -> bool:
    """Without `office` a deed of `BY_OFFICE` is meant for all offices, and takes a role for the whole province."""
    if actor.roles & MAY[deed]:
        return True
    return deed in ANYWHERE | BY_OFFICE and any(
        role in MAY[deed] and (deed in ANYWHERE or held_for == office) for held_for, role in actor.by_office
    )


def offices_open_to(actor: Actor, deed: Deed) -> frozenset[str] | None:
    """The offices whose things the actor may do `deed` to. None: all of the province's."""
    if actor.roles & MAY[deed]:
        return None
    return frozenset(office for office, role in actor.by_office if deed in BY_OFFICE and role in MAY[deed])
