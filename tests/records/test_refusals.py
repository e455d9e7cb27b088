"""What must never be, the database itself refuses: each constraint and each trigger has a row here that it stops."""

from typing import Any, cast

import pytest
from django.db import IntegrityError, connection, models, transaction

from saisaat.domain.delivery import State
from saisaat.records import models as rec
from saisaat.records.base import RandomId, random_id
from tests import factories
from tests.factories import NOW, VOUCHED
from tests.records.world import World, declared, one_of_each, province_models

REFUSALS = dict(declared())

Change = dict[str, Any]
OFFICE, NEWCOMER = "the office of this world", "somebody new in it"
CAMPAIGN = "the campaign of this world"

SPOILED: dict[str, list[Change]] = {
    "role_grant_known_role": [{"role": "king"}, {"role": ""}],
    "campaign_status_known": [{"status": "paused"}],
    "campaign_week_rule_known": [{"week_rule": "sometimes"}],
    "campaign_period_in_order": [
        {"period_end": "2020-04-28"},
        {"period_end": None},
        {"status": "draft", "period_start": None},
    ],
    "campaign_approved_has_period": [{"period_start": None, "period_end": None}],
    "quota_is_positive": [{"at_least": 0}],
    "excused_week_has_reason": [{"reason": ""}],
    "signature_role_known": [{"role": "witness"}],
    "signature_decline_has_reason": [{"decision": "declined"}, {"decision": "maybe", "reason": "x"}],
    "signature_void_whole": [{"voided_at": NOW}, {"voided_reason": "แก้ไขเนื้อหา"}],
    "correction_how_known": [{"how": "guessed"}, {"how": "read"}],
    "correction_settles_a_question": [{"how": "settled"}, {"question": "q"}],
    "appointment_order_has_number": [{"number": ""}],
    "channel_stop_has_reason": [{"stopped_at": NOW}, {"stopped_reason": "ถูกปิด"}],
    "channel_kind_named": [{"kind": ""}],
    "group_audience_known": [{"audience": "public"}],
    "group_members_have_time": [{"members": None}, {"members_read_at": None}],
    "item_kind_known": [{"kind": "song"}],
    "item_status_known": [{"status": "perhaps", "approved_sha256": ""}],
    "item_approved_is_this_hash": [{"approved_sha256": "f" * 64}, {"approved_sha256": ""}, {"status": "draft"}],
    "item_poster_has_picture": [{"picture": None}, {"preview": None}],
    "item_has_alt_and_text": [{"alt": ""}, {"text": ""}],
    "own_picture_has_rights": [{"owner": ""}, {"licence": ""}, {"proof": ""}],
    "own_picture_people_agreed": [{"people": True}, {"consent": "ลงชื่อยินยอม"}],
    "review_by_another": [{"author": models.F("reviewer")}],
    "review_rejection_has_note": [{"approved": False}],
    "review_approval_is_whole": [{"checklist": {}}, {"checklist": {**VOUCHED, "alt": False}}],
    "plan_entry_kind_known": [{"kind": "song"}],
    "plan_entry_deadline_after": [{"deadline": models.F("at")}],
    "plan_entry_withdrawal_whole": [{"withdrawn_at": NOW}, {"withdrawn_reason": "เลื่อน"}],
    "plan_entry_late_policy_known": [{"late_policy": "whenever"}],
    "plan_entry_late_hours_whole": [{"late_hours": 5}, {"late_policy": "hours"}],
    "plan_change_kind_known": [{"kind": "dreamt"}],
    "plan_change_move_whole": [{"before": None}, {"after": None}, {"kind": "swapped", "before": None}],
    "plan_change_withdrawal_has_reason": [{"kind": "withdrawn"}, {"kind": "excused"}],
    "delivery_state_known": [{"state": "lost", "sent_at": None, "way": None}],
    "delivery_live_is_approved": [{"item": None}, {"approved_sha256": ""}],
    "delivery_sent_whole": [{"way": None}, {"state": "planned", "sent_at": None}],
    "delivery_sent_state": [{"sent_at": None, "way": None}, {"state": "missed"}],
    "delivery_closed_state": [{"state": "closed"}, {"closed_at": NOW}],
    "delivery_deadline_after_due": [{"deadline": models.F("due_at")}],
    "attempt_way_known": [{"way": "pigeon"}],
    "attempt_outcome_known": [{"outcome": "splendid"}],
    "attempt_key_fits_way": [
        {"token_sha256": None},
        {"retry_key": "00000000-0000-4000-8000-000000000000"},
        {"way": "push"},
        {"way": "relay"},
    ],
    "inbound_payload_has_key": [{"payload_sealed": b"x"}],
    "inbound_held_has_payload": [{"held": True}],
    "ledger_entry_has_heads": [{"heads": 0}],
    "sealing_key_shredded_or_whole": [{"wrapped": None}, {"shredded_at": NOW}],
    "comment_guess_known": [{"guess": "poetry"}],
    "comment_kind_known": [{"kind": "poetry"}],
    "comment_page_is_anonymous": [{"who": "a" * 64}, {"message_id": "1"}],
    "comment_has_a_place": [{"delivery": None}, {"delivery": None, "campaign": CAMPAIGN, "origin": "quote"}],
    "comment_receipt_is_of_page": [{"origin": "quote", "receipt": "a" * 64}],
    "comment_name_is_of_named": [{"origin": "quote", "name_sealed": b"x"}],
    "comment_hidden_whole": [{"hidden_at": NOW}, {"hidden_reason": "หยาบคาย"}],
    "traffic_log_decision_known": [{"choice": "perhaps"}],
    "traffic_log_decision_has_grounds": [{"grounds": ""}],
    "comment_confirmation_whole": [{"confirmed_at": NOW}],
    "comment_answer_whole": [{"answered_at": NOW}],
    "comment_end_whole": [{"ended_at": NOW}],
    "answer_way_known": [{"way": "telegram"}],
    "answer_state_known": [{"state": "lost"}],
    "answer_sent_has_time": [{"state": "sent"}, {"sent_at": NOW}],
    "feedback_phrase_kind_known": [{"kind": "poetry"}],
    "feedback_phrase_weight_known": [{"weight": 4}],
    "feedback_phrase_says_something": [{"phrase": ""}],
    "brand_colours_are_hex": [{"primary": "red"}, {"secondary": "#12345"}],
    "denominator_basis_known": [{"basis": "guess"}],
    "denominator_fixed_is_whole": [{"number": 5}, {"basis": "fixed"}, {"basis": "fixed", "number": 5}],
    "duty_turn_in_order": [{"last": "2020-05-10"}],
    "office_not_merged_into_itself": [{"merged_into": models.F("pk")}],
    "person_left_after_joining": [{"joined_on": "2020-05-02", "left_on": "2020-05-01"}],
    "posting_known_beginning": [{"began": "dreamt"}],
    "posting_ended_with_a_day": [{"ends_on": "2020-05-01"}, {"ended": "retired"}],
    "posting_ends_after_it_began": [{"ended": "retired", "ends_on": "2019-09-30"}],
    "reader_count_has_evidence": [{"note": ""}],
    "staff_upload_known_state": [{"state": "lost"}],
    "staff_upload_no_more_than_all": [{"done": 1}],
    "closeout_figure_or_reason": [{"taps": None}, {"no_figure_reason": "ไม่มีลิงก์"}],
    "closeout_has_comment_record": [{"comment_record": ""}],
    "campaign_clock_one_row": [{"id": 2}],
    "first_run_one_row": [{"id": 2}],
    "guess_count_known_kind": [{"kind": "shoe size"}],
    "invitation_used_or_revoked": [{"used_at": NOW, "revoked_at": NOW}],
    "invitation_ends_after_it_began": [{"expires_at": models.F("created_at")}],
    "link_code_used_or_revoked": [{"used_at": NOW, "revoked_at": NOW}],
    "link_code_ends_after_it_began": [{"expires_at": models.F("created_at")}],
    "link_request_decision_whole": [
        {"decided_at": NOW, "name_sealed": None, "user_sealed": None, "user_hash": ""},
        {"decided_by": NEWCOMER},
    ],
    "link_request_decided_is_forgotten": [
        {"decided_at": NOW, "decided_by": NEWCOMER},
        {"name_sealed": None},
        {"user_sealed": None},
    ],
    "clip_watch_known_mark": [{"reached": 33}],
    "clip_count_known_mark": [{"mark": 33}],
}
"""Check constraint: changes to a valid row, each of which alone makes it impossible."""

