"""How well the comment classifier does, class by class: `python -m benchmarks.feedback`.

Two sets of labelled comments stand beside each other: those the words were chosen on, and those written afterwards and
never tuned on. Only the second says what to expect of a real group. The peer is the plain guess "always the commonest".
"""

from collections import Counter
from pathlib import Path
from time import perf_counter

from saisaat.domain.feedback import CommentKind, classify, needs_person

_DATA = Path(__file__).parent.parent / "tests" / "domain"
_SERIOUS = {CommentKind.CRITICISM, CommentKind.COMPLAINT}


def main() -> None:
    for name in ("tuning", "heldout"):
        rows = [line.split("\t") for line in (_DATA / f"feedback_{name}.tsv").read_text("utf-8").splitlines()]
        report(name, [(CommentKind(kind), text) for kind, text in rows])


def report(name: str, rows: list[tuple[CommentKind, str]]) -> None:
    start = perf_counter()
    guesses = [classify(text) for _, text in rows]
    each = (perf_counter() - start) / len(rows) * 1000
    pairs = [(kind, guess) for (kind, _), guess in zip(rows, guesses, strict=True)]
    right = sum(guess.kind is kind for kind, guess in pairs)
    sure = [(kind, guess) for kind, guess in pairs if not guess.unsure]
    sure_right = sum(guess.kind is kind for kind, guess in sure)
    commonest = Counter(kind for kind, _ in pairs).most_common(1)[0][1]
    serious = [guess for kind, guess in pairs if kind in _SERIOUS]
    seen = sum(needs_person(guess) for guess in serious)
    print(
        f"{name}: {right}/{len(rows)} right ({right / len(rows):.1%}); "
        f"always the commonest: {commonest / len(rows):.1%}"
    )
    print(f"  sure of {len(sure)}, right in {sure_right}; {each:.2f} ms a comment")
    print(f"  criticism and complaints put before a person: {seen}/{len(serious)}")
    for kind in CommentKind:
        of_kind = [guess for label, guess in pairs if label is kind]
        said = sum(guess.kind is kind for _, guess in pairs)
        hit = sum(guess.kind is kind for guess in of_kind)
        print(f"  {kind:<11} recall {hit:>2}/{len(of_kind):<2}  precision {hit:>2}/{said}")


if __name__ == "__main__":
    main()
