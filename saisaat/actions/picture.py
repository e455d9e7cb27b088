"""Keeping a picture the office brought itself, with whose it is and why it may be shown."""

from datetime import datetime

from django.db import transaction

from saisaat.actions.compose import store_file
from saisaat.domain.cadence import local_day
from saisaat.domain.pictures import Rights, check_rights
from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.posters.pictures import clean_picture
from saisaat.records import audit
from saisaat.records.models import Media, OwnPicture, Person


def keep_picture(*, data: bytes, rights: Rights, person: Person, by: Actor, now: datetime) -> OwnPicture:
    """Check and re-encode the bytes of an upload, and keep them with their rights. Raises `Invalid` with the cure."""
    check_may(by, Deed.COMPOSE)
    check_rights(rights, local_day(now))
    clean = clean_picture(data)
    sha256 = store_file(clean)
    with transaction.atomic():
        media, _ = Media.everywhere.get_or_create(
            province_id=person.province_id,
            sha256=sha256,
            defaults={"content_type": "image/jpeg", "size": len(clean)},
        )
        kept = OwnPicture.everywhere.create(
            province_id=person.province_id,
            media=media,
            owner=rights.owner.strip(),
            licence=rights.licence,
            proof=rights.proof.strip(),
            taken_on=rights.taken_on,
            people=rights.people,
            consent=rights.consent.strip() if rights.people else "",
            added_by=person,
            added_at=now,
        )
        audit.append(by=by, action=f"{Deed.COMPOSE}.picture", row=kept, now=now, digest=sha256)
    return kept
