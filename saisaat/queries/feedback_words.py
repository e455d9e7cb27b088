"""The words by which an office's comments are told apart: the program's, with the office's changes."""

from dataclasses import dataclass
from functools import lru_cache

from saisaat.domain.feedback import DEFAULT_LEXICON, CommentKind, Guess, classify
from saisaat.domain.feedback_lexicon import Lexicon
from saisaat.domain.feedback_phrases import OUT, Change, lexicon_with
from saisaat.records.models import FeedbackPhrase


def own_phrases(province: str) -> list[FeedbackPhrase]:
    """What the office added and took out, by kind."""
    return list(FeedbackPhrase.of(province))


def changes_of(province: str) -> tuple[Change, ...]:
    rows = FeedbackPhrase.of(province).order_by("kind", "phrase").values_list("kind", "phrase", "weight")
    return tuple(Change(CommentKind(kind), phrase, weight) for kind, phrase, weight in rows)


# Kept by what the changes are, not by whose: one office never sees another's, and no process an old list.
_lexicon = lru_cache(maxsize=100)(lexicon_with)


def lexicon_of(province: str) -> Lexicon:
    """The words as they stand now."""
    return _lexicon(changes_of(province))


def guess_at(province: str, text: str, message_type: str = "text") -> Guess:
    """What a comment to this office is, by its words."""
    return classify(text, message_type=message_type, lexicon=lexicon_of(province))


@dataclass(frozen=True, slots=True)
class ListedPhrase:
    """A phrase of the program's; `out`: this office does not want it."""

    kind: CommentKind
    phrase: str
    weight: int
    out: bool


def built_in(province: str, kind: CommentKind, looked_for: str = "") -> list[ListedPhrase]:
    """The program's phrases of a kind that hold `looked_for`, the heavy ones first."""
    out = {change.phrase for change in changes_of(province) if change.kind is kind and change.weight == OUT}
    return [
        ListedPhrase(kind, phrase, weight, phrase in out)
        for weight, phrases in sorted(DEFAULT_LEXICON.words.get(kind, {}).items(), reverse=True)
        for phrase in sorted(phrases.split())
        if looked_for in phrase
    ]
