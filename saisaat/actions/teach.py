"""Teaching the classifier an office's words. What was guessed before stays as it was; the next comment is read anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from saisaat.domain.errors import Invalid
from saisaat.domain.feedback_phrases import MOST_PHRASES, Change, check_change, read_file
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import FeedbackPhrase, Province


def change_phrase(*, province: str, change: Change, by: Actor, now: datetime) -> None:
    """Add a phrase, give it another weight, or take one of the program's out. Raises `Invalid`."""
    check_may(by, Deed.CHANGE_SETTINGS)
    _keep(province, [check_change(change)], by, now)


def import_phrases(*, province: str, data: bytes, by: Actor, now: datetime) -> int:
    """Keep all changes of a file beside those that stand; of the same phrase the file's word counts. All or nothing."""
    check_may(by, Deed.CHANGE_SETTINGS)
    changes = read_file(data)
    _keep(province, changes, by, now)
    return len(changes)


def forget_change(*, row: FeedbackPhrase, by: Actor, now: datetime) -> None:
    """Undo a change: an added phrase goes, one taken out comes back."""
    check_may(by, Deed.CHANGE_SETTINGS)
    with transaction.atomic():
        audit.append(by=by, action="feedback_phrase.forget", row=row, now=now)
        row.delete()


def _keep(province: str, changes: Sequence[Change], by: Actor, now: datetime) -> None:
    with transaction.atomic():
        # The province's row is the list's lock: two additions at once would both find room.
        Province.everywhere.select_for_update().get(pk=province)
        for change in changes:
            row, _ = FeedbackPhrase.everywhere.update_or_create(
                province_id=province, kind=change.kind, phrase=change.phrase, defaults={"weight": change.weight}
            )
            audit.append(by=by, action="feedback_phrase.keep", row=row, now=now)
        if FeedbackPhrase.of(province).count() > MOST_PHRASES:
            raise Invalid("รายการคำของสำนักงานเกิน %(most)s คำ จึงยังไม่ได้บันทึก โปรดเอาคำที่ไม่ใช้ออกก่อน", most=MOST_PHRASES)
