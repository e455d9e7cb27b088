"""Calls and their ends, for the tests of delivering and settling."""

from datetime import timedelta

from saisaat.actions import deliver
from saisaat.actions.connect import keep_quota_reading
from saisaat.domain.delivery import Outcome, State
from saisaat.domain.messages import QuotaReading, Receipt, SentMessage
from saisaat.records.models import (
    Attempt,
)
from tests.actions.stage import SECOND, WORKER, Stage
from tests.factories import NOW

MINUTE = timedelta(minutes=1)
RECEIPT = Receipt("request-1", (SentMessage("m1", "q1"), SentMessage("m2")))
S = State


def read_quota(stage: Stage, limit: int | None = 300, used: int = 0) -> None:
    keep_quota_reading(channel=stage.channel, reading=QuotaReading(limit, used, NOW))


def fail(stage: Stage, attempt: Attempt, outcome: Outcome, retried: bool = False, after: timedelta = SECOND) -> bool:
    return deliver.record_failure(
        attempt_id=attempt.pk, outcome=outcome, detail="LINE's word", retried=retried, now=NOW + after, by=WORKER
    )
