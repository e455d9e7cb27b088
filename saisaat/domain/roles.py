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
    SEE = "campaign.see"


_SEE = frozenset(Role)

MAY: dict[Deed, frozenset[Role]] = {
    Deed.IMPORT_PROPOSAL: frozenset({Role.OWNER, Role.PROPOSER}),
    Deed.SIGN_PROPOSAL: frozenset({Role.PROPOSER}),
    Deed.ENDORSE_PROPOSAL: frozenset({Role.ENDORSER}),
    Deed.APPROVE_PROPOSAL: frozenset({Role.APPROVER}),
    Deed.APPOINT: frozenset({Role.OWNER}),
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
    Deed.SEE: _SEE,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does a thing. `id` is a Person's id, or "system:<part>" for the program itself, which holds no role."""

    id: str
    roles: frozenset[Role] = frozenset()

    @classmethod
    def system(cls, part: str) -> "Actor":
        return cls(f"system:{part}")

    @property
    def is_system(self) -> bool:
        return self.id.startswith("system:")


def check_may(actor: Actor, deed: Deed) -> None:
    """Raise `NotAllowed` unless one of the actor's roles may do `deed`."""
    if not actor.roles & MAY[deed]:
        raise NotAllowed("บัญชีนี้ไม่มีสิทธิ์ทำรายการนี้ ไม่มีข้อมูลใดเปลี่ยนแปลง โปรดขอสิทธิ์จากผู้ดูแลระบบของสำนักงาน")


def can_do(actor: Actor, deed: Deed) -> bool:
    return bool(actor.roles & MAY[deed])
