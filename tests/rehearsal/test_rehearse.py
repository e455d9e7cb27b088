"""`saisaat rehearse` as a user runs it: what it prints, what it leaves, what it refuses."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.faults.serve_stage import ROOT, TWO_WEEKS, saisaat

DEMONSTRATION = ROOT / "saisaat" / "data" / "demo-proposal.txt"
REFERENCE = ROOT.parent / "shared" / "inputs" / "nakhon-sawan-2563.txt"
THAI = range(0x0E00, 0x0E80)

Played = dict[str, Any]


def rehearse(*arguments: str | Path) -> Played:
    """The outcome, after the checks that hold for every season whatever its crowd."""
    done = saisaat("rehearse", "--json", *arguments, seconds=400)
    assert (done.returncode, done.stderr) == (0, "")
    played: Played = json.loads(done.stdout)
    assert played["deliveries"]["double"] == 0
    assert played["cost"]["baht"] == 0 and played["cost"]["messages_counted"] == 0
    return played


def figures(played: Played) -> Played:
    """What a seed decides: not how long it took, nor where the report lies."""
    return {key: value for key, value in played.items() if key not in {"wall_seconds", "report"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rehearsal") / "data"


@pytest.fixture(scope="module")
def quiet(folder: Path) -> Played:
    """Two weeks as they come by default, left in `folder`."""
    return rehearse(TWO_WEEKS, "--out", folder)


@pytest.fixture(scope="module")
def dead() -> Played:
    """Nobody speaks and nobody is on duty: there is no free way out."""
    return rehearse(TWO_WEEKS, "--crowd", "dead", "--duty", "absent")


def check_whole(played: Played) -> None:
    """Every week and month met, everything delivered, free, announced and closed."""
    assert [week for week in played["weeks"] if not week["met"]] == [] != played["weeks"]
    assert [month for month in played["months"] if not month["met"]] == [] != played["months"]
    counts, tracking = played["deliveries"], played["tracking"]
    expected = counts["due"] * counts["groups"]
    assert counts["groups"] == 2 and counts["due"] > 0
    assert (counts["sent"], sum(played["ways"].values())) == (expected, expected)
    assert counts["missed"] == counts["uncertain"] == counts["failed"] == 0
    assert played["ways"]["push"] == 0
    assert tracking["publications"] == tracking["closed"] == tracking["with_comment_record"] == expected
    assert 0 < tracking["with_view_figure"] <= expected
    assert played["announced"] is True


# The shape


def is_day(value: object) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def is_month(value: object) -> bool:
    return isinstance(value, str) and is_day(f"{value}-01")


def is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def is_flag(value: object) -> bool:
    return value is True or value is False


def is_words(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def is_months_counts(value: object) -> bool:
    return isinstance(value, dict) and all(is_month(month) and is_count(heads) for month, heads in value.items())


def is_list_of_words(value: object) -> bool:
    return isinstance(value, list) and all(map(is_words, value)) and value != []


WEEK = {
    "week": is_count, "from": is_day, "to": is_day,
    "posters": is_count, "quota": is_count, "met": is_flag, "excused": is_flag,
}  # fmt: skip
MONTH = {"month": is_month, "clips": is_count, "quota": is_count, "met": is_flag}
SHAPE = {
    "campaign": {
        "title": is_words,
        "office": is_words,
        "period": {"start": is_day, "end": is_day},
        "groups": is_list_of_words,
    },
    "weeks": [WEEK],
    "months": [MONTH],
    "deliveries": dict.fromkeys(("due", "groups", "sent", "missed", "uncertain", "failed", "double"), is_count),
    "ways": dict.fromkeys(("piggyback", "duty", "relay", "push"), is_count),
    "cost": {
        "baht": is_count,
        "messages_counted": is_count,
        "free_limit_per_month": is_count,
        "by_month": is_months_counts,
    },
    "tracking": dict.fromkeys(("publications", "with_view_figure", "with_comment_record", "closed"), is_count),
    "announced": is_flag,
    "report": {"pdf": is_words, "json": is_words},
    "wall_seconds": lambda value: isinstance(value, float) and value > 0,
}


def misfits(found: Any, wanted: Any, at: str = "") -> list[str]:
    """Where `found` is not of the shape `wanted`: dicts of exactly these keys, lists of one shape, checks of values."""
    if isinstance(wanted, dict):
        if not isinstance(found, dict) or found.keys() != wanted.keys():
            return [f"{at}: {sorted(found) if isinstance(found, dict) else found}"]
        return [fault for key in wanted for fault in misfits(found[key], wanted[key], f"{at}.{key}")]
    if isinstance(wanted, list):
        if not isinstance(found, list) or not found:
            return [f"{at}: {found}"]
        return [fault for n, each in enumerate(found) for fault in misfits(each, wanted[0], f"{at}[{n}]")]
    return [] if wanted(found) else [f"{at}: {found!r}"]


def test_the_json_has_the_promised_shape(quiet: Played, dead: Played) -> None:
    assert misfits(quiet, SHAPE) == []
    assert misfits(dead, SHAPE) == []


def test_a_wrong_shape_would_be_seen(quiet: Played) -> None:
    weeks = [*quiet["weeks"][:-1], quiet["weeks"][-1] | {"met": "yes"}]
    assert misfits(quiet | {"weeks": weeks, "announced": None}, SHAPE) == [".weeks[1].met: 'yes'", ".announced: None"]
    assert misfits({**quiet, "more": 1}, SHAPE) != []


def test_weeks_and_months_follow_the_period(quiet: Played) -> None:
    assert quiet["campaign"]["period"] == {"start": "2027-02-01", "end": "2027-02-14"}
    edges = [(week["week"], week["from"], week["to"]) for week in quiet["weeks"]]
    assert edges == [(1, "2027-02-01", "2027-02-07"), (2, "2027-02-08", "2027-02-14")]
    assert [week["quota"] for week in quiet["weeks"]] == [5, 5]
    assert [(month["month"], month["quota"]) for month in quiet["months"]] == [("2027-02", 1)]
    assert list(quiet["cost"]["by_month"]) == ["2027-02"]


# The figures


def test_a_quiet_office_with_somebody_on_duty_does_it_all(quiet: Played) -> None:
    check_whole(quiet)
    assert quiet["deliveries"]["due"] == 11, "five posters in each week and one clip"
    assert quiet["ways"]["piggyback"] and quiet["ways"]["duty"]


def test_a_dead_group_without_duty_is_told_as_it_is(dead: Played) -> None:
    assert dead["deliveries"]["missed"] == dead["deliveries"]["due"] * 2 > 0
    assert dead["deliveries"]["sent"] == 0
    assert [week["met"] for week in dead["weeks"]] == [False, False]
    assert [month["met"] for month in dead["months"]] == [False]
    assert dead["announced"] is False


def test_a_dead_group_with_somebody_on_duty_gets_everything_by_duty() -> None:
    played = rehearse(TWO_WEEKS, "--crowd", "dead")
    assert played["ways"] == {"piggyback": 0, "duty": 22, "relay": 0, "push": 0}
    assert played["deliveries"]["missed"] == 0 and played["deliveries"]["sent"] == 22
    assert all(span["met"] for span in [*played["weeks"], *played["months"]])
    assert played["tracking"]["with_view_figure"] == 0, "nobody opened anything, and that is not a figure of 0"
    assert played["tracking"]["closed"] == played["tracking"]["with_comment_record"] == 22


def test_the_seed_alone_decides(quiet: Played) -> None:
    assert figures(rehearse(TWO_WEEKS, "--seed", "1")) == figures(quiet)
    other = rehearse(TWO_WEEKS, "--seed", "3")
    check_whole(other)
    assert other["ways"] != quiet["ways"]


# What it leaves


def test_out_keeps_the_season(quiet: Played, folder: Path) -> None:
    pdf, told = Path(quiet["report"]["pdf"]), Path(quiet["report"]["json"])
    assert {pdf, told} == {folder / "reports" / "season.pdf", folder / "reports" / "season.json"}
    assert pdf.read_bytes().startswith(b"%PDF-") and pdf.stat().st_size > 20_000
    assert json.loads(told.read_text("utf-8")) == quiet
    pictures = [file for file in (folder / "media").rglob("*") if file.is_file()]
    assert len(pictures) >= 2 * 10, "each poster and its preview"
    with closing(sqlite3.connect(folder / "saisaat.sqlite3")) as kept:
        states = dict(kept.execute("SELECT state, COUNT(*) FROM records_delivery GROUP BY state"))
    assert states == {"closed": 24}, "the publications and the announcement"
    with closing(sqlite3.connect(folder / "practice-line.sqlite3")) as kept:
        (groups,) = kept.execute("SELECT COUNT(*) FROM row WHERE kind LIKE 'group%'").fetchone()
    assert groups == 2


def test_until_stops_in_mid_course_without_a_report(tmp_path: Path) -> None:
    played = rehearse(TWO_WEEKS, "--until", "2027-02-08", "--out", tmp_path / "half")
    assert played["report"] is None
    assert [week["met"] for week in played["weeks"]] == [True, False]
    assert played["deliveries"]["due"] == 5 and played["deliveries"]["sent"] == 10


def test_a_table_is_for_people() -> None:
    done = saisaat("rehearse", TWO_WEEKS, "--until", "2027-02-03")
    assert done.returncode == 0
    assert "สองสัปดาห์ใสสะอาด" in done.stdout and "ค่าใช้จ่าย 0 บาท" in done.stdout and "ไม่ครบ" in done.stdout


# What it refuses


def check_refused(folder: Path, *arguments: str | Path) -> str:
    done = saisaat("rehearse", *arguments, "--out", folder, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr and any(ord(letter) in THAI for letter in done.stderr)
    return done.stderr


@pytest.mark.parametrize("name", ["saisaat.sqlite3", "notes.txt"])
def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("ของเดิม")
    assert str(tmp_path) in check_refused(tmp_path, TWO_WEEKS)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [(name, "ของเดิม")]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "season").write_text("ของเดิม")
    check_refused(tmp_path / "season", TWO_WEEKS)
    assert (tmp_path / "season").read_text() == "ของเดิม"


def test_a_proposal_without_a_period_leaves_nothing(tmp_path: Path) -> None:
    lines = TWO_WEEKS.read_text("utf-8").splitlines()
    assert sum("ตั้งแต่วันที่" in line for line in lines) == 1
    proposal, out = tmp_path / "proposal.txt", tmp_path / "season"
    proposal.write_text("\n".join(line for line in lines if "ตั้งแต่วันที่" not in line), "utf-8")
    assert "ระยะเวลา" in check_refused(out, proposal)
    assert not out.exists()
    out.mkdir()
    check_refused(out, TWO_WEEKS.with_name("there-is-no-such-file.txt"))
    assert list(tmp_path.iterdir()) == [proposal]


# Whole seasons


@pytest.mark.slow
@pytest.mark.parametrize(
    "proposal",
    [
        pytest.param(DEMONSTRATION, id="demonstration"),
        pytest.param(
            REFERENCE,
            id="reference",
            marks=pytest.mark.skipif(not REFERENCE.exists(), reason="the reference input is not on this machine"),
        ),
    ],
)
def test_five_months_are_whole(proposal: Path) -> None:
    played = rehearse(proposal)
    check_whole(played)
    assert len(played["weeks"]) >= 20 and len(played["months"]) == 5
