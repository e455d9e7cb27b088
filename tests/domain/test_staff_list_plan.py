"""What an import would change: who is who, what is asked, and that doing it once leaves nothing to do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saisaat.domain.staff import Ended, OfficeKind, StaffType
from saisaat.domain.staff_list.cells import name_key
from saisaat.domain.staff_list.plan import (
    NEW_PERSON,
    SKIP,
    Choices,
    Known,
    KnownOffice,
    Plan,
    Status,
    Step,
    make_plan,
    steps_json,
    steps_of,
)
from saisaat.domain.staff_list.rows import Read, StaffRow

ON = date(2020, 5, 13)
A = KnownOffice("a", "สำนักงานพัฒนาชุมชนอำเภอตาคลี", OfficeKind.DISTRICT)
B = KnownOffice("b", "สำนักงานพัฒนาชุมชนอำเภอเมืองนครสวรรค์", OfficeKind.DISTRICT)
HEAD = KnownOffice("h", "สำนักงานพัฒนาชุมชนจังหวัดนครสวรรค์", OfficeKind.PROVINCIAL)
OFFICES = (HEAD, A, B)


def row(
    no: int = 2, name: str = "นายหนึ่ง สอง", office: str = A.name, position: str = "นักวิชาการ", **more: object
) -> StaffRow:
    told = {"staff_type": StaffType.OFFICIAL} | more
    return StaffRow(no=no, name=name, office=office, position=position, **told)  # type: ignore[arg-type]


def known(id: str = "p", name: str = "หนึ่ง สอง", office: str = "a", position: str = "นักวิชาการ", **more: object) -> Known:
    told: dict[str, object] = {
        "level": "",
        "staff_type": StaffType.OFFICIAL,
        "joined_on": None,
        "since": None,
        "at_work": True,
    }
    return Known(id=id, name=name, office=office, position=position, **(told | more))  # type: ignore[arg-type]


def plan(rows: Sequence[StaffRow], people: Sequence[Known] = (), choices: Choices | None = None) -> Plan:
    return make_plan(Read(tuple(rows), ()), people, OFFICES, choices or Choices(ON))


def statuses(made: Plan) -> list[str]:
    return [line.status for line in made.lines]


# Who is who


@pytest.mark.parametrize(
    ("rows", "people", "expected"),
    [
        ([row()], [], ["new"]),
        ([row()], [known()], ["changed"]),  # the title is new
        ([row(name="หนึ่ง สอง")], [known()], ["same"]),
        ([row(name="หนึ่ง สอง", position="อื่น")], [known()], ["changed"]),
        # The same name elsewhere, or gone: asked, never guessed.
        ([row(office=B.name)], [known()], ["ask"]),
        ([row()], [known(at_work=False)], ["ask"]),
        ([row(2), row(3, office=B.name)], [], ["ask", "ask"]),
        ([row(2), row(3)], [known()], ["ask", "ask"]),
        # Two of one name in one office: an equal position tells them apart, if it does so without doubt.
        (
            [row(2, "หนึ่ง สอง", position="ก"), row(3, "หนึ่ง สอง", position="ข")],
            [known("p", position="ก"), known("q", position="ข")],
            ["same", "same"],
        ),
        (
            [row(2, "หนึ่ง สอง", position="ก"), row(3, "หนึ่ง สอง", position="ค")],
            [known("p", position="ก"), known("q", position="ข")],
            ["same", "ask"],
        ),
        ([row(2, "หนึ่ง สอง"), row(3, "หนึ่ง สอง")], [known("p"), known("q")], ["ask", "ask"]),
        # In each office its own.
        ([row(2, "หนึ่ง สอง"), row(3, "หนึ่ง สอง", office=B.name)], [known("p"), known("q", office="b")], ["same", "same"]),
        # Somebody whose name was erased is nobody's namesake.
        ([row()], [known(name="")], ["new"]),
    ],
)
def test_matching(rows: list[StaffRow], people: list[Known], expected: list[str]) -> None:
    assert statuses(plan(rows, people)) == expected


def test_somebody_matched_elsewhere_is_no_candidate() -> None:
    made = plan([row(2, "หนึ่ง สอง"), row(3, office=B.name)], [known()])
    assert statuses(made) == ["same", "ask"]
    assert made.lines[1].candidates == ()


@pytest.mark.parametrize(
    ("answer", "status", "do"),
    [("p", "changed", "change"), (NEW_PERSON, "new", "add"), (SKIP, "skipped", None), ("?", "ask", None)],
)
def test_answers(answer: str, status: str, do: str | None) -> None:
    made = plan([row(office=B.name)], [known()], Choices(ON, rows={2: answer}))
    assert statuses(made) == [status]
    assert [step.do for step in made.steps] == ([do] if do else [])


def test_one_person_cannot_be_two_lines() -> None:
    made = plan([row(2, office=B.name), row(3, office=HEAD.name)], [known()], Choices(ON, rows={2: "p", 3: "p"}))
    assert statuses(made) == ["changed", "ask"]


def test_somebody_who_left_comes_back_only_by_an_answer() -> None:
    made = plan([row()], [known(at_work=False)], Choices(ON, rows={2: "p"}))
    assert [step.do for step in made.steps] == ["return"]


# What is said and what is not


def test_what_the_file_leaves_out_erases_nothing() -> None:
    before = known(level="ชำนาญการ", joined_on=date(2000, 1, 1))
    assert statuses(plan([row(name="หนึ่ง สอง", position="", staff_type=None)], [before])) == ["same"]


@pytest.mark.parametrize("more", [{"position": ""}, {"staff_type": None}])
def test_somebody_new_needs_a_post_and_a_type(more: dict[str, object]) -> None:
    made = plan([row(**more)])  # type: ignore[arg-type]
    assert statuses(made) == ["wrong"] and made.steps == ()


def test_the_type_chosen_is_for_new_people_only() -> None:
    choices = Choices(ON, staff_type=StaffType.EMPLOYEE)
    made = plan([row(2, "ใหม่ คน", staff_type=None), row(3, "หนึ่ง สอง", staff_type=None)], [known()], choices)
    assert statuses(made) == ["new", "same"]
    assert made.steps[0].after["staff_type"] == "employee"


def test_an_older_list_does_not_undo_a_newer_posting() -> None:
    later = known(since=date(2020, 6, 1))
    assert statuses(plan([row(name="หนึ่ง สอง", position="อื่น")], [later])) == ["wrong"]
    assert statuses(plan([row(name="หนึ่ง สอง")], [later])) == ["same"]


# Offices


@pytest.mark.parametrize(
    ("name", "office"),
    [
        (A.name, "a"),
        ("สพอ.ตาคลี", "a"),
        ("ตาคลี", "a"),
        ("อ.เมือง", "b"),
        ("สำนักงานจังหวัด", "h"),
        ("จังหวัดนครสวรรค์", "h"),
        ("นครสวรรค์", "h"),
        ("อำเภอนครสวรรค์", None),
        ("หนองบัว", None),
        ("ฝ่ายอำนวยการ", None),
    ],
)
def test_which_office_a_name_means(name: str, office: str | None) -> None:
    [found] = plan([row(office=name)]).offices
    assert (found.known.id if found.known else None) == office


def test_two_spellings_of_a_new_office_are_one() -> None:
    made = plan([row(2, "คน หนึ่ง", office="อ.หนองบัว"), row(3, "คน สอง", office="อำเภอหนองบัว")])
    assert [step.after.get("name") for step in made.steps if step.do == "office"] == ["อ.หนองบัว"]
    assert {step.after["office"] for step in made.steps if step.do == "add"} == {"+อ.หนองบัว"}


def test_a_new_office_may_be_said_to_be_a_known_one() -> None:
    made = plan([row(office="ฝ่ายอำนวยการ")], (), Choices(ON, offices={"ฝ่ายอำนวยการ": "h"}))
    assert [step.after["office"] for step in made.steps] == ["h"]


def test_an_office_is_made_only_for_somebody() -> None:
    made = plan([row(office="หนองบัว", position="")])
    assert made.new_offices and made.steps == ()


def test_an_old_name_leads_to_the_merged_office() -> None:
    offices = (A, KnownOffice("a", "สำนักงานเก่า", OfficeKind.DISTRICT))
    [found] = make_plan(Read((row(office="สำนักงานเก่า"),), ()), (), offices, Choices(ON)).offices
    assert found.known and found.known.id == "a"


# Absent


def test_the_absent_are_left_alone_by_default() -> None:
    people = [known(), known("q", "คน สาม"), known("r", "คน สี่", office="b"), known("s", "คน ห้า", at_work=False)]
    made = plan([row(name="หนึ่ง สอง")], people)
    assert [person.id for person in made.absent] == ["q"] and made.steps == ()


def test_the_absent_leave_by_an_answer() -> None:
    people = [known(), known("q", "คน สาม")]
    made = plan([row(name="หนึ่ง สอง")], people, Choices(ON, absent={"q": Ended.RETIRED, "p": Ended.RETIRED}))
    assert [(step.do, step.person, step.after) for step in made.steps] == [
        ("leave", "q", {"how": "retired", "on": "2020-05-13"})
    ]


def test_whoever_is_in_a_wrong_or_open_line_is_not_absent() -> None:
    people = [known("p", "หนึ่ง สอง"), known("q", "คน สาม")]
    read = Read((row(2, "อีก คน"), row(3, office=B.name)), (), unread=frozenset({name_key("คน สาม")}))
    assert make_plan(read, people, OFFICES, Choices(ON)).absent == ()


# The plan as a whole


def test_the_digest_covers_what_is_written_over() -> None:
    rows = [row(position="ใหม่")]
    first, second = plan(rows, [known(position="ก")]), plan(rows, [known(position="ข")])
    assert first.sha256 != second.sha256
    assert plan(rows, [known(position="ก")]).sha256 == first.sha256


def test_steps_read_back() -> None:
    steps = plan([row(office="หนองบัว"), row(3, "หนึ่ง สี่")], [known("q", "คน สาม")]).steps
    assert tuple(steps_of(steps_json(steps))) == tuple(
        Step(s.do, s.person, dict(s.before), dict(s.after)) for s in steps
    )


def apply(steps: Sequence[Step], people: Sequence[Known]) -> list[Known]:
    """What the action does, on values."""
    now = {person.id: person for person in people}
    for number, step in enumerate(steps):
        told = {what: text for what, text in step.after.items() if what not in {"on", "kind", "how"}}
        if step.do == "leave":
            now[step.person] = replace(now[step.person], at_work=False)
        elif step.do == "add":
            now[f"n{number}"] = _known(known(f"n{number}", position="", office=""), told)
        elif step.do in {"change", "return"}:
            now[step.person] = _known(replace(now[step.person], at_work=True), told)
    return list(now.values())


def _known(before: Known, told: dict[str, str]) -> Known:
    values: dict[str, object] = {what: text for what, text in told.items() if what != "at_work"}
    if "staff_type" in values:
        values["staff_type"] = StaffType(told["staff_type"])
    return replace(before, **values)  # type: ignore[arg-type]


ROWS = st.builds(
    row,
    no=st.just(0),
    name=st.sampled_from(["หนึ่ง สอง", "นายหนึ่ง สอง", "คน สาม", "คน สี่"]),
    office=st.sampled_from([A.name, "ตาคลี", B.name]),
    position=st.sampled_from(["ก", "ข", ""]),
)
KNOWN = st.builds(
    known,
    id=st.just(""),
    name=st.sampled_from(["หนึ่ง สอง", "คน สาม"]),
    office=st.sampled_from("ab"),
    at_work=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=5), st.lists(KNOWN, max_size=4))
def test_done_once_nothing_is_left_and_nobody_doubles(rows: list[StaffRow], people: list[Known]) -> None:
    rows = [replace(one, no=no) for no, one in enumerate(rows, start=2)]
    people = [replace(one, id=f"p{number}") for number, one in enumerate(people)]
    made = plan(rows, people)
    after = apply(made.steps, people)
    again = plan(rows, after)
    assert again.steps == ()
    assert len(after) == len(people) + made.count(Status.NEW)
    claimed = [line.person.id for line in made.lines if line.person]
    assert len(claimed) == len(set(claimed))
