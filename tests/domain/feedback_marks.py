"""The labelled comments, and how well they are told apart. For the tests and the benchmark.

Rows are kind, text and, of what is no text, the message type, with tabs between. The held-out half was written before
the words were chosen for the other half; its mistakes are counted, not read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from saisaat.domain.feedback import PRESSING, CommentKind, Guess, classify, needs_person

HERE = Path(__file__).parent
HALVES = ("tuning", "heldout")
PRESSING_GOAL, COURTEOUS_GOAL, SURE_GOAL = 0.95, 0.98, 0.95
COURTEOUS = (CommentKind.ACK, CommentKind.GREETING, CommentKind.STICKER)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A comment, what it is, and the message it came in."""

    kind: CommentKind
    text: str
    message_type: str


def labelled(half: str) -> list[Labelled]:
    lines = (HERE / f"feedback_{half}.tsv").read_text("utf-8").splitlines()
    cells = ([*line.split("\t"), "text"] for line in lines)
    return [Labelled(CommentKind(kind), text, message_type) for kind, text, message_type, *_ in cells]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part}/{self.whole}" + (f" = {float(self):.3f}" if self.whole else "")

    def __float__(self) -> float:
        return self.part / self.whole if self.whole else 1.0


def share(rows: Sequence[bool]) -> Share:
    return Share(sum(rows), len(rows))


@dataclass(frozen=True, slots=True)
class Marks:
    """What is, beside what was guessed."""

    pairs: Sequence[tuple[CommentKind, Guess]]

    @property
    def right(self) -> Share:
        return share([guess.kind is kind for kind, guess in self.pairs])

    @property
    def sure(self) -> Share:
        """Right among the guesses that call themselves sure."""
        return share([guess.kind is kind for kind, guess in self.pairs if not guess.unsure])

    @property
    def put_before_a_person(self) -> Share:
        """Criticism and complaints that a person sees as such, or as unsure."""
        return share([needs_person(guess) for kind, guess in self.pairs if kind in PRESSING])

    @property
    def named_as_pressing(self) -> Share:
        """Criticism and complaints guessed as one of the two, or so unsure that one of the two may hide in it."""
        return share([guess.may_press for kind, guess in self.pairs if kind in PRESSING])

    @property
    def burden(self) -> Share:
        """Other comments that a person has to look at as well."""
        return share([needs_person(guess) for kind, guess in self.pairs if kind not in PRESSING])

    def recall(self, kind: CommentKind) -> Share:
        return share([guess.kind is kind for is_kind, guess in self.pairs if is_kind is kind])

    def precision(self, kind: CommentKind, *, sure: bool = False) -> Share:
        """Of what was guessed to be `kind`; `sure`: without what goes to a person as unsure."""
        return share(
            [is_kind is kind for is_kind, guess in self.pairs if guess.kind is kind and not (sure and guess.unsure)]
        )


def marks(rows: Sequence[Labelled]) -> Marks:
    return Marks([(row.kind, classify(row.text, message_type=row.message_type)) for row in rows])
