"""One row of every kind of record in a province, and what constraints the records declare."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models, transaction

from saisaat.domain.campaign import SignatureRole
from saisaat.domain.delivery import Outcome, State
from saisaat.domain.roles import Actor
from saisaat.records import audit
from saisaat.records import models as rec
from saisaat.records.base import ProvinceRow, random_id
from saisaat.records.sealing import seal
from tests import factories
from tests.cast import Cast, make_cast
from tests.factories import NOW

Row = models.Model
World = dict[type[Row], Row]

CONSTRAINED = (models.CheckConstraint, models.UniqueConstraint)


def record_models() -> list[type[Row]]:
    return list(apps.get_app_config("records").get_models())


def province_models() -> list[type[ProvinceRow]]:
    return [model for model in record_models() if issubclass(model, ProvinceRow)]


def declared() -> Iterator[tuple[str, type[Row]]]:
    """Every refusal the models declare: constraints by name, single unique columns as "Model.field"."""
    for model in record_models():
        for constraint in model._meta.constraints:
            assert isinstance(constraint, CONSTRAINED)
            yield constraint.name, model
        for field in model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                yield f"{model.__name__}.{field.name}", model


def one_of_each(prefix: str = "") -> World:
    """A whole office with at least one valid row in every table; the row of each table that tests may spoil."""
    cast = make_cast(prefix)
    world: World = {}
    for row in _rows(cast):
        world[type(row)] = row
    return world


def _rows(cast: Cast) -> Iterator[Row]:
    campaign, owner, producer = cast.campaign, cast.people["owner"], cast.people["producer"]
    yield from (cast.province, cast.office, owner, cast.channel, cast.staff, campaign, owner.key)
    yield rec.Account.everywhere.get(person=owner)
    yield rec.RoleGrant.of(cast.province).filter(account__person=owner)[0]
    yield rec.Quota.of(cast.province)[0]
    yield factories.make_topic(cast.province)
    item = cast.item()
    delivery = factories.make_delivery(factories.make_entry(campaign), cast.staff, item, State.SENT)
    attempt = factories.make_attempt(delivery, Outcome.ACCEPTED)
    assert item.picture is not None
    yield from (item, item.picture, delivery.entry, delivery, attempt)
    comment = factories.make_comment(delivery)
    yield comment
    yield _made(rec.Answer, cast, _answer(cast, comment))
    yield from (_made(model, cast, fields) for model, fields in _of_plan(cast))
    yield from (_made(model, cast, fields) for model, fields in _of_campaign(cast, item, producer))
    yield from (_made(model, cast, fields) for model, fields in _of_delivery(cast, delivery, attempt))
    yield from (_made(model, cast, fields) for model, fields in _of_office(cast, delivery))
    box = rec.CommentBox.of(cast.province).get()
    yield _made(rec.WaitingSlot, cast, {"box": box, "sealed": seal(owner.key, "{}")})
    yield rec.CampaignClock.everywhere.get_or_create(pk=1)[0]
    yield rec.FirstRun.everywhere.get_or_create(pk=1, defaults={"token_sha256": "0" * 64})[0]
    yield rec.GuessCount.everywhere.create(key=f"{random_id():0>64}", kind="name", last_at=NOW)
    with transaction.atomic():
        audit.append(by=Actor.system("tests"), action="test.begin", row=campaign, now=NOW)
    yield rec.AuditHead.of(cast.province)[0]
    yield rec.AuditEvent.of(cast.province)[0]


def _made(model: type[Row], cast: Cast, fields: dict[str, Any]) -> Row:
    return model.everywhere.create(province=cast.province, **fields)  # type: ignore[attr-defined, no-any-return]


def _of_plan(cast: Cast) -> Iterator[tuple[type[Row], dict[str, Any]]]:
    mine = {"campaign": cast.campaign, "by": cast.people["owner"]}
    yield rec.ExcusedWeek, mine | {"monday": date(2020, 5, 4), "reason": "น้ำท่วม"}
    yield rec.PlanChange, mine | {"no": 1, "kind": "moved", "before": NOW, "after": NOW, "at": NOW}


def _of_campaign(cast: Cast, item: rec.Item, producer: rec.Person) -> Iterator[tuple[type[Row], dict[str, Any]]]:
    campaign, owner = cast.campaign, cast.people["owner"]
    yield rec.Kpi, {"campaign": campaign, "no": "1", "text": "ร้อยละ ๘๐", "measure": "percent", "target": 80}
    read = {"found_sealed": seal(campaign.key, "{}"), "read_at": NOW}
    yield rec.Reading, {"campaign": campaign} | read
    yield rec.Correction, {"campaign": campaign, "field": "title", "how": "corrected", "person": owner, "at": NOW}
    sealed = {"content_sealed": seal(campaign.key, "{}"), "kept_at": NOW}
    yield rec.ContentVersion, {"campaign": campaign, "sha256": "0" * 64} | sealed
    ordered = {"no": 1, "number": "1/2563", "dated_on": date(2020, 5, 4), "issued_by": owner, "issued_at": NOW}
    yield rec.AppointmentOrder, {"campaign": campaign, "told_sealed": seal(campaign.key, "{}")} | ordered
    yield (
        rec.Signature,
        {
            "campaign": campaign,
            "role": SignatureRole.PROPOSER,
            "person": owner,
            "content_sha256": campaign.content_sha256,
            "decision": "signed",
            "decided_at": NOW,
        },
    )
    yield (
        rec.WorkingGroupMember,
        {"campaign": campaign, "person": owner, "position": 1, "role": "ประธาน", "appointed_at": NOW},
    )
    yield (
        rec.Review,
        {
            "item": item,
            "sha256": item.sha256,
            "author": producer,
            "reviewer": cast.people["reviewer"],
            "approved": True,
            "checklist": factories.VOUCHED,
            "decided_at": NOW,
        },
    )
    told = {"title": item.title, "text": item.text, "alt": item.alt, "sha256": item.sha256, "picture": item.picture}
    yield rec.ItemVersion, {"item": item, "no": 1, "author": producer, "saved_at": NOW} | told
    rights = {"owner": "สำนักงาน", "licence": "own", "proof": "ถ่ายเอง", "taken_on": NOW.date(), "people": False}
    yield rec.OwnPicture, {"media": item.picture, "added_by": producer, "added_at": NOW} | rights
    issued = {"kind": "season", "figures": {}, "file_sha256": "0" * 64, "made_at": NOW, "by": owner.pk}
    yield rec.Report, {"campaign": campaign} | issued
    wanted = {"person": producer, "by": owner, "token_sha256": f"{random_id():0>64}"}
    yield rec.Invitation, {"created_at": NOW, "expires_at": NOW + timedelta(days=7)} | wanted
    linked = {"person": owner, "user_hash": random_id(), "user_sealed": seal(owner.key, "U1"), "linked_at": NOW}
    yield rec.LineIdentity, {"channel": cast.channel} | linked


def _answer(cast: Cast, comment: rec.Comment) -> dict[str, Any]:
    told = {"text": "แก้ไขแล้ว", "way": "record", "state": "kept", "made_at": NOW, "deadline": NOW + timedelta(days=3)}
    return {"comment": comment, "group": cast.staff, "by": cast.people["owner"]} | told


def _of_office(cast: Cast, delivery: rec.Delivery) -> Iterator[tuple[type[Row], dict[str, Any]]]:
    owner, account = cast.people["owner"], rec.Account.everywhere.get(person=cast.people["owner"])
    yield rec.Brand, {"primary": "#0e5a55", "secondary": "#c1932f"}
    yield rec.Denominator, {"group": cast.staff, "basis": "members", "decided_at": NOW}
    yield rec.DutyTurn, {"person": cast.people["duty"], "first": date(2020, 5, 11), "last": date(2020, 5, 17)}
    yield rec.AnswerTemplate, {"title": "ขอบคุณ", "text": "ขอบคุณสำหรับความเห็น"}
    yield rec.FeedbackPhrase, {"kind": "praise", "phrase": "ม่วนคัก", "weight": 3}
    seen = {"readers": 40, "seen_at": NOW, "note": "ไม่มีภาพ", "entered_at": NOW}
    yield rec.ReaderCount, {"delivery": delivery, "by": owner} | seen
    yield rec.Submission, {"account": account, "token": random_id()}
    held = {"position": owner.position, "began": "recorded", "starts_on": date(2019, 10, 1)}
    yield rec.Posting, {"person": owner, "office": cast.office, "staff_type": "official"} | held
    listed = {"by": owner, "sha256": "0" * 64, "key": owner.key, "created_at": NOW, "touched_at": NOW}
    yield rec.StaffUpload, listed
    yield rec.TrafficLogDecision, {"choice": "kept", "grounds": "นิติกร", "by": owner, "at": NOW}
    coded = {"person": owner, "by": owner, "code_hash": f"{random_id():0>64}"}
    yield rec.LinkCode, {"created_at": NOW, "expires_at": NOW + timedelta(days=14)} | coded
    asked = {"user_hash": "a" * 64, "user_sealed": b"x", "name_sealed": b"x", "key": owner.key, "asked_at": NOW}
    yield rec.LinkRequest, {"office": cast.office} | asked
    yield rec.CommentBox, {"key": owner.key, "opened_on": NOW.date()}


def _of_delivery(
    cast: Cast, delivery: rec.Delivery, attempt: rec.Attempt
) -> Iterator[tuple[type[Row], dict[str, Any]]]:
    yield rec.SentMessage, {"attempt": attempt, "delivery": delivery, "message_id": random_id()}
    yield rec.TapCount, {"delivery": delivery, "hour": NOW, "taps": 1}
    yield rec.View, {"delivery": delivery, "who": "a" * 64, "hour": NOW}
    yield rec.ClipWatch, {"delivery": delivery, "who": "a" * 64, "reached": 50}
    yield rec.ClipCount, {"delivery": delivery, "mark": 50, "times": 1}
    yield rec.QuizCount, {"delivery": delivery, "choice": 1, "times": 1}
    for press in (rec.Acknowledgement, rec.NearAcknowledgement, rec.Reaction):
        yield press, {"delivery": delivery, "who": "a" * 64, "at": NOW, "event_id": random_id()}
    yield (
        rec.Closeout,
        {
            "delivery": delivery,
            "taps": 3,
            "acknowledgements": 1,
            "reactions": 1,
            "comments": 1,
            "comment_record": "มีความเห็น ๑ รายการ",
            "by": "system:tests",
            "at": NOW + timedelta(days=7),
        },
    )
    yield rec.QuotaReading, {"channel": cast.channel, "limit": 300, "used": 0, "read_at": NOW}
    spent = {"kind": "spent", "heads": 3, "purpose": "ทดสอบ", "at": NOW}
    yield rec.LedgerEntry, {"channel": cast.channel, "attempt": attempt} | spent
    yield rec.LedgerRefusal, {"delivery": delivery, "reason": "โควตาไม่พอ", "at": NOW}
    yield rec.InboundEvent, {"event_id": random_id(), "channel": cast.channel, "kind": "other", "hour": NOW}
