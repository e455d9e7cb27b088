from typing import Any

from django.db import models
from django.db.models import Q

from saisaat.domain.feedback import CommentKind
from saisaat.records.base import ProvinceRow, RandomId, all_or_none, one_of
from saisaat.records.group import Group


class TapCount(ProvinceRow):
    """Openings of a publication's page from its group's link, by hour. Taps, never people: nobody is known here."""

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, related_name="taps")
    hour = models.DateTimeField()
    taps = models.PositiveIntegerField()

    class Meta(ProvinceRow.Meta):
        constraints = [models.UniqueConstraint(fields=["delivery", "hour"], name="tap_count_once_an_hour")]


class Press(ProvinceRow):
    """A button under a publication. `who` is a keyed hash, empty where the channel did not say who pressed."""

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, related_name="+")
    who = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    event_id = models.CharField(max_length=100, unique=True)

    class Meta(ProvinceRow.Meta):
        abstract = True


class Acknowledgement(Press):
    """รับทราบ: evidence of receipt, not of approval. One a person and publication."""

    class Meta(Press.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["delivery", "who"], condition=~Q(who=""), name="acknowledgement_once")
        ]


class NearAcknowledgement(Press):
    """An acknowledgement said in the group after a publication without quoting it: taken to be meant, not proved.

    Never added to the proved ones. The rule: `domain.intake.meant_for`. One a person and publication.
    """

    class Meta(Press.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["delivery", "who"], condition=~Q(who=""), name="near_acknowledgement_once")
        ]


class Reaction(Press):
    """ชอบ. One a person and publication."""

    class Meta(Press.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["delivery", "who"], condition=~Q(who=""), name="reaction_once")]


class Comment(RandomId, ProvinceRow):
    """What somebody said about a publication, by quoting it or on its page.

    Without a name (`PAGE`): no `who`, `day` is the day its batch was opened, and its author chose whether it says which
    publication it is about. Where it does not, `campaign` and perhaps `group` are all that is known of its place.
    `receipt` is the keyed hash of the code with which its author reads the answer. With a name (`NAMED`) the name is
    sealed like the text. `guess` is the machine's word, `kind` a person's. The text is sealed under a class key of its
    month: shredding that key erases it. What is hidden is shown to nobody until it is shown again.
    """

    class Origin(models.TextChoices):
        QUOTE = "quote", "ตอบโดยอ้างถึงในกลุ่ม"
        PAGE = "page", "หน้าเว็บ (ไม่ระบุตัวตน)"
        NAMED = "named", "หน้าเว็บ (บอกชื่อ)"

    delivery = models.ForeignKey("records.Delivery", on_delete=models.CASCADE, null=True, related_name="comments")
    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey("records.Group", on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin)
    who = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    message_id = models.CharField(max_length=100, null=True, unique=True)
    text_sealed = models.BinaryField(null=True)
    name_sealed = models.BinaryField(null=True)
    receipt = models.CharField(max_length=64, null=True, unique=True)
    key = models.ForeignKey("records.SealingKey", on_delete=models.PROTECT, related_name="+")
    guess = models.CharField(max_length=12)
    confidence = models.FloatField()
    kind = models.CharField(max_length=12, blank=True)
    confirmed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    owner = models.ForeignKey("records.Person", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hidden_reason = models.CharField(max_length=300, blank=True)

    class Meta(ProvinceRow.Meta):
        ordering = ["day", "id"]
        constraints = [
            models.CheckConstraint(name="comment_guess_known", condition=one_of("guess", CommentKind)),
            models.CheckConstraint(name="comment_kind_known", condition=Q(kind="") | one_of("kind", CommentKind)),
            models.CheckConstraint(
                name="comment_page_is_anonymous",
                condition=~Q(origin="page") | Q(who="", message_id=None, name_sealed=None),
            ),
            models.CheckConstraint(
                name="comment_has_a_place",
                condition=Q(delivery__isnull=False, campaign=None, group=None)
                | Q(delivery=None, campaign__isnull=False, origin="page"),
            ),
            models.CheckConstraint(name="comment_receipt_is_of_page", condition=Q(receipt=None) | Q(origin="page")),
            models.CheckConstraint(
                name="comment_name_is_of_named", condition=Q(name_sealed=None) | Q(origin="named", message_id=None)
            ),
            models.CheckConstraint(
                name="comment_hidden_whole",
                condition=(Q(hidden_reason="") & Q(hidden_at=None, hidden_by=None))
                | (~Q(hidden_reason="") & Q(hidden_at__isnull=False, hidden_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="comment_confirmation_whole", condition=all_or_none("confirmed_by", "confirmed_at")
            ),
            models.CheckConstraint(name="comment_end_whole", condition=all_or_none("ended_by", "ended_at")),
            models.CheckConstraint(name="comment_answer_whole", condition=all_or_none("answered_by", "answered_at")),
        ]

    @property
    def said_in(self) -> Group | None:
        """The group it came from, where that is told."""
        return self.delivery.group if self.delivery is not None else self.group

    @staticmethod
    def in_campaign(campaign: Any) -> Q:
        """A condition: comments of `campaign`, whether or not they tell their publication. None has no comments."""
        if campaign is None:
            return Q(pk__in=[])
        return Q(delivery__entry__campaign=campaign) | Q(campaign=campaign)


class Closeout(ProvinceRow):
    """The end of a publication: a view figure or why there is none, and a comment record even if it says none."""

    delivery = models.OneToOneField("records.Delivery", on_delete=models.CASCADE, related_name="closeout")
    taps = models.PositiveIntegerField(null=True)
    readers_told = models.PositiveIntegerField(null=True)
    """The last "อ่านแล้ว N" that an officer entered: told, not proved."""
    no_figure_reason = models.CharField(max_length=300, blank=True)
    acknowledgements = models.PositiveIntegerField()
    reactions = models.PositiveIntegerField()
    comments = models.PositiveIntegerField()
    comment_record = models.CharField(max_length=500)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(
                name="closeout_figure_or_reason",
                condition=Q(taps__isnull=False, no_figure_reason="") | (Q(taps__isnull=True) & ~Q(no_figure_reason="")),
            ),
            models.CheckConstraint(name="closeout_has_comment_record", condition=~Q(comment_record="")),
        ]
