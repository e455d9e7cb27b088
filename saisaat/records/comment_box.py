from django.db import models

from saisaat.records.base import ProvinceRow, RandomId


class CommentBox(ProvinceRow):
    """Where a province's comments without a name wait for their batch. `opened_on` is its latest opening day."""

    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()

    class Meta(ProvinceRow.Meta):
        constraints = [models.UniqueConstraint(fields=["province"], name="comment_box_once")]


class WaitingSlot(RandomId, ProvinceRow):
    """A place in the box: a sealed comment or sealed nothing, both of one size.

    All slots of a box are written anew at every full hour, in random order with random ids and fresh ciphertext,
    whether anything came or not. So neither a row nor its change tells whether, when or where somebody wrote.
    """

    box = models.ForeignKey(CommentBox, on_delete=models.CASCADE, related_name="slots")
    sealed = models.BinaryField()
