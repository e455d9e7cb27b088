from django.db import models
from django.db.models import Q

from saisaat.records.base import ProvinceRow, RandomId, one_of


class StaffUpload(RandomId, ProvinceRow):
    """A staff list between its preview and its import. It is kept for an hour, then the row and its key are deleted.

    Only the text of the cells is kept, sealed (`tables_sealed`), not the file. `choices` says how the columns are
    understood and what was answered, by line numbers and ids. Once confirmed, `steps_sealed` is what will be written,
    `done` how many of the `total` steps are.
    """

    class State(models.TextChoices):
        OPEN = "open", "รอยืนยัน"
        RUNNING = "running", "กำลังนำเข้า"
        DONE = "done", "นำเข้าแล้ว"

    by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    tables_sealed = models.BinaryField(null=True)
    steps_sealed = models.BinaryField(null=True)
    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    plan_sha256 = models.CharField(max_length=64, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(
                name="staff_upload_known_state", condition=one_of("state", ("open", "running", "done"))
            ),
            models.CheckConstraint(name="staff_upload_no_more_than_all", condition=Q(done__lte=models.F("total"))),
            # Two lists at once could add the same person twice, each having looked before the other wrote.
            models.UniqueConstraint(
                fields=["province"], condition=Q(state="running"), name="staff_upload_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["touched_at"], name="staff_upload_age")]
