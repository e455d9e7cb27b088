from django.db import models
from django.db.models import F, Q

from saisaat.domain.staff import Began, Ended
from saisaat.records.base import ProvinceRow, one_of
from saisaat.records.person import Person


class Posting(ProvinceRow):
    """A time somebody held one post in one office. Rows are added and ended, never rewritten.

    The running one has no end; `starts_on` is null where nobody knows when it began. The present and the last posting
    are mirrored in the person's own row.
    """

    person = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="postings")
    office = models.ForeignKey("records.Office", on_delete=models.PROTECT, related_name="+")
    staff_type = models.CharField(max_length=12, choices=Person.StaffType)
    position = models.CharField(max_length=200)
    level = models.CharField(max_length=200, blank=True)
    began = models.CharField(max_length=12)
    starts_on = models.DateField(null=True)
    ended = models.CharField(max_length=12, blank=True)
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(name="posting_known_beginning", condition=one_of("began", Began)),
            models.CheckConstraint(
                name="posting_ended_with_a_day",
                condition=Q(ended="", ends_on__isnull=True) | (one_of("ended", Ended) & Q(ends_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="posting_ends_after_it_began",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(ended=""), name="posting_one_at_a_time"),
        ]
