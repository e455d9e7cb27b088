"""Rehearses proposals under many seeds and checks the figures that a good season must have.

python -m benchmarks.rehearsals [--seeds 20] [FILE ...]   (default: the demonstration proposal)

Each season runs as a command of its own; the last line sums up. Ends with 1 when a season falls short.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LIMIT_SECONDS = 20.0
DEMONSTRATION = Path(__file__).parents[1] / "saisaat" / "data" / "demo-proposal.txt"


def faults(result: dict[str, Any]) -> list[str]:
    """What keeps a season from being whole; empty when nothing does."""
    delivered, tracking = result["deliveries"], result["tracking"]
    expected = delivered["due"] * delivered["groups"]
    checks = {
        "a week unmet": all(week["met"] for week in result["weeks"]),
        "a month unmet": all(month["met"] for month in result["months"]),
        "not everything sent": delivered["sent"] == expected,
        "missed": delivered["missed"] == 0,
        "double": delivered["double"] == 0,
        "uncertain or failed": delivered["uncertain"] == delivered["failed"] == 0,
        "not free": result["cost"]["baht"] == 0,
        "not closed": tracking["closed"] == tracking["publications"] == expected,
        "not announced": result["announced"],
    }
    return [name for name, good in checks.items() if not good]


def rehearse(file: Path, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "saisaat.config.main", "rehearse", str(file), "--seed", str(seed), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return dict(json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[DEMONSTRATION])
    parser.add_argument("--seeds", type=int, default=20)
    args = parser.parse_args()
    short, seconds = 0, []
    for file in args.files:
        for seed in range(1, args.seeds + 1):
            result = rehearse(file, seed)
            found = faults(result)
            short += bool(found)
            seconds.append(result["wall_seconds"])
            ways = ", ".join(f"{way} {count}" for way, count in result["ways"].items() if count)
            print(f"{file.name} seed {seed}: {seconds[-1]:.1f} s, {ways}; {', '.join(found) or 'whole'}", flush=True)
    slowest = max(seconds)
    print(f"{len(seconds)} seasons, {short} short, slowest {slowest:.1f} s beside a limit of {LIMIT_SECONDS:.0f} s")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
