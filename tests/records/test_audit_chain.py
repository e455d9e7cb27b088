"""The audit chain: what was written is proved, and whatever was done to it behind the program's back is found."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.roles import Actor
from saisaat.records import audit
from saisaat.records.models import AuditEvent, AuditHead, Campaign
from tests import factories
from tests.factories import NOW

WRITTEN = 5
BY = Actor.system("tests")


@pytest.fixture
def campaign(db: None) -> Campaign:
    """A province whose chain has rows 1 to WRITTEN."""
    return begin()


def begin() -> Campaign:
    campaign = factories.make_campaign(factories.make_province())
    write(campaign, WRITTEN)
    return campaign


def write(campaign: Campaign, rows: int = 1) -> None:
    with transaction.atomic():
        for number in range(rows):
            at = NOW + timedelta(microseconds=number)
            audit.append(by=BY, action=f"test.{number}", row=campaign, now=at, digest=f"{number:064x}")


def rows(campaign: Campaign) -> "Any":
    return AuditEvent.of(campaign.province_id)


def open_to_tampering() -> None:
    """Take the triggers away, as somebody with the database's own password could."""
    statements = {
        "sqlite": ["DROP TRIGGER audit_is_append_only_update", "DROP TRIGGER audit_is_append_only_delete"],
        "postgresql": ["SET CONSTRAINTS ALL IMMEDIATE", "DROP TRIGGER audit_is_append_only ON records_auditevent"],
    }
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def hash_anew(event: AuditEvent, previous: str) -> None:
    """Give a row the hash that the public rule gives it."""
    event.previous = previous
    event.hash = audit.event_hash(
        previous,
        no=event.no,
        at=event.at,
        actor=event.actor,
        action=event.action,
        obj=(event.object_type, event.object_id),
        digest=event.digest,
    )
    event.save()


def test_an_intact_chain_counts_its_rows(campaign: Campaign) -> None:
    assert audit.verify(campaign.province_id) == WRITTEN
    write(campaign)
    assert audit.verify(campaign.province_id) == WRITTEN + 1
    assert list(rows(campaign).values_list("no", flat=True)) == list(range(1, WRITTEN + 2))


def test_a_chain_without_rows_is_intact(db: None) -> None:
    assert audit.verify(factories.make_province().pk) == 0


def test_each_province_has_a_chain_of_its_own(campaign: Campaign) -> None:
    other = begin()
    write(campaign)
    write(other, 2)
    assert audit.verify(campaign.province_id) == WRITTEN + 1
    assert audit.verify(other.province_id) == WRITTEN + 2
    open_to_tampering()
    rows(other).filter(no=2).update(actor="somebody")
    assert audit.verify(campaign.province_id) == WRITTEN + 1
    with pytest.raises(ValueError, match="audit row 2"):
        audit.verify(other.province_id)


@pytest.mark.parametrize("no", [1, 3, WRITTEN])
@pytest.mark.parametrize(
    "change",
    [
        {"actor": "somebody"},
        {"action": "test.nothing"},
        {"object_type": "Item"},
        {"object_id": "0" * 16},
        {"digest": "f" * 64},
        {"digest": ""},
        {"at": NOW + timedelta(hours=1)},
        {"previous": "f" * 64},
        {"hash": "f" * 64},
        {"no": 99},
    ],
    ids=lambda change: " ".join(change),
)
def test_a_changed_row_is_found(campaign: Campaign, no: int, change: dict[str, Any]) -> None:
    open_to_tampering()
    assert rows(campaign).filter(no=no).update(**change) == 1
    with pytest.raises(ValueError, match=f"audit row ({no}|{no + 1}|99) "):
        audit.verify(campaign.province_id)


@pytest.mark.parametrize(
    ("numbers", "says"),
    [([1], "audit row 2 does not follow row 0"), ([3], "audit row 4"), ([WRITTEN], "ends at row 4"), ([4, 5], "row 3")],
)
def test_a_removed_row_is_found(campaign: Campaign, numbers: list[int], says: str) -> None:
    open_to_tampering()
    rows(campaign).filter(no__in=numbers).delete()
    with pytest.raises(ValueError, match=says):
        audit.verify(campaign.province_id)


