from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId


class OwnPicture(RandomId, ProvinceRow):
    """A picture the office brought itself: the re-encoded bytes, whose they are, and by what right they are shown.

    `licence` is a key of `domain.pictures.Licence`, `proof` what it rests on. `people`: recognisable persons are on it;
    `consent` then says how they agreed. `taken_on` is the day the picture was taken or obtained.
    """

    media = models.ForeignKey("records.Media", on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=80)
    licence = models.CharField(max_length=20)
    proof = models.CharField(max_length=300)
    taken_on = models.DateField()
    people = models.BooleanField()
    consent = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        indexes = [models.Index(fields=["province", "-added_at"], name="own_picture_latest")]
        constraints = [
            models.CheckConstraint(
                name="own_picture_has_rights", condition=~Q(owner="") & ~Q(licence="") & ~Q(proof="")
            ),
            models.CheckConstraint(
                name="own_picture_people_agreed",
                condition=Q(people=False, consent="") | (Q(people=True) & ~Q(consent="")),
            ),
        ]
