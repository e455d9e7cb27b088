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
    yield factories.make_comment(delivery)
    yield from (_made(model, cast, fields) for model, fields in _of_campaign(cast, item, producer))
    yield from (_made(model, cast, fields) for model, fields in _of_delivery(cast, delivery, attempt))
    yield rec.CampaignClock.everywhere.get_or_create(pk=1)[0]
    with transaction.atomic():
        audit.append(by=Actor.system("tests"), action="test.begin", row=campaign, now=NOW)
    yield rec.AuditHead.of(cast.province)[0]
    yield rec.AuditEvent.of(cast.province)[0]


def _made(model: type[Row], cast: Cast, fields: dict[str, Any]) -> Row:
    return model.everywhere.create(province=cast.province, **fields)  # type: ignore[attr-defined, no-any-return]


def _of_campaign(cast: Cast, item: rec.Item, producer: rec.Person) -> Iterator[tuple[type[Row], dict[str, Any]]]:
    campaign, owner = cast.campaign, cast.people["owner"]
    yield rec.Kpi, {"campaign": campaign, "no": "1", "text": "ร้อยละ ๘๐", "measure": "percent", "target": 80}
    yield rec.ExcusedWeek, {"campaign": campaign, "monday": date(2020, 5, 4), "reason": "น้ำท่วม", "by": owner}
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
            "decided_at": NOW,
        },
    )
    issued = {"kind": "season", "figures": {}, "file_sha256": "0" * 64, "made_at": NOW, "by": owner.pk}
    yield rec.Report, {"campaign": campaign} | issued
    linked = {"person": owner, "user_hash": random_id(), "user_sealed": seal(owner.key, "U1"), "linked_at": NOW}
    yield rec.LineIdentity, {"channel": cast.channel} | linked


def _of_delivery(
    cast: Cast, delivery: rec.Delivery, attempt: rec.Attempt
) -> Iterator[tuple[type[Row], dict[str, Any]]]:
    yield rec.SentMessage, {"attempt": attempt, "delivery": delivery, "message_id": random_id()}
    yield rec.TapCount, {"delivery": delivery, "hour": NOW, "taps": 1}
    for press in (rec.Acknowledgement, rec.Reaction):
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