OTHERWISE: dict[str, Change] = {
    "role_grant_once_everywhere": {},
    "role_grant_once_an_office": {},
    "quota_once": {},
    "excused_week_once": {},
    "signature_once_a_role": {},
    "working_group_member_once": {"position": 2},
    "working_group_place_once": {"person": NEWCOMER},
    "content_version_once": {},
    "appointment_order_no_once": {"number": "2/2563"},
    "appointment_order_number_once": {"no": 2},
    "group_once_a_channel": {"code": "x" * 16},
    "topic_code_once": {},
    "media_bytes_once": {},
    "item_version_once": {},
    "office_name_once": {},
    "plan_entry_no_once": {},
    "delivery_once_a_group": {},
    "attempt_no_once": {"mark": "m2", "token_sha256": "2" * 64},
    "attempt_one_open_a_delivery": {"no": 2, "mark": "m2", "token_sha256": "2" * 64},
    "line_identity_once": {},
    "tap_count_once_an_hour": {},
    "acknowledgement_once": {"event_id": "e2"},
    "reaction_once": {"event_id": "e2"},
    "near_acknowledgement_once": {"event_id": "e2"},
    "audit_head_once": {},
    "audit_event_no_once": {},
    "Province.code": {},
    "invitation_one_open_a_person": {"token_sha256": "2" * 64},
    "Invitation.token_sha256": {"person": NEWCOMER},
    "link_code_one_open_a_person": {"code_hash": "2" * 64},
    "LinkCode.code_hash": {"person": NEWCOMER},
    "link_request_one_open_a_user": {},
    "view_once_a_person": {},
    "clip_watch_once_a_person": {},
    "clip_count_once_a_mark": {},
    "quiz_count_once_a_choice": {},
    "Account.username": {"person": NEWCOMER},
    "Account.person": {"username": "another"},
    "Group.code": {"channel_group": "C2"},
    "Item.slug": {},
    "Attempt.mark": {"no": 2, "token_sha256": "2" * 64},
    "Attempt.token_sha256": {"no": 2, "mark": "m2"},
    "Attempt.retry_key": {"no": 2, "mark": "m2"},
    "SentMessage.message_id": {},
    "InboundEvent.event_id": {},
    "LedgerEntry.attempt": {},
    "Acknowledgement.event_id": {"who": "b" * 64},
    "Reaction.event_id": {"who": "b" * 64},
    "NearAcknowledgement.event_id": {"who": "b" * 64},
    "Comment.message_id": {},
    "Comment.receipt": {},
    "comment_box_once": {},
    "traffic_log_decision_once": {},
    "Closeout.delivery": {},
    "Reading.campaign": {},
    "answer_template_title_once": {},
    "feedback_phrase_once": {},
    "brand_once": {},
    "Denominator.group": {},
    "duty_turn_once_a_day": {},
    "posting_one_at_a_time": {},
    "staff_upload_one_at_a_time": {},
    "submission_once": {},
}
"""Uniqueness: what a second, otherwise equal row changes so that nothing but this one rule stands against it."""

