"""The audit chain of a province: as if every row had been written by its action."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from saisaat.demo_data.plan import Publication
from saisaat.demo_data.rows import Rows
from saisaat.demo_data.season import Season
from saisaat.domain.approval import ItemStatus
from saisaat.domain.delivery import State
from saisaat.domain.roles import Deed
from saisaat.records.audit import event_hash
from saisaat.records.models import AuditEvent, AuditHead, Delivery, Province

_WORKER = "system:worker"


@dataclass(slots=True)
class Trail:
    """Goes on with one province's chain, season after season."""

    province: Province
    no: int = 0
    last: str = "0" * 64

    def add(
        self, season: Season, publications: Iterable[Publication], deliveries: Iterable[Delivery], rows: Rows
    ) -> None:
        events = [*_of_campaign(season), *_of_items(season, publications), *_of_deliveries(deliveries)]
        for at, actor, action, row, digest in sorted(events, key=lambda event: event[0]):
            self.no += 1
            hashed = event_hash(self.last, no=self.no, at=at, actor=actor, action=action, obj=row, digest=digest)
            told = {"no": self.no, "at": at, "actor": actor, "action": action, "digest": digest}
            chained = {"object_type": row[0], "object_id": row[1], "previous": self.last, "hash": hashed}
            rows.add_plain(AuditEvent, province_id=self.province.pk, **told, **chained)
            self.last = hashed

    def close(self) -> None:
        """Say where the chain ends, so that the next write goes on from there."""
        AuditHead.everywhere.update_or_create(
            province=self.province, defaults={"last_no": self.no, "last_hash": self.last}
        )


_Event = tuple[datetime, str, str, tuple[str, str], str]


def _of_campaign(season: Season) -> Iterator[_Event]:
    campaign, players = season.campaign, season.place.players
    row = ("Campaign", campaign.pk)
    for number, (part, action) in enumerate(
        (
            ("owner", Deed.IMPORT_PROPOSAL),
            ("owner", Deed.SIGN_PROPOSAL),
            ("endorser", Deed.ENDORSE_PROPOSAL),
            ("approver", Deed.APPROVE_PROPOSAL),
            ("owner", Deed.APPOINT),
            ("owner", Deed.PLAN),
        )
    ):
        at = campaign.created_at + timedelta(days=2 * number)
        yield at, players[part].pk, str(action), row, campaign.content_sha256


def _of_items(season: Season, publications: Iterable[Publication]) -> Iterator[_Event]:
    players = season.place.players
    for publication in publications:
        item = publication.item
        if item is None:
            continue
        row, at = ("Item", item.pk), item.created_at
        yield at, players["producer"].pk, f"{Deed.COMPOSE}.{item.kind}", row, item.sha256
        if item.status == ItemStatus.APPROVED:
            yield at + timedelta(hours=27), players["reviewer"].pk, "item.review.approved", row, item.sha256


def _of_deliveries(deliveries: Iterable[Delivery]) -> Iterator[_Event]:
    for delivery in deliveries:
        row = ("Delivery", delivery.pk)
        if delivery.state == State.PLANNED:
            continue
        yield delivery.due_at, _WORKER, "delivery.due", row, ""
        end = delivery.sent_at or delivery.due_at + timedelta(minutes=30)
        yield end, _WORKER, f"delivery.{'sent' if delivery.sent_at else delivery.state}", row, delivery.approved_sha256
        if delivery.closed_at:
            yield delivery.closed_at, _WORKER, "delivery.closed", row, ""
