"""Personal text at rest: readable with its key, gone with it, and no link can be made up without the master key."""

import stat
import string
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import assume, given
from hypothesis import strategies as st

from saisaat.records import sealing
from saisaat.records.base import random_id
from saisaat.records.links import CODE, SEAL, group_code, group_link
from saisaat.records.models import Province, SealingKey
from saisaat.records.sealing import class_key, keyed_hash, new_key, seal, shred, unseal
from tests.factories import NOW, make_province
from tests.stored import everything_stored

SECRET = "ร้องเรียนว่ามีผู้รับของขวัญ"
NAMES = st.text(string.ascii_lowercase + string.digits, min_size=CODE, max_size=CODE)


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


@pytest.fixture
def key(province: Province) -> SealingKey:
    return new_key(province, "person", NOW)


@pytest.fixture
def another_folder(settings: Any, tmp_path: Path) -> Callable[[], None]:
    """Call it to go on with the master key of another data folder."""

    def move() -> None:
        settings.MASTER_KEY_FILE = tmp_path / "keys" / "master.key"

    return move


def unsaved_key() -> SealingKey:
    key = SealingKey(purpose="tests", created_at=NOW)
    key.wrapped = sealing._wrap(b"k" * 32, key.pk)
    return key


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    key = unsaved_key()
    assert unseal(key, seal(key, text)) == text


@given(st.text(min_size=1))
def test_the_same_text_is_never_sealed_the_same_way(text: str) -> None:
    key = unsaved_key()
    first, second = seal(key, text), seal(key, text)
    assert first != second
    assert len(text) < 8 or text.encode() not in first


@given(st.binary(min_size=1, max_size=3), st.data())
def test_changed_bytes_are_not_believed(noise: bytes, data: st.DataObject) -> None:
    key = unsaved_key()
    sealed = bytearray(seal(key, SECRET))
    at = data.draw(st.integers(0, len(sealed) - len(noise)))
    before = bytes(sealed)
    sealed[at : at + len(noise)] = noise
    assume(bytes(sealed) != before)
    with pytest.raises(InvalidTag):
        unseal(key, bytes(sealed))


def test_what_is_stored_comes_back_from_the_database(key: SealingKey) -> None:
    sealed = seal(key, SECRET)
    assert unseal(SealingKey.everywhere.get(pk=key.pk), memoryview(sealed)) == SECRET


def test_another_key_opens_nothing(province: Province, key: SealingKey) -> None:
    with pytest.raises(InvalidTag):
        unseal(new_key(province, "person", NOW), seal(key, SECRET))


def test_a_key_copied_to_another_row_opens_nothing(province: Province, key: SealingKey) -> None:
    thief = SealingKey(province=province, purpose="person", created_at=NOW, wrapped=key.wrapped)
    with pytest.raises(InvalidTag):
        unseal(thief, seal(key, SECRET))


def test_another_folder_opens_nothing(key: SealingKey, another_folder: Callable[[], None]) -> None:
    sealed = seal(key, SECRET)
    another_folder()
    with pytest.raises(InvalidTag):
        unseal(key, sealed)


def test_a_shredded_key_reads_none_and_seals_no_more(key: SealingKey) -> None:
    sealed = seal(key, SECRET)
    shred(key, NOW)
    key.refresh_from_db()
    assert (key.wrapped, key.shredded_at) == (None, NOW)
    assert unseal(key, sealed) is None
    with pytest.raises(RuntimeError):
        seal(key, SECRET)


@pytest.mark.parametrize("missing", ["key", "text"])
def test_nothing_sealed_reads_none(key: SealingKey, missing: str) -> None:
    assert unseal(None, seal(key, SECRET)) is None if missing == "key" else unseal(key, None) is None


def test_a_class_has_one_living_key_a_province(province: Province) -> None:
    may = class_key(province.pk, "comments 2020-05", NOW)
    assert class_key(province.pk, "comments 2020-05", NOW) == may
    assert class_key(province.pk, "comments 2020-06", NOW) != may
    assert class_key(make_province().pk, "comments 2020-05", NOW) != may
    shred(may, NOW)
    fresh = class_key(province.pk, "comments 2020-05", NOW)
    assert fresh != may
    assert unseal(fresh, seal(fresh, SECRET)) == SECRET


def test_neither_keys_nor_what_they_seal_can_be_read_in_the_database(transactional_db: None) -> None:
    key = new_key(make_province(), "person", NOW)
    key.purpose = "found"
    key.save()
    stored = everything_stored()
    data_key = sealing._unwrap(bytes(key.wrapped or b""), key.pk, sealing._master_key())
    assert b"found" in stored
    assert data_key not in stored
    assert sealing._master_key() not in stored


def test_hashes_are_stable_and_belong_to_the_folder(another_folder: Callable[[], None]) -> None:
    mine = keyed_hash("U1")
    assert keyed_hash("U1") == mine
    assert keyed_hash("U2") != mine
    assert (len(mine), set(mine) <= set(string.hexdigits)) == (64, True)
    sealing._master.cache_clear()
    assert keyed_hash("U1") == mine
    another_folder()
    assert keyed_hash("U1") != mine


def test_the_master_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "master.key"
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: sealing._master.__wrapped__(str(file)), range(32)))
    assert found == {file.read_bytes()}
    assert len(file.read_bytes()) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_master_key_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "master.key"
    file.write_bytes(content)
    with pytest.raises(RuntimeError, match="restore it from the backup"):
        sealing._master(str(file))
    assert file.read_bytes() == content


@given(NAMES, NAMES)
def test_a_link_leads_back_to_its_group(slug: str, code: str) -> None:
    link = group_link(slug, code)
    assert len(link) == CODE + SEAL
    assert group_code(slug, link) == code


@given(NAMES, NAMES, st.data())
def test_a_changed_link_leads_nowhere(slug: str, code: str, data: st.DataObject) -> None:
    link = group_link(slug, code)
    at = data.draw(st.integers(0, len(link) - 1))
    other = data.draw(st.sampled_from(string.ascii_letters + string.digits + "๑ก").filter(lambda one: one != link[at]))
    assert group_code(slug, link[:at] + other + link[at + 1 :]) is None


@given(NAMES, NAMES, NAMES)
def test_a_link_counts_for_its_own_item_only(slug: str, other: str, code: str) -> None:
    assume(slug != other)
    assert group_code(other, group_link(slug, code)) is None


@given(st.text(max_size=40))
def test_no_link_can_be_made_up(link: str) -> None:
    assert group_code("0" * CODE, link) is None


@pytest.mark.parametrize(
    "change", [str.upper, lambda link: link + "0", lambda link: link[:-1], lambda link: link[:CODE]]
)
def test_a_link_is_taken_whole_or_not_at_all(change: Callable[[str], str]) -> None:
    slug, code = random_id(), "a" * CODE
    assert group_code(slug, change(group_link(slug, code))) is None


def test_a_link_of_another_folder_leads_nowhere(another_folder: Callable[[], None]) -> None:
    slug = random_id()
    link = group_link(slug, random_id())
    another_folder()
    assert group_code(slug, link) is None
