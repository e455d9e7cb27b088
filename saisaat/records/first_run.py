from django.db import models


class FirstRun(models.Model):
    """One row, while the folder has no owner: the hash of the link on the console that makes the first."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token_sha256 = models.CharField(max_length=64)

    everywhere = models.Manager()

    class Meta:
        default_manager_name = "everywhere"
        constraints = [models.CheckConstraint(name="first_run_one_row", condition=models.Q(id=1))]
