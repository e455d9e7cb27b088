"""What officers see under a message: entered with its witness, corrected on the record, and never 0 for nothing."""

import hashlib
from datetime import timedelta

import pytest

from saisaat.actions.close_out import close_now
from saisaat.actions.compose import media_path
from saisaat.actions.count_readers import count_readers
from saisaat.domain.delivery import DELIVERED_STATES, State
from saisaat.domain.errors import Invalid, NotAllowed, NotNow
from saisaat.domain.remarks import Remark
from saisaat.domain.roles import MAY, Actor, Deed, Role
from saisaat.queries import pages, publication_list
from saisaat.records.models import AuditEvent, Closeout, Delivery, Media, ReaderCount
from tests.cast import Cast, make_cast
from tests.factories import NOW, jpeg, make_delivery, make_entry

MINUTE = timedelta(minutes=1)
PICTURE = jpeg(64, 48, "#112233")
SEEN = NOW + 10 * MINUTE
"""The delivery left two minutes after NOW."""


def count(cast: Cast, delivery: Delivery, readers: int = 31, by: Actor | None = None, **changes: object) -> ReaderCount:
    told = {"seen_at": SEEN, "picture": PICTURE, "note": "", "now": SEEN + MINUTE} | changes
    person, actor = cast.people["duty"], by or cast.actor("duty")
    return count_readers(delivery=delivery, readers=readers, person=person, by=actor, **told)  # type: ignore[arg-type]


def told(delivery: Delivery) -> tuple[int | None, list[int]]:
    """The figure of the list of publications, and the history on the publication's own page."""
    (line,) = publication_list.with_figures([delivery.entry])
    publication = pages.publication(delivery.province_id, delivery.pk)
    assert publication is not None
    return line.told, [row.readers for row in publication_list.reader_counts(publication)[delivery.pk]]


def test_it_is_kept_with_its_witness_and_its_picture(cast: Cast) -> None:
    row = count(cast, cast.delivery())
    sha256 = hashlib.sha256(PICTURE).hexdigest()
    assert (row.readers, row.by, row.seen_at, row.entered_at) == (31, cast.people["duty"], SEEN, SEEN + MINUTE)
    assert row.evidence is not None and row.evidence.sha256 == sha256
    assert media_path(sha256).read_bytes() == PICTURE
    event = AuditEvent.of(cast.province).get(action=Deed.COUNT_READERS)
    assert (event.actor, event.object_id, event.digest) == (cast.people["duty"].pk, row.pk, sha256)


@pytest.mark.parametrize("state", State)
def test_only_what_is_in_the_group_has_readers(cast: Cast, state: State) -> None:
    delivery = cast.delivery(state)
    if state in DELIVERED_STATES:
        count(cast, delivery)
        return
    with pytest.raises(NotNow, match="ยังไม่ได้ส่ง"):
        count(cast, delivery)
    assert not ReaderCount.of(cast.province).exists()


def test_only_the_roles_of_the_table_may(cast: Cast) -> None:
    delivery = cast.delivery()
    for role in Role:
        by = Actor(cast.people["duty"].pk, frozenset({role}))
        if role in MAY[Deed.COUNT_READERS]:
            count(cast, delivery, by=by)
        else:
            with pytest.raises(NotAllowed):
                count(cast, delivery, by=by)
    assert ReaderCount.of(cast.province).count() == len(MAY[Deed.COUNT_READERS])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"picture": b"", "note": "  "}, "แนบภาพหน้าจอ"),
        ({"seen_at": NOW + MINUTE}, "หลังเวลาส่ง"),
        ({"seen_at": SEEN + 2 * MINUTE}, "ไม่เกินเวลานี้"),
    ],
    ids=["no picture and no reason", "before it was sent", "in the future"],
)
def test_what_cannot_be_is_refused_whole(cast: Cast, changes: dict[str, object], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        count(cast, cast.delivery(), **changes)
    assert not ReaderCount.of(cast.province).exists()
    assert not AuditEvent.of(cast.province).filter(action=Deed.COUNT_READERS).exists()


def test_without_a_picture_the_reason_stands_for_it(cast: Cast) -> None:
    row = count(cast, cast.delivery(), picture=b"", note=" โทรศัพท์แบตหมด ")
    assert (row.evidence, row.note) == (None, "โทรศัพท์แบตหมด")


def test_unknown_is_not_none_read_it(cast: Cast) -> None:
    delivery = cast.delivery()
    assert told(delivery) == (None, [])
    count(cast, delivery, 0)
    assert told(delivery) == (0, [0])


def test_a_correction_counts_and_the_first_word_stays(cast: Cast) -> None:
    """Entered again for the same minute: whichever id chance gave the rows."""
    delivery = cast.delivery()
    for minute, readers in enumerate((310, 13, 31)):
        count(cast, delivery, readers, now=SEEN + minute * MINUTE)
    assert told(delivery) == (31, [31, 13, 310])


def test_the_latest_sight_counts_and_not_the_latest_entry(cast: Cast) -> None:
    delivery = cast.delivery()
    count(cast, delivery, 40, seen_at=SEEN + 30 * MINUTE, now=SEEN + 40 * MINUTE)
    count(cast, delivery, 31, seen_at=SEEN, now=SEEN + 50 * MINUTE)
    assert told(delivery) == (40, [40, 31])


def test_both_groups_of_a_publication_add_up_where_both_are_known(cast: Cast) -> None:
    entry, item = make_entry(cast.campaign), cast.item()
    one, two = (make_delivery(entry, group, item) for group in (cast.staff, cast.network))
    count(cast, one, 31)
    assert told(one)[0] == 31
    count(cast, two, 9)
    assert told(one)[0] == 40
    assert told(one)[1] == [31]


def test_the_close_out_takes_the_correction_and_still_says_what_is_not_proved(cast: Cast) -> None:
    delivery = cast.delivery()
    for minute, readers in enumerate((310, 31)):
        count(cast, delivery, readers, now=SEEN + minute * MINUTE)
    close_now(delivery=delivery, reason="", by=cast.actor("duty"), now=SEEN + 5 * MINUTE)
    closed = Closeout.of(cast.province).get()
    assert (closed.readers_told, closed.taps, closed.no_figure_reason) == (31, None, Remark.NO_FIGURE)
    count(cast, delivery, 35, seen_at=SEEN + 6 * MINUTE, now=SEEN + 7 * MINUTE)
    closed.refresh_from_db()
    assert closed.readers_told == 31, "what is closed stays as it was fixed"


def test_one_picture_serves_many_counts_and_no_other_office(cast: Cast) -> None:
    delivery = cast.delivery()
    first, second = count(cast, delivery), count(cast, delivery, 32)
    assert first.evidence_id == second.evidence_id
    other = make_cast("other-")
    count(other, other.delivery())
    sha256 = hashlib.sha256(PICTURE).hexdigest()
    assert Media.of(cast.province).filter(sha256=sha256).count() == 1
    assert Media.of(other.province).filter(sha256=sha256).count() == 1
