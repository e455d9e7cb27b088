"""Who may do what, action by action: everybody without the role is refused, and nothing is written."""

from collections.abc import Callable

import pytest

from saisaat.actions import (
    admit,
    answer,
    appoint,
    compose,
    connect,
    deliver,
    plan,
    propose,
    review,
    run,
    schedule,
    sign,
    track,
)
from saisaat.domain.campaign import SignatureRole
from saisaat.domain.errors import DomainError, NotAllowed
from saisaat.domain.roles import MAY, Actor, Deed, Role
from saisaat.domain.topics import Audience
from saisaat.records.models import AuditEvent
from tests.actions.stage import Stage, proposal
from tests.factories import NOW, VOUCHED, jpeg, make_comment, make_delivery, make_entry, make_person

Act = Callable[[Stage, Actor], object]


def signing(role: SignatureRole) -> Act:
    return lambda s, by: sign.sign(
        campaign=s.campaign, role=role, person=s.people["owner"], seen_sha256="", by=by, now=NOW
    )


def void(s: Stage, by: Actor) -> object:
    return review.void(item=s.draft(), reason="x", by=by, now=NOW)


def decide(s: Stage, by: Actor) -> object:
    item = s.draft()
    reviewer, seen = s.people["reviewer"], item.sha256
    return review.approve(item=item, seen_sha256=seen, checklist=VOUCHED, reviewer=reviewer, by=by, now=NOW)


def clip(s: Stage, by: Actor) -> object:
    told = compose.Clip("ก", "ข", "https://example.org/role", "ค", "ง", 60)
    return compose.compose_clip(
        campaign=s.campaign, clip=told, thumbnail=jpeg(), author=s.people["producer"], by=by, now=NOW
    )


def add_person(s: Stage, by: Actor) -> object:
    return admit.add_person(
        office=s.people["owner"].office, name="ก", position="ข", staff_type="official", by=by, now=NOW
    )


def open_account(s: Stage, by: Actor) -> object:
    person = make_person(s.people["owner"].office)
    return admit.open_account(
        person=person, username="new", password=None, roles=frozenset({Role.ADMIN}), by=by, now=NOW
    )


