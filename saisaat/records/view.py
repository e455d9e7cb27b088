from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow


class View(ProvinceRow):
    """Somebody whom LINE vouched for opened a publication's page from its group's link; once a person.

    `who` is the keyed hash of the LINE user, the same as under a press or a quote. Whether that is somebody of the
    office says `LineIdentity`. It is empty once the person had themselves erased: what is left is a count. `hour` is
    that of the first opening.
    """

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, related_name="views")
    who = models.CharField(max_length=64, blank=True)
    hour = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        indexes = [models.Index(fields=["who"], name="view_by_reader")]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "who"], condition=~Q(who=""), name="view_once_a_person")
        ]
