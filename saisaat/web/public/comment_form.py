"""What the place for comments on an item's page needs to know: the two ways, by name and without."""

from dataclasses import dataclass

from django.urls import reverse

from saisaat.domain.anonymity import LONGEST
from saisaat.queries import boxes, desk
from saisaat.queries.publication import PublicItem
from saisaat.records import clock
from saisaat.web.public.places import Place


@dataclass(frozen=True, slots=True)
class CommentForm:
    """`named` is where a comment with a name goes, empty where LINE vouches for nobody; `shown_to` are the posts of
    those who will read the name. `unnamed` is the page without names, empty once the campaign takes none.
    """

    named: str
    shown_to: list[str]
    unnamed: str
    longest: int = LONGEST


def comment_form(shown: PublicItem, place: Place) -> CommentForm | None:
    """The form for the page at `place`; None on the QR code's page, which takes no comments."""
    if shown.delivery is None:
        return None
    vouched = bool(place.channel)
    takes_unnamed = boxes.is_open(shown.item.campaign, clock.now())
    return CommentForm(
        named=place.to("comment") if vouched else "",
        shown_to=desk.posts_that_answer(str(shown.item.province_id)) if vouched else [],
        unnamed=reverse("anonymous", args=[place.slug, place.code]) if takes_unnamed else "",
    )