def test_a_chain_removed_whole_is_found(campaign: Campaign) -> None:
    open_to_tampering()
    rows(campaign).delete()
    with pytest.raises(ValueError, match="rows are missing"):
        audit.verify(campaign.province_id)


def inserted_at_the_end(campaign: Campaign) -> None:
    last = rows(campaign).last()
    hash_anew(AuditEvent(**fields(last) | {"no": WRITTEN + 1}), last.hash)


def inserted_between(campaign: Campaign) -> None:
    for event in rows(campaign).filter(no__gte=3).order_by("-no"):
        event.no += 1
        event.save()
    second = rows(campaign).get(no=2)
    hash_anew(AuditEvent(**fields(second) | {"no": 3}), second.hash)


def swapped(campaign: Campaign) -> None:
    second, third = rows(campaign).get(no=2), rows(campaign).get(no=3)
    for event, no in ((second, 99), (third, 2), (second, 3)):
        event.no = no
        event.save()


def moved_to_another_province(campaign: Campaign) -> None:
    other = factories.make_province("สำนักงานอื่น")
    rows(campaign).filter(no=WRITTEN).update(province=other)


def changed_and_hashed_anew(campaign: Campaign) -> None:
    previous = rows(campaign).get(no=3).hash
    for event in rows(campaign).filter(no__gte=4):
        event.actor = "somebody"
        hash_anew(event, previous)
        previous = event.hash


def head_turned_back(campaign: Campaign) -> None:
    AuditHead.of(campaign.province_id).update(last_no=WRITTEN - 1)


def head_removed(campaign: Campaign) -> None:
    AuditHead.of(campaign.province_id).delete()


def fields(event: AuditEvent) -> dict[str, Any]:
    names = ("province_id", "at", "actor", "action", "object_type", "object_id", "digest")
    return {name: getattr(event, name) for name in names}


@pytest.mark.parametrize(
    "tamper",
    [
        inserted_at_the_end,
        inserted_between,
        swapped,
        moved_to_another_province,
        changed_and_hashed_anew,
        head_turned_back,
        head_removed,
    ],
)
def test_tampering_is_found(campaign: Campaign, tamper: Callable[[Campaign], None]) -> None:
    open_to_tampering()
    tamper(campaign)
    with pytest.raises(ValueError, match="row"):
        audit.verify(campaign.province_id)


def test_a_row_belongs_into_the_transaction_of_its_write(transactional_db: None) -> None:
    campaign = factories.make_campaign(factories.make_province())
    with pytest.raises(RuntimeError):
        audit.append(by=BY, action="test.outside", row=campaign, now=NOW)
    assert audit.verify(campaign.province_id) == 0


def test_a_write_undone_leaves_no_row_and_no_gap(campaign: Campaign) -> None:
    def undone() -> None:
        with transaction.atomic():
            write(campaign)
            raise LookupError

    with pytest.raises(LookupError):
        undone()
    write(campaign)
    assert audit.verify(campaign.province_id) == WRITTEN + 1


def test_the_rule_is_the_documented_one() -> None:
    # Computed apart: printf '%s' '["000…0",1,"2020-05-13T03:00:00.000000+00:00",…]' | sha256sum
    found = audit.event_hash(
        "0" * 64, no=1, at=NOW, actor="system:tests", action="test.begin", obj=("Campaign", "1"), digest=""
    )
    assert found == "3b47842f9d9d4c9ead48023343649be5bd82820ad2a8a03c5572a944aeb1dcb3"


@given(
    a=st.tuples(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5)),
    b=st.tuples(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5)),
)
def test_no_two_writes_share_a_hash(a: tuple[str, str, str], b: tuple[str, str, str]) -> None:
    def hashed(told: tuple[str, str, str]) -> str:
        return audit.event_hash("0" * 64, no=1, at=NOW, actor=told[0], action=told[1], obj=("X", told[2]), digest="")

    assert (hashed(a) == hashed(b)) == (a == b)
