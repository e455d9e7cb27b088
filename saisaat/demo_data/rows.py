"""Rows that wait to be written, and the dice they are thrown with."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Model

from saisaat.records import models as records
from saisaat.records.base import ProvinceRow

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_AT_ONCE = 2_000

# What refers to another row is written after it.
_IN_ORDER: tuple[type[Model], ...] = (
    records.Office,
    records.Person,
    records.Posting,
    records.Account,
    records.RoleGrant,
    records.LineIdentity,
    records.Channel,
    records.Group,
    records.Topic,
    records.Media,
    records.Campaign,
    records.Reading,
    records.Correction,
    records.ContentVersion,
    records.Signature,
    records.Quota,
    records.Kpi,
    records.ExcusedWeek,
    records.WorkingGroupMember,
    records.AppointmentOrder,
    records.DutyTurn,
    records.PlanEntry,
    records.PlanChange,
    records.Item,
    records.ItemVersion,
    records.Review,
    records.Delivery,
    records.Attempt,
    records.SentMessage,
    records.QuotaReading,
    records.LedgerEntry,
    records.TapCount,
    records.Acknowledgement,
    records.Reaction,
    records.Comment,
    records.Closeout,
    records.InboundEvent,
    records.AuditEvent,
)

Row = TypeVar("Row", bound=ProvinceRow)


class Rows:
    """Collects rows and writes them together; `counts` says how many of each kind were written."""

    def __init__(self) -> None:
        self._waiting: defaultdict[type[Model], list[Any]] = defaultdict(list)
        self._plain: defaultdict[type[Model], list[dict[str, Any]]] = defaultdict(list)
        self.counts: Counter[str] = Counter()

    def add(self, row: Row) -> Row:
        self._waiting[type(row)].append(row)
        return row

    def add_plain(self, model: type[ProvinceRow], **values: Any) -> None:
        """A row by the names of its columns (`delivery_id`), for kinds of which there are very many.

        Nothing may refer to it. It costs a fifth of what a model object and its `bulk_create` cost.
        """
        self._plain[model].append(values)

    def write(self) -> None:
        """Write what waits, in an order in which every row finds those it refers to."""
        for model in _IN_ORDER:
            waiting: Sequence[Any] = self._waiting.pop(model, ())
            if waiting:
                model._base_manager.bulk_create(waiting, batch_size=_AT_ONCE)
            plain = self._plain.pop(model, ())
            if plain:
                _insert(model, plain)
            if waiting or plain:
                self.counts[model.__name__] += len(waiting) + len(plain)
        assert not self._waiting and not self._plain, "there is a kind of row whose order is not known"


# What the database takes as it is; values of other fields are made ready by Django.
_TAKEN_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.FloatField, models.ForeignKey)


def _insert(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    columns = [_column(field, rows) for field in fields]
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({places})", list(zip(*columns, strict=True)))  # noqa: S608


def _column(field: "models.Field[Any, Any]", rows: Sequence[dict[str, Any]]) -> list[Any]:
    name, default = field.attname, field.get_default()
    values = [row.get(name, default) for row in rows]
    if isinstance(field, _TAKEN_AS_THEY_ARE):
        return values
    return [None if value is None else field.get_db_prep_save(value, connection) for value in values]


class Dice(random.Random):
    """Chance that comes out alike for the same seed. Nothing here is secret."""

    def id(self) -> str:
        """A random id as `records.base.random_id` makes them."""
        number = self.getrandbits(80)
        return "".join([_ALPHABET[(number >> shift) & 31] for shift in range(0, 80, 5)])

    def digest(self) -> str:
        return f"{self.getrandbits(256):064x}"

    def often(self, share: float) -> bool:
        """True in `share` of all throws, 0 to 1."""
        return self.random() < share
