from django.db import models
from django.db.models import Q

from saisaat.domain.content import How
from saisaat.records.base import ProvinceRow, one_of

SETTLED = How.SETTLED.value


class Correction(ProvinceRow):
    """A person's hand on a field of the document: corrected, filled in, or a question about it settled as it stands.

    `before_sealed` is the value it had, as JSON under the campaign's key. `question` is the id of a settled question.
    """

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=20)
    how = models.CharField(max_length=10)
    question = models.CharField(max_length=16, blank=True)
    before_sealed = models.BinaryField(null=True)
    person = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="correction_how_known", condition=one_of("how", How) & ~Q(how=How.READ.value)),
            models.CheckConstraint(
                name="correction_settles_a_question",
                condition=(Q(how=SETTLED) & ~Q(question="")) | (~Q(how=SETTLED) & Q(question="")),
            ),
        ]