FIRST: dict[str, Change] = {
    "role_grant_once_an_office": {"office": OFFICE},
    "attempt_one_open_a_delivery": {"finished_at": None, "outcome": None},
    "Attempt.retry_key": {
        "way": "push",
        "token_sha256": None,
        "retry_key": "00000000-0000-4000-8000-000000000000",
    },
    "Comment.message_id": {"origin": "quote", "message_id": "1"},
    "Comment.receipt": {"receipt": "a" * 64},
    "staff_upload_one_at_a_time": {"state": "running"},
}
"""What the first row must be for a rule to apply to it at all."""


IMPLIED_BY = {
    "attempt_way_known": "attempt_key_fits_way",
    "denominator_basis_known": "denominator_fixed_is_whole",
}
"""A row that the first refuses, the second refuses too; PostgreSQL asks in the order of the names."""


@pytest.fixture
def world(db: None) -> World:
    return one_of_each()


def rows(model: type[models.Model]) -> "models.Manager[models.Model]":
    return cast("models.Manager[models.Model]", model.everywhere)  # type: ignore[attr-defined]


def resolved(change: Change, world: World) -> Change:
    """The words OFFICE, NEWCOMER and CAMPAIGN stand for rows of this world."""
    office = cast(rec.Office, world[rec.Office])
    named = {OFFICE: office, NEWCOMER: factories.make_person(office), CAMPAIGN: world[rec.Campaign]}
    return {name: named.get(value, value) if isinstance(value, str) else value for name, value in change.items()}


