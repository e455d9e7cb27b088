"""What every record promises: an unbroken audit, ids that tell nothing, sealed names, one province at a time."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from saisaat.domain.roles import Actor
from saisaat.records import audit, clock
from saisaat.records.base import ProvinceRow, RandomId, random_id
from saisaat.records.models import (
    AuditEvent,
    CampaignClock,
    Comment,
    Delivery,
    FirstRun,
    GuessCount,
    Person,
    Province,
    SealingKey,
)
from saisaat.records.sealing import class_key, keyed_hash, new_key, seal, shred, unseal
from tests.cast import Cast, make_cast
from tests.factories import NOW, make_comment, make_person

BY = Actor.system("tests")
# Records a stranger may see the id of, or whose number would tell how many there are of something personal.
RANDOM = {
    "Province Office Person Account LineIdentity Campaign Signature Item Review Media Group Channel PlanEntry Delivery",
    "Comment WaitingSlot Report SealingKey Invitation StaffUpload LinkCode LinkRequest",
    "ItemVersion OwnPicture AppointmentOrder Answer AnswerTemplate ReaderCount",
}


def write(cast: Cast, rows: int) -> None:
    for number in range(rows):
        with transaction.atomic():
            audit.append(by=BY, action=f"deed-{number}", row=cast.campaign, now=NOW + timedelta(seconds=number))


def tamper(statement: str) -> None:
    """What somebody with the database file can do: first the trigger, then the rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_is_append_only_update")
            cursor.execute("DROP TRIGGER audit_is_append_only_delete")
        else:
            cursor.execute("DROP TRIGGER audit_is_append_only ON records_auditevent")
        cursor.execute(statement)


def test_the_chain_verifies_and_grows(cast: Cast) -> None:
    assert audit.verify(cast.province.pk) == 0
    write(cast, 5)
    assert audit.verify(cast.province.pk) == 5
    first, second = AuditEvent.of(cast.province)[:2]
    assert (first.previous, second.previous) == ("0" * 64, first.hash)


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE records_auditevent SET actor = 'another' WHERE no = 3", 3),
        ("UPDATE records_auditevent SET action = 'another' WHERE no = 1", 1),
        ("UPDATE records_auditevent SET object_id = 'another' WHERE no = 5", 5),
        ("UPDATE records_auditevent SET digest = 'another' WHERE no = 2", 2),
        ("UPDATE records_auditevent SET hash = previous WHERE no = 2", 2),
        ("DELETE FROM records_auditevent WHERE no = 3", 4),
        ("DELETE FROM records_auditevent WHERE no = 1", 2),
        ("DELETE FROM records_auditevent WHERE no = 5", 4),
        ("DELETE FROM records_auditevent", 0),
        ("UPDATE records_auditevent SET no = 9 WHERE no = 5", 9),
    ],
)
def test_tampering_is_found(cast: Cast, statement: str, row: int) -> None:
    write(cast, 5)
    tamper(statement)
    with pytest.raises(ValueError, match=rf"row {row}\b"):
        audit.verify(cast.province.pk)


def test_provinces_have_chains_of_their_own(cast: Cast) -> None:
    other = make_cast("other-")
    write(cast, 3)
    write(other, 2)
    assert (audit.verify(cast.province.pk), audit.verify(other.province.pk)) == (3, 2)


def test_an_audit_row_belongs_into_a_transaction(transactional_db: None) -> None:
    cast = make_cast()
    with pytest.raises(RuntimeError, match="transaction"):
        audit.append(by=BY, action="x", row=cast.campaign, now=NOW)