ACTS: dict[str, tuple[Deed, Act]] = {
    "import": (
        Deed.IMPORT_PROPOSAL,
        lambda s, by: propose.import_proposal(province=s.province, proposal=proposal(), by=by, now=NOW),
    ),
    "correct": (
        Deed.IMPORT_PROPOSAL,
        lambda s, by: propose.correct(campaign=s.campaign, changes={"title": "ใหม่"}, by=by, now=NOW),
    ),
    "settings": (
        Deed.CHANGE_SETTINGS,
        lambda s, by: propose.change_settings(campaign=s.campaign, changes={"late_hours": 3}, by=by, now=NOW),
    ),
    "sign": (Deed.SIGN_PROPOSAL, signing(SignatureRole.PROPOSER)),
    "endorse": (Deed.ENDORSE_PROPOSAL, signing(SignatureRole.ENDORSER)),
    "approve": (Deed.APPROVE_PROPOSAL, signing(SignatureRole.APPROVER)),
    "appoint": (
        Deed.APPOINT,
        lambda s, by: appoint.appoint(
            campaign=s.campaign, appointments=[appoint.Appointment(s.people["duty"], "x")], by=by, now=NOW
        ),
    ),
    "issue order": (
        Deed.APPOINT,
        lambda s, by: appoint.issue_order(
            campaign=s.campaign,
            head=appoint.OrderHead("1/2563", NOW.date(), "", ""),
            person=s.people["owner"],
            by=by,
            now=NOW,
        ),
    ),
    "discard": (Deed.IMPORT_PROPOSAL, lambda s, by: propose.discard(campaign=s.campaign, by=by, now=NOW)),
    "start": (Deed.RUN_CAMPAIGN, lambda s, by: run.start(campaign=s.campaign, by=by, now=NOW)),
    "end": (Deed.RUN_CAMPAIGN, lambda s, by: run.end(campaign=s.campaign, by=by, now=NOW)),
    "plan": (
        Deed.PLAN,
        lambda s, by: plan.make_plan(campaign=s.campaign, styles=("aurora", "lai_thai"), by=by, now=NOW),
    ),
    "excuse": (
        Deed.EXCUSE_WEEK,
        lambda s, by: plan.excuse_week(
            campaign=s.campaign, day=NOW.date(), reason="x", person=s.people["owner"], by=by, now=NOW
        ),
    ),
    "withdraw": (
        Deed.PLAN,
        lambda s, by: schedule.withdraw(entry=make_entry(s.campaign), reason="x", by=by, now=NOW),
    ),
    "compose clip": (Deed.COMPOSE, clip),
    "compose announcement": (
        Deed.COMPOSE,
        lambda s, by: compose.compose_announcement(campaign=s.campaign, author=s.people["producer"], by=by, now=NOW),
    ),
    "submit": (Deed.COMPOSE, lambda s, by: review.submit(item=s.draft(), by=by, now=NOW)),
    "decide": (Deed.REVIEW, decide),
    "void": (Deed.REVIEW, void),
    "resolve": (
        Deed.RESOLVE,
        lambda s, by: deliver.resolve(delivery=s.armed(), seen=True, evidence="เห็น", by=by, now=NOW),
    ),
    "confirm comment": (
        Deed.ANSWER_COMMENT,
        lambda s, by: track.confirm_comment(
            comment=make_comment(make_delivery(make_entry(s.campaign), s.staff, s.approved())),
            kind="praise",
            person=s.people["owner"],
            by=by,
            now=NOW,
        ),
    ),
    "answer comment": (
        Deed.ANSWER_COMMENT,
        lambda s, by: answer.answer_comment(
            comment=make_comment(make_delivery(make_entry(s.campaign), s.staff, s.approved())),
            answer="ขอบคุณ",
            person=s.people["owner"],
            by=by,
            now=NOW,
        ),
    ),
    "connect": (
        Deed.CONNECT_CHANNEL,
        lambda s, by: connect.connect_channel(
            province=s.province, kind="console", name="x", credentials={}, api_base="", by=by, now=NOW
        ),
    ),
    "add group": (
        Deed.CONNECT_CHANNEL,
        lambda s, by: connect.add_group(
            channel=s.channel, channel_group="C9", name="x", audience=Audience.STAFF, by=by, now=NOW
        ),
    ),
    "add office": (
        Deed.MANAGE_PEOPLE,
        lambda s, by: admit.add_office(province=s.province, kind="district", name="ใหม่", by=by, now=NOW),
    ),
    "add person": (Deed.MANAGE_PEOPLE, add_person),
    "open account": (Deed.MANAGE_PEOPLE, open_account),
}


@pytest.mark.parametrize("name", ACTS)
def test_only_the_roles_of_the_table_may(stage: Stage, name: str) -> None:
    deed, act = ACTS[name]
    for role in Role:
        if role in MAY[deed]:
            continue
        actor = Actor(stage.people["auditor"].pk, frozenset({role}))
        with pytest.raises(NotAllowed):
            act(stage, actor)
        assert not AuditEvent.of(stage.province).filter(actor=actor.id).exists()


@pytest.mark.parametrize("name", ACTS)
def test_a_role_of_the_table_is_not_the_reason_of_a_refusal(stage: Stage, name: str) -> None:
    deed, act = ACTS[name]
    actor = Actor(stage.people["auditor"].pk, frozenset({min(MAY[deed])}))
    try:
        act(stage, actor)
    except NotAllowed:
        pytest.fail(f"{actor.roles} may {deed}")
    except DomainError:
        return  # refused for the state of things, which other tests look at
    assert AuditEvent.of(stage.province).filter(actor=actor.id).exists()


def test_only_the_program_founds_a_province(stage: Stage) -> None:
    everything = Actor(stage.people["owner"].pk, frozenset(Role))
    with pytest.raises(DomainError, match="เครื่องแม่ข่าย"):
        admit.found_province(code="x", name="x", letter_code="", by=everything, now=NOW)


def test_only_its_owner_links_an_account_on_the_channel(stage: Stage) -> None:
    with pytest.raises(DomainError, match="ของตนเอง"):
        connect.link_identity(
            channel=stage.channel, person=stage.people["duty"], user="U1", by=stage.actor("owner"), now=NOW
        )