def twin(row: models.Model, change: Change) -> models.Model:
    """A new row with the values of `row` as stored, but for its key and `change`."""
    copied = rows(type(row)).get(pk=row.pk)
    copied.pk = random_id() if isinstance(row, RandomId) else None
    copied._state.adding = True
    for name, value in change.items():
        setattr(copied, name, value)
    return copied


def names_the_rule(error: IntegrityError, name: str) -> bool:
    """PostgreSQL names the rule; SQLite names a check, and the columns of what is unique."""
    model, told = REFUSALS[name], str(error)
    if connection.vendor == "postgresql" and "." not in name:
        return f'"{name}"' in told or f'"{IMPLIED_BY.get(name)}"' in told
    constraint = next((each for each in model._meta.constraints if each.name == name), None)
    if isinstance(constraint, models.CheckConstraint):
        return told.endswith(f": {name}")
    fields = constraint.fields if isinstance(constraint, models.UniqueConstraint) else [name.split(".")[1]]
    columns = [str(model._meta.get_field(field).column) for field in fields]  # type: ignore[union-attr]
    if connection.vendor == "postgresql":
        return f"({', '.join(columns)})=" in told
    return told.endswith(": " + ", ".join(f"{model._meta.db_table}.{column}" for column in columns))


def test_every_rule_has_a_row_that_it_stops() -> None:
    assert set(SPOILED) | set(OTHERWISE) == set(REFUSALS)
    assert not set(SPOILED) & set(OTHERWISE)
    assert set(FIRST) <= set(OTHERWISE)


def test_a_world_has_a_row_of_every_record(world: World) -> None:
    assert set(province_models()) | {rec.Province, rec.CampaignClock, rec.FirstRun, rec.GuessCount} == set(world)


@pytest.mark.parametrize(
    ("name", "change"), [(name, change) for name, changes in SPOILED.items() for change in changes]
)
def test_the_impossible_row_is_refused(world: World, name: str, change: Change) -> None:
    row = world[REFUSALS[name]]
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        rows(type(row)).filter(pk=row.pk).update(**resolved(change, world))
    assert names_the_rule(refused.value, name)


@pytest.mark.parametrize("name", OTHERWISE)
def test_the_second_row_is_refused(world: World, name: str) -> None:
    row = world[REFUSALS[name]]
    if name in FIRST:
        rows(type(row)).filter(pk=row.pk).update(**resolved(FIRST[name], world))
    second = twin(row, resolved(OTHERWISE[name], world))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        second.save(force_insert=True)
    assert names_the_rule(refused.value, name)


def test_what_looks_like_a_second_row_but_is_none_is_let_through(world: World) -> None:
    grant, signature = world[rec.RoleGrant], world[rec.Signature]
    twin(grant, {"office": world[rec.Office]}).save(force_insert=True)
    twin(signature, {"voided_at": NOW, "voided_reason": "แก้ไขเนื้อหา"}).save(force_insert=True)
    for press in (rec.Acknowledgement, rec.Reaction):
        for number in range(2):
            twin(world[press], {"who": "", "event_id": f"nobody-{number}"}).save(force_insert=True)
    assert rec.Acknowledgement.everywhere.filter(who="").count() == 2


