"""From a read proposal to an approved campaign with its working group."""

from datetime import date, timedelta

import pytest

from saisaat.actions.appoint import Appointment, appoint
from saisaat.actions.propose import change_settings, correct, import_proposal
from saisaat.actions.sign import decline, sign
from saisaat.domain.campaign import SignatureRole, Status, content_sha256
from saisaat.domain.errors import Invalid, NotNow
from saisaat.records.models import AuditEvent, Campaign, Signature, Topic, WorkingGroupMember
from tests.actions.stage import Stage, proposal, sign_all
from tests.factories import NOW

PROPOSER, ENDORSER, APPROVER = SignatureRole


def put(stage: Stage, role: SignatureRole, seen: str | None = None) -> Signature:
    return sign(
        campaign=stage.campaign,
        role=role,
        person=stage.people[role.value],
        seen_sha256=seen or stage.campaign.content_sha256,
        by=stage.actor(role.value),
        now=NOW,
    )


def test_a_proposal_becomes_a_draft_with_its_quotas_kpis_and_topics(office: Stage) -> None:
    campaign = office.campaign
    assert (campaign.status, campaign.period_start, campaign.period_end) == (
        Status.DRAFT,
        date(2020, 5, 4),
        date(2020, 5, 17),
    )
    assert set(campaign.quotas.values_list("kind", "per", "at_least")) == {("poster", "week", 2), ("clip", "month", 1)}
    assert list(campaign.kpis.values_list("measure", "target")) == [("percent", 80)]
    assert Topic.of(office.province).count() >= 82


def test_what_is_signed_is_the_content_without_evidence_and_warnings(office: Stage) -> None:
    content = {key: value for key, value in proposal().items() if key not in {"evidence", "warnings"}}
    assert office.campaign.content == content
    assert office.campaign.content_sha256 == content_sha256(content)


def test_a_proposal_without_a_title_is_refused(office: Stage) -> None:
    before = Campaign.of(office.province).count()
    with pytest.raises(Invalid, match="ชื่อโครงการ"):
        import_proposal(province=office.province, proposal=proposal(title=None), by=office.actor("owner"), now=NOW)
    assert Campaign.of(office.province).count() == before


def test_a_second_import_leaves_the_topics_as_the_office_edited_them(office: Stage) -> None:
    Topic.of(office.province).filter(code="KB001").update(headline="ที่สำนักงานแก้แล้ว")
    before = Topic.of(office.province).count()
    import_proposal(province=office.province, proposal=proposal(), by=office.actor("owner"), now=NOW)
    assert Topic.of(office.province).count() == before
    assert Topic.of(office.province).get(code="KB001").headline == "ที่สำนักงานแก้แล้ว"


def test_signatures_in_order_approve_the_campaign(office: Stage) -> None:
    statuses = []
    for role in SignatureRole:
        put(office, role)
        office.campaign.refresh_from_db()
        statuses.append(office.campaign.status)
    assert statuses == [Status.PROPOSED, Status.PROPOSED, Status.APPROVED]
    signed = AuditEvent.of(office.province).filter(object_type="Signature").order_by("no")
    assert [event.action for event in signed] == ["proposal.sign", "proposal.endorse", "proposal.approve"]
    assert {event.digest for event in signed} == {office.campaign.content_sha256}


@pytest.mark.parametrize(
    ("done", "role"),
    [
        ([], ENDORSER),
        ([], APPROVER),
        ([PROPOSER], PROPOSER),
        ([PROPOSER], APPROVER),
        ([PROPOSER, ENDORSER], PROPOSER),
        ([PROPOSER, ENDORSER], ENDORSER),
        ([PROPOSER, ENDORSER, APPROVER], APPROVER),
    ],
)
def test_nobody_signs_out_of_order_or_twice(office: Stage, done: list[SignatureRole], role: SignatureRole) -> None:
    for earlier in done:
        put(office, earlier)
    with pytest.raises(NotNow):
        put(office, role)
    assert Signature.of(office.province).count() == len(done)


def test_a_signature_is_on_what_was_read(office: Stage) -> None:
    with pytest.raises(NotNow, match="ถูกแก้ไข"):
        put(office, PROPOSER, seen="0" * 64)
    assert not Signature.of(office.province).exists()


def test_nobody_signs_for_another_with_his_own_account(office: Stage) -> None:
    with pytest.raises(NotNow, match="แทนผู้อื่น"):
        sign(
            campaign=office.campaign,
            role=PROPOSER,
            person=office.people["endorser"],
            seen_sha256=office.campaign.content_sha256,
            by=office.actor("proposer"),
            now=NOW,
        )


