"""What a reviewer fills in. Whether it suffices is the domain's to say; here it is only read."""

from django import forms

from saisaat.domain.reviewing import CHECKLIST, comment_of, ticked
from saisaat.web.review.words import POINTS, REASONS


class Checklist(forms.Form):
    """The points ticked. Unknown ones are dropped: a form can only tick what is asked."""

    points = forms.MultipleChoiceField(
        required=False,
        choices=[(str(point), POINTS[point]) for point in CHECKLIST],
        widget=forms.CheckboxSelectMultiple,
    )

    def ticked(self) -> dict[str, bool]:
        return ticked(self.data.getlist("points") if hasattr(self.data, "getlist") else ())


class Decision(Checklist):
    """A verdict on one story: the version seen, the points, the reasons chosen, the comment typed."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    reasons = forms.MultipleChoiceField(
        required=False, choices=list(REASONS.items()), widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(required=False, widget=forms.Textarea)

    @property
    def seen_sha256(self) -> str:
        return str(self.data.get("seen", ""))

    @property
    def typed(self) -> str:
        return str(self.data.get("note", ""))

    def chosen(self) -> list[str]:
        """The codes of the reasons chosen, in the table's order."""
        given = set(self.data.getlist("reasons")) if hasattr(self.data, "getlist") else set()
        return [code for code in REASONS if code in given]

    def comment(self) -> str:
        """The comment that these make together. Raises `Invalid` where it says nothing or too much."""
        return comment_of([str(REASONS[code]) for code in self.chosen()], self.typed)
