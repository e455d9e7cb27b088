from django.db import models
from django.db.models import F, Q

from saisaat.domain.delivery import Outcome, State, Way
from saisaat.records.base import ProvinceRow, RandomId, all_or_none, one_of

_NEEDS_APPROVAL = [State.ARMED, State.SENDING, State.UNCERTAIN, State.SENT, State.CLOSED]


class Delivery(RandomId, ProvinceRow):
    """One plan entry into one group: the queue, and the truth. A trigger refuses to send what was not approved."""

    entry = models.ForeignKey("records.PlanEntry", on_delete=models.CASCADE, related_name="deliveries")
    group = models.ForeignKey("records.Group", on_delete=models.PROTECT, related_name="deliveries")
    topic = models.ForeignKey("records.Topic", on_delete=models.PROTECT, null=True, related_name="+")
    style = models.CharField(max_length=40, blank=True)
    reuse_note = models.CharField(max_length=300, blank=True)
    item = models.ForeignKey("records.Item", on_delete=models.PROTECT, null=True, related_name="deliveries")
    approved_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, default=State.PLANNED)
    reason = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField()
    deadline = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    way = models.CharField(max_length=10, null=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    talked_over = models.BooleanField(default=False)
    """Something else was said in the group since it was sent: an unquoted "รับทราบ" may be meant for that."""

    class Meta(ProvinceRow.Meta):
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "group"], name="delivery_once_a_group"),
            models.CheckConstraint(name="delivery_state_known", condition=one_of("state", State)),
            models.CheckConstraint(
                name="delivery_live_is_approved",
                condition=~Q(state__in=_NEEDS_APPROVAL) | (Q(item__isnull=False) & ~Q(approved_sha256="")),
            ),
            models.CheckConstraint(name="delivery_sent_whole", condition=all_or_none("sent_at", "way")),
            models.CheckConstraint(
                name="delivery_sent_state",
                condition=Q(state__in=[State.SENT, State.CLOSED], sent_at__isnull=False)
                | (~Q(state__in=[State.SENT, State.CLOSED]) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="delivery_closed_state",
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(name="delivery_deadline_after_due", condition=Q(deadline__gt=F("due_at"))),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_by_state"),
            models.Index(fields=["group", "state", "due_at"], name="delivery_by_group"),
            # Without it SQLite looks for an entry's deliveries among those of all provinces in that state.
            models.Index(fields=["entry", "state"], name="delivery_by_entry"),
        ]


class Attempt(ProvinceRow):
    """One try to send a delivery, written before the call. `mark` goes out in the buttons; an echo brings it back.

    `body` is the exact request; `token_sha256` is the digest of a reply token, `retry_key` a push's key: one of them is
    set. `token` is the token itself, kept only until the attempt is finished. `calls` counts calls begun. An attempt
    without `finished_at` is one whose end is not known yet.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    no = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=24, unique=True)
    way = models.CharField(max_length=10)
    token_sha256 = models.CharField(max_length=64, null=True, unique=True)
    token = models.CharField(max_length=1000, blank=True)
    token_at = models.DateTimeField(null=True)
    retry_key = models.UUIDField(null=True, unique=True)
    heads = models.PositiveIntegerField(default=0)
    body = models.TextField()
    body_sha256 = models.CharField(max_length=64)
    canonical_sha256 = models.CharField(max_length=64)
    worker = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    calls = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=14, null=True)
    detail = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=100, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(ProvinceRow.Meta):
        ordering = ["no"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "no"], name="attempt_no_once"),
            models.CheckConstraint(name="attempt_way_known", condition=one_of("way", Way)),
            models.CheckConstraint(
                name="attempt_outcome_known", condition=Q(outcome__isnull=True) | one_of("outcome", Outcome)
            ),
            models.CheckConstraint(
                name="attempt_key_fits_way",
                condition=Q(way__in=[Way.PIGGYBACK, Way.DUTY], token_sha256__isnull=False, retry_key__isnull=True)
                | Q(way=Way.PUSH, token_sha256__isnull=True, retry_key__isnull=False)
                | Q(way=Way.RELAY, token_sha256__isnull=True, retry_key__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(finished_at__isnull=True), name="attempt_one_open_a_delivery"
            ),
        ]


class SentMessage(ProvinceRow):
    """A message the channel accepted: its id ties quotes, unsends and echoes to the publication."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="sent_messages")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="sent_messages")
    message_id = models.CharField(max_length=100, unique=True)
    quote_token = models.CharField(max_length=1000, blank=True)

    class Meta(ProvinceRow.Meta):
        pass