def test_a_write_that_fails_leaves_no_audit_row(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.append(by=BY, action="x", row=cast.campaign, now=NOW)
        raise ZeroDivisionError
    assert audit.verify(cast.province.pk) == 0


def test_ids_are_random_and_safe_everywhere() -> None:
    ids = {random_id() for _ in range(10_000)}
    assert len(ids) == 10_000
    assert all(re.fullmatch(r"[0-9abcdefghjkmnpqrstvwxyz]{16}", one) for one in ids)


def test_personal_and_public_records_have_random_ids() -> None:
    found = {model.__name__ for model in apps.get_app_config("records").get_models() if issubclass(model, RandomId)}
    assert found == {name for line in RANDOM for name in line.split()}


def test_every_record_belongs_to_a_province_but_those_of_the_whole_folder() -> None:
    for model in apps.get_app_config("records").get_models():
        if model not in {Province, CampaignClock, FirstRun, GuessCount}:
            assert issubclass(model, ProvinceRow), model
            assert not hasattr(model, "objects") or model.__name__ == "Account", model


def test_of_gives_one_provinces_rows_and_no_others(cast: Cast) -> None:
    other = make_cast("other-")
    mine, theirs = cast.delivery(), other.delivery()
    assert list(Delivery.of(cast.province)) == [mine]
    assert list(Delivery.of(other.province.pk)) == [theirs]
    assert set(Delivery.everywhere.all()) == {mine, theirs}


def test_personal_text_is_in_no_plain_column(cast: Cast) -> None:
    """A name, an account on the channel, a comment: each column that could hold one holds bytes."""
    for model, column in ((Person, "name_sealed"), (Comment, "text_sealed")):
        assert isinstance(model._meta.get_field(column), models.BinaryField)
    assert "name" not in {field.name for field in Person._meta.get_fields()}


def test_sealing_and_unsealing(cast: Cast) -> None:
    key = new_key(cast.province, "tests", NOW)
    sealed = seal(key, "ชื่อจริง")
    assert "ชื่อจริง".encode() not in sealed
    assert sealed != seal(key, "ชื่อจริง")
    found = SealingKey.everywhere.get(pk=key.pk)
    assert unseal(found, sealed) == "ชื่อจริง"
    assert unseal(found, memoryview(sealed)) == "ชื่อจริง"
    assert unseal(found, None) is None
    assert unseal(None, sealed) is None


def test_a_changed_or_moved_ciphertext_does_not_read_as_something_else(cast: Cast) -> None:
    key, other = new_key(cast.province, "a", NOW), new_key(cast.province, "b", NOW)
    sealed = seal(key, "ข้อความ")
    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), seal(other, "ข้อความ")):
        with pytest.raises(Exception, match=r"^$"):  # cryptography's InvalidTag says nothing more
            unseal(key, broken)


def test_a_shredded_key_is_gone_for_good(cast: Cast) -> None:
    person = make_person(cast.office, "นักวิชาการ", name="ชื่อจริง")
    assert person.name == "ชื่อจริง"
    shred(person.key, NOW)
    person = Person.everywhere.get(pk=person.pk)
    assert person.key.wrapped is None
    assert person.name == "นักวิชาการ"
    with pytest.raises(RuntimeError, match="shredded"):
        seal(person.key, "ชื่อใหม่")


def test_erasing_one_leaves_the_others_and_the_audit(cast: Cast) -> None:
    kept, erased = make_person(cast.office, name="คนหนึ่ง"), make_person(cast.office, name="อีกคน")
    write(cast, 2)
    shred(erased.key, NOW)
    assert Person.everywhere.get(pk=kept.pk).name == "คนหนึ่ง"
    assert audit.verify(cast.province.pk) == 2


def test_a_class_key_is_one_until_it_is_shredded(cast: Cast) -> None:
    first = class_key(cast.province.pk, "comments 2020-05", NOW)
    assert class_key(cast.province.pk, "comments 2020-05", NOW) == first
    assert class_key(cast.province.pk, "comments 2020-06", NOW) != first
    shred(first, NOW)
    assert class_key(cast.province.pk, "comments 2020-05", NOW) != first


def test_a_pseudonym_is_stable_and_tells_nothing(cast: Cast) -> None:
    assert keyed_hash("U1") == keyed_hash("U1") != keyed_hash("U2")
    assert re.fullmatch(r"[0-9a-f]{64}", keyed_hash("U1"))


def test_a_comment_cannot_lose_its_key_while_it_stands(cast: Cast) -> None:
    comment = make_comment(cast.delivery())
    with pytest.raises(models.ProtectedError):
        comment.key.delete()


def test_the_clock_is_frozen_moved_and_shared_by_the_folder(cast: Cast) -> None:
    clock.freeze(NOW)
    assert clock.now() == NOW
    clock.move_to(NOW + timedelta(days=3))
    moved = clock.now()
    assert timedelta(0) <= moved - (NOW + timedelta(days=3)) < timedelta(minutes=1)
    assert CampaignClock.everywhere.get().offset_seconds == pytest.approx(clock.offset().total_seconds())
    CampaignClock.everywhere.all().delete()
    clock._read_at = float("-inf")
    assert clock.offset() == timedelta()
