"""How well the comment classifier does, class by class: `python -m benchmarks.feedback`.

Two halves of labelled comments stand beside each other: those the words were chosen on, and those written before that
and never tuned on. Only the second says what to expect of a real group, and it too was written at a desk. The peer is
the plain guess "always the commonest".
"""

from collections import Counter
from time import perf_counter

from saisaat.domain.feedback import CommentKind
from tests.domain.feedback_marks import (
    COURTEOUS,
    COURTEOUS_GOAL,
    HALVES,
    PRESSING_GOAL,
    SURE_GOAL,
    Labelled,
    Share,
    labelled,
    marks,
)


def main() -> None:
    for half in HALVES:
        report(half, labelled(half))


def report(half: str, rows: list[Labelled]) -> None:
    start = perf_counter()
    told = marks(rows)
    each = (perf_counter() - start) / len(rows) * 1000
    commonest = Counter(row.kind for row in rows).most_common(1)[0][1]
    print(f"{half}: {told.right} right; always the commonest: {commonest / len(rows):.3f}; {each:.2f} ms a comment")
    print(f"  {'':<11} {'recall':>16} {'precision':>16} {'precision, sure':>16}")
    for kind in CommentKind:
        found, said, surely = told.recall(kind), told.precision(kind), told.precision(kind, sure=True)
        print(f"  {kind:<11} {found!s:>16} {said!s:>16} {surely!s:>16}")
    print(f"  criticism and complaints named as such or perhaps: {told.named_as_pressing}")
    print(f"  other comments a person has to look at: {told.burden}")
    goal("criticism and complaints put before a person", told.put_before_a_person, PRESSING_GOAL)
    goal("right where sure", told.sure, SURE_GOAL)
    for kind in COURTEOUS:
        goal(f"precision of {kind} where sure", told.precision(kind, sure=True), COURTEOUS_GOAL)


def goal(what: str, reached: Share, wanted: float) -> None:
    print(f"  goal: {what} >= {wanted:.2f}: {reached}, {'met' if float(reached) >= wanted else 'NOT MET'}")


if __name__ == "__main__":
    main()
