from django.db import models
from django.db.models import F, Q

from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.reviewing import CHECKLIST
from saisaat.records.base import ProvinceRow, RandomId, one_of, random_id


class Topic(ProvinceRow):
    """A point of the knowledge bank as this province holds it; `code` is the bank's own id (KB001)."""

    code = models.CharField(max_length=20)
    topic = models.CharField(max_length=100)
    headline = models.CharField(max_length=200)
    body = models.CharField(max_length=600)
    law = models.CharField(max_length=300, blank=True)
    section = models.CharField(max_length=100, blank=True)
    verified = models.CharField(max_length=10)
    applies_to = models.JSONField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    publishable = models.BooleanField()
    cite_check = models.BooleanField()
    tags = models.JSONField(default=list)

    class Meta(ProvinceRow.Meta):
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["province", "code"], name="topic_code_once")]


class Media(RandomId, ProvinceRow):
    """A file in the data folder's media/, named by its SHA-256. Two items may show the same bytes."""

    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)

    class Meta(ProvinceRow.Meta):
        constraints = [models.UniqueConstraint(fields=["province", "sha256"], name="media_bytes_once")]


class Item(RandomId, ProvinceRow):
    """One story: a poster, a clip, or the announcement of the plan.

    `canonical` is the message as approved, in the channel's own objects as canonical JSON with the placeholders
    {base}, {page}, {group} and {delivery}. `sha256` fixes it together with the media bytes and the `quiz` (see
    `domain.quiz`; empty where there is none); `approved_sha256` is set only while that very hash is approved. `slug` is
    the stable path in the QR code. `spec` is what a poster was drawn from.
    """

    campaign = models.ForeignKey("records.Campaign", on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=12)
    slug = models.CharField(max_length=16, unique=True, default=random_id)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="items")
    style = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField()
    alt = models.CharField(max_length=1500)
    citation = models.CharField(max_length=400, blank=True)
    picture = models.ForeignKey(Media, on_delete=models.PROTECT, null=True, related_name="+")
    preview = models.ForeignKey(Media, on_delete=models.PROTECT, null=True, related_name="+")
    clip = models.JSONField(default=dict)
    spec = models.JSONField(default=dict)
    quiz = models.JSONField(default=dict)
    own_picture = models.ForeignKey("records.OwnPicture", on_delete=models.PROTECT, null=True, related_name="items")
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, default=ItemStatus.DRAFT)
    approved_sha256 = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        indexes = [models.Index(fields=["province", "-created_at"], name="item_latest")]
        constraints = [
            models.CheckConstraint(name="item_kind_known", condition=one_of("kind", ItemKind)),
            models.CheckConstraint(name="item_status_known", condition=one_of("status", ItemStatus)),
            models.CheckConstraint(
                name="item_approved_is_this_hash",
                condition=Q(status=ItemStatus.APPROVED, approved_sha256=F("sha256"))
                | (~Q(status=ItemStatus.APPROVED) & Q(approved_sha256="")),
            ),
            models.CheckConstraint(
                name="item_poster_has_picture",
                condition=~Q(kind=ItemKind.POSTER) | Q(picture__isnull=False, preview__isnull=False),
            ),
            models.CheckConstraint(name="item_has_alt_and_text", condition=~Q(alt="") & ~Q(text="")),
        ]


def _vouched_for() -> Q:
    """Every point is there and true: a point that is absent would make its comparison NULL, which a CHECK lets pass."""
    condition = Q()
    for point in CHECKLIST:
        condition &= Q(checklist__has_key=str(point)) & Q(**{f"checklist__{point}": True})
    return condition


class Review(RandomId, ProvinceRow):
    """A reviewer's word on one exact hash of an item. The author may not be the reviewer.

    `checklist` holds each point of `domain.reviewing.CHECKLIST` and whether it was ticked; an approval has them all.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="reviews")
    sha256 = models.CharField(max_length=64)
    author = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    checklist = models.JSONField(default=dict)
    decided_at = models.DateTimeField()

    class Meta(ProvinceRow.Meta):
        constraints = [
            models.CheckConstraint(name="review_by_another", condition=~Q(author=F("reviewer"))),
            models.CheckConstraint(name="review_rejection_has_note", condition=Q(approved=True) | ~Q(note="")),
            models.CheckConstraint(name="review_approval_is_whole", condition=Q(approved=False) | _vouched_for()),
        ]