def sending(world: World, **change: Any) -> Change:
    delivery = cast(rec.Delivery, world[rec.Delivery])
    told = {"state": State.SENDING, "sent_at": None, "way": None, "approved_sha256": delivery.approved_sha256}
    return told | change


@pytest.mark.parametrize(
    ("item", "delivery"),
    [
        ({}, {"approved_sha256": "f" * 64}),
        ({"status": "draft", "approved_sha256": ""}, {}),
        ({"status": "rejected", "approved_sha256": ""}, {}),
        ({"sha256": "e" * 64, "approved_sha256": "e" * 64}, {}),
    ],
    ids=["another hash", "not approved", "rejected", "approved anew"],
)
@pytest.mark.parametrize("inserted", [False, True])
def test_nothing_goes_out_but_what_is_approved(world: World, item: Change, delivery: Change, inserted: bool) -> None:
    rec.Item.everywhere.filter(pk=world[rec.Item].pk).update(**item)
    row, change = world[rec.Delivery], sending(world, **delivery)
    other = factories.make_group(cast(rec.Channel, world[rec.Channel]))
    with pytest.raises(IntegrityError, match="delivery_is_approved"), transaction.atomic():
        if inserted:
            twin(row, change | {"group": other}).save(force_insert=True)
        else:
            rows(rec.Delivery).filter(pk=row.pk).update(**change)


def test_what_is_approved_goes_out(world: World) -> None:
    assert rows(rec.Delivery).filter(pk=world[rec.Delivery].pk).update(**sending(world)) == 1


@pytest.mark.parametrize("hashed", ["f" * 64, ""])
def test_an_attempt_carries_what_its_delivery_is_approved_for(world: World, hashed: str) -> None:
    change = {"no": 2, "mark": "m2", "token_sha256": "2" * 64, "canonical_sha256": hashed}
    with pytest.raises(IntegrityError, match="attempt_is_approved"), transaction.atomic():
        twin(world[rec.Attempt], change).save(force_insert=True)


@pytest.mark.parametrize("statement", ["UPDATE records_auditevent SET actor = 'x'", "DELETE FROM records_auditevent"])
def test_audit_rows_stay_as_written(world: World, statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="audit_is_append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert rec.AuditEvent.everywhere.count() == 1


@pytest.fixture
def both_worlds(db: None) -> tuple[World, World]:
    return one_of_each(), one_of_each("other-")


def test_a_province_sees_its_own_rows_and_no_others(both_worlds: tuple[World, World]) -> None:
    for mine, other in (both_worlds, both_worlds[::-1]):
        province, foreign = mine[rec.Province], other[rec.Province]
        for model in province_models():
            for asked in (province, province.pk):
                seen = list(model.of(asked))
                assert mine[model] in seen
                assert {row.province_id for row in seen} == {province.pk}
            assert other[model] in model.of(foreign)


def test_a_row_without_a_province_is_refused(world: World) -> None:
    for model in province_models():
        if model is rec.AuditEvent:
            continue  # its own trigger speaks first
        with pytest.raises(IntegrityError), transaction.atomic():
            rows(model).filter(pk=world[model].pk).update(province=None)


def test_ids_seen_outside_are_random_and_tell_no_order(world: World) -> None:
    allowed = set("0123456789abcdefghjkmnpqrstvwxyz")
    ids = [random_id() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert all(len(each) == 16 and set(each) <= allowed for each in ids)
    assert {letter for each in ids for letter in each} == allowed
    assert ids != sorted(ids)
    random = [row for row in world.values() if isinstance(row, RandomId)]
    assert len(random) > 10
    assert all(len(str(row.pk)) == 16 and set(str(row.pk)) <= allowed for row in random)


def test_a_key_still_in_use_is_not_deleted(world: World) -> None:
    with pytest.raises(models.ProtectedError):
        cast(rec.Person, world[rec.Person]).key.delete()