def test_a_correction_voids_every_signature_and_keeps_them(office: Stage) -> None:
    sign_all(office)
    correct(campaign=office.campaign, changes={"title": "ชื่อใหม่"}, by=office.actor("proposer"), now=NOW)
    office.campaign.refresh_from_db()
    assert (office.campaign.status, office.campaign.title) == (Status.DRAFT, "ชื่อใหม่")
    signatures = Signature.of(office.province)
    assert signatures.count() == 3
    assert all(row.voided_at == NOW and row.voided_reason for row in signatures)
    put(office, PROPOSER)
    office.campaign.refresh_from_db()
    assert office.campaign.status == Status.PROPOSED


def test_a_correction_that_changes_nothing_voids_nothing(office: Stage) -> None:
    put(office, PROPOSER)
    correct(
        campaign=office.campaign,
        changes={"title": office.campaign.title},
        by=office.actor("proposer"),
        now=NOW + timedelta(hours=1),
    )
    assert not Signature.of(office.province).filter(voided_at__isnull=False).exists()


def test_a_running_campaign_is_not_corrected(stage: Stage) -> None:
    Campaign.everywhere.filter(pk=stage.campaign.pk).update(status=Status.RUNNING)
    with pytest.raises(NotNow, match="เริ่มดำเนินการแล้ว"):
        correct(campaign=stage.campaign, changes={"title": "x"}, by=stage.actor("proposer"), now=NOW)
    assert Campaign.everywhere.get(pk=stage.campaign.pk).content == stage.campaign.content


def test_a_refusal_has_its_reason_and_stops_the_signing(office: Stage) -> None:
    put(office, PROPOSER)
    no = {
        "campaign": office.campaign,
        "role": ENDORSER,
        "person": office.people["endorser"],
        "seen_sha256": office.campaign.content_sha256,
        "by": office.actor("endorser"),
        "now": NOW,
    }
    with pytest.raises(Invalid, match="เหตุผล"):
        decline(reason="  ", **no)
    declined = decline(reason="งบประมาณไม่ชัดเจน", **no)
    assert (declined.decision, declined.reason) == ("declined", "งบประมาณไม่ชัดเจน")
    with pytest.raises(NotNow, match="ไม่เห็นชอบ"):
        put(office, APPROVER)
    correct(campaign=office.campaign, changes={"title": "แก้ตามความเห็น"}, by=office.actor("proposer"), now=NOW)
    office.campaign.refresh_from_db()
    sign_all(office)
    assert office.campaign.status == Status.APPROVED


def test_nobody_signs_a_project_without_a_period(office: Stage) -> None:
    correct(campaign=office.campaign, changes={"period": None}, by=office.actor("proposer"), now=NOW)
    office.campaign.refresh_from_db()
    with pytest.raises(NotNow, match="ระยะเวลา"):
        put(office, PROPOSER)
    office.campaign.refresh_from_db()
    assert office.campaign.status == Status.DRAFT
    assert not Signature.of(office.province).exists()


def test_the_working_group_is_appointed_whole_and_replaced_whole(stage: Stage) -> None:
    places = [Appointment(stage.people[part], f"คณะทำงาน {part}", "ตรวจสื่อ") for part in ("reviewer", "duty", "owner")]
    appoint(campaign=stage.campaign, appointments=places, by=stage.actor("owner"), now=NOW)
    rows = WorkingGroupMember.of(stage.province)
    assert [(row.position, row.person) for row in rows] == [
        (no, place.person) for no, place in enumerate(places, start=1)
    ]
    with pytest.raises(Invalid):
        appoint(campaign=stage.campaign, appointments=[], by=stage.actor("owner"), now=NOW)
    assert rows.count() == 3


def test_nobody_is_appointed_before_the_approval(office: Stage) -> None:
    with pytest.raises(NotNow, match="ยังไม่ได้รับอนุมัติ"):
        appoint(
            campaign=office.campaign,
            appointments=[Appointment(office.people["owner"], "ประธาน")],
            by=office.actor("owner"),
            now=NOW,
        )
    assert not WorkingGroupMember.of(office.province).exists()


def test_an_unknown_setting_is_refused_and_a_known_one_kept(stage: Stage) -> None:
    with pytest.raises(Invalid, match="colour"):
        change_settings(campaign=stage.campaign, changes={"colour": "red"}, by=stage.actor("owner"), now=NOW)
    change_settings(campaign=stage.campaign, changes={"late_hours": 4}, by=stage.actor("owner"), now=NOW)
    stage.campaign.refresh_from_db()
    assert stage.campaign.settings == {"late_hours": 4}
