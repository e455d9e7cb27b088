"""Looking for an office's words in a short Thai comment, whatever its spelling, without a model.

Text and phrases are folded alike: tone marks fall away and letters of one sound become one, since that is how Thai is
mistyped on a phone. A phrase so short that folding would make it another word must stand as it is written. A phrase
never begins or ends inside a letter cluster.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from saisaat.domain.thai import normalise, to_arabic_digits

LONGEST_READ = 2000
"""Characters looked at; a comment says what it is long before."""

LAUGHTER = re.compile(r"5{3,}\+*|(?:ฮ่?า+ ?ๆ? ?){2,}|ฮ่?า{3,}|(?:ha){2,}|ฮ่า ๆ+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_NOT_WORDS = re.compile(r"[^\w\u0e00-\u0e7f?.+]+|_+|ๆ|\.{2,}")
_FOLDED = str.maketrans("ณศษฎฏฐฑฒธภญฬใ", "นสสดตถทททพยลไ", "่้๊๋็์ํฺ๎")
_LEADING = frozenset("เแโใไ")
_TRAILING = frozenset("ะัาำิีึืุูๅ")
_CLAUSE_ENDS = re.compile("(?:นะ)?(?:คะ(?!แนน)|ครับ|คับ|จา)")
_GAP = ".{0,30}?"
_EXACT_UP_TO = 3
"""Letters of a folded phrase that must be spelled exactly: "ไหม" and "ใหม่" would fold alike."""


@dataclass(frozen=True, slots=True)
class Read:
    """A comment ready to be looked at. `folded[i]` comes from `plain[places[i]]`."""

    plain: str
    folded: str
    places: tuple[int, ...]


def read(text: str) -> Read:
    """Without laughter, spaces, ๆ, emoji and drawn-out letters; both as spelled and folded."""
    plain = LAUGHTER.sub("", to_arabic_digits(normalise(text[:LONGEST_READ]).lower()))
    plain = _DRAWN_OUT.sub(r"\1", _NOT_WORDS.sub("", plain))
    kept = [(place, letter) for place, one in enumerate(plain) for letter in one.translate(_FOLDED)]
    return Read(plain, "".join(letter for _, letter in kept), tuple(place for place, _ in kept))


def fold(phrase: str) -> str:
    return phrase.lower().translate(_FOLDED)


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase ready to be looked for. `head` is its text, or what stands before the first gap. Kind "": no kind."""

    phrase: str
    kind: str
    weight: int
    head: str
    first: bool
    last: bool
    gapped: re.Pattern[str] | None

    def end_at(self, text: Read, place: int) -> int:
        """Where the phrase ends if it stands at `place`, else 0."""
        if (self.first and place) or not text.folded.startswith(self.head, place):
            return 0
        match = self.gapped.match(text.folded, place) if self.gapped else None
        end = match.end() if match else 0 if self.gapped else place + len(self.head)
        if not end:
            return 0
        whole = end == len(text.folded)
        if not whole and (text.folded[end] in _TRAILING or (self.last and not _CLAUSE_ENDS.match(text.folded, end))):
            return 0
        if not self.gapped and len(self.head) <= _EXACT_UP_TO:
            spelled = text.plain[text.places[place] : len(text.plain) if whole else text.places[end]]
            return end if spelled == self.phrase else 0
        return end


def cue(phrase: str, kind: str, weight: int) -> Cue:
    """Read a phrase in the form that `domain.feedback_words` describes."""
    shown = phrase.removeprefix("^").removesuffix("$")
    parts = [fold(part) for part in shown.split("…")]
    gapped = re.compile(_GAP.join(map(re.escape, parts))) if len(parts) > 1 else None
    return Cue(shown, kind, weight, parts[0], phrase.startswith("^"), phrase.endswith("$"), gapped)


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase met in a comment, from `place` to before `end` of the folded text."""

    cue: Cue
    place: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Phrases by kind and weight. Their form: `domain.feedback_words`."""

    words: Mapping[str, Mapping[int, str]]

    @cached_property
    def by_first_letter(self) -> Mapping[str, list[Cue]]:
        """Longer before shorter, gapped before whole: the order in which they are tried at a place."""
        cues = [
            cue(phrase, kind, weight)
            for kind, by_weight in self.words.items()
            for weight, phrases in by_weight.items()
            for phrase in phrases.split()
        ]
        cues.sort(key=lambda one: (-len(one.head), one.gapped is None, -len(one.phrase)))
        found: dict[str, list[Cue]] = {}
        for one in cues:
            found.setdefault(one.head[0], []).append(one)
        return found

    def find(self, text: Read) -> list[Found]:
        """The phrases met from left to right without overlap."""
        found = []
        place = 0
        while place < len(text.folded):
            end = place + 1
            if not place or text.folded[place - 1] not in _LEADING:
                ends = ((one, one.end_at(text, place)) for one in self.by_first_letter.get(text.folded[place], ()))
                met = next(((one, end) for one, end in ends if end), None)
                if met is not None:
                    found.append(Found(met[0], place, met[1]))
                    end = met[1]
            place = end
        return found

    def changed(self, added: Iterable[tuple[str, int, str]], taken_out: Iterable[tuple[str, str]]) -> "Lexicon":
        """With an office's own phrases (kind, weight, phrase), and without those of (kind, phrase) it does not want.

        An added phrase that stands here already gets the new weight.
        """
        added = list(added)
        gone = set(taken_out) | {(kind, phrase) for kind, _, phrase in added}
        words: dict[str, dict[int, str]] = {
            kind: {
                weight: " ".join(phrase for phrase in phrases.split() if (kind, phrase) not in gone)
                for weight, phrases in by_weight.items()
            }
            for kind, by_weight in self.words.items()
        }
        for kind, weight, phrase in added:
            by_weight = words.setdefault(kind, {})
            by_weight[weight] = f"{by_weight.get(weight, '')} {phrase}"
        return Lexicon(words)

    def weight(self, kind: str, phrase: str) -> int:
        """The weight of a phrase in a kind, 0 where it does not stand."""
        found = (weight for weight, phrases in self.words.get(kind, {}).items() if phrase in phrases.split())
        return next(found, 0)
