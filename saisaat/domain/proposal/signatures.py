"""Who proposes, endorses and approves: role, name, position, date, and on whose behalf."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from saisaat.domain.proposal.headings import find_heading, read_prefix
from saisaat.domain.proposal.model import Line, Role, Signature
from saisaat.domain.proposal.sections import SIGN
from saisaat.domain.proposal.synonyms import ROLES, SYNONYMS
from saisaat.domain.thai import find_dates

_ROLE_WORDS = sorted((word for word, key in SYNONYMS.items() if key in ROLES), key=len, reverse=True)
_ROLE = re.compile("|".join(_ROLE_WORDS))
_OTHER_ROLE = re.compile("ผู้เขียนโครงการ|ผู้จัดทำโครงการ|ผู้จัดทำ|ผู้รับผิดชอบโครงการ|ผู้รับผิดชอบ|ผู้รับรอง|พยาน")
_NAME = re.compile(r"\(([^()]{0,100})\)")
_BLANK_NAME = re.compile(r"\([ .…_-]{0,100}\)")
_PERSON = re.compile(
    r"(?:นาย|นางสาว|นาง|น\.ส\.|ดร\.|ผศ\.|รศ\.|ศ\.|ว่าที่|นพ\.|พญ\.|พ\.[ตทอ]\.|ร\.[ตทอ]\.|พระ)[ก-๎. ]{2,80}"
)
_ACTING = re.compile(
    "ปฏิบัติราชการแทน|รักษาราชการแทน|รักษาการแทน|ปฏิบัติหน้าที่แทน|ทำการแทน|รักษาการในตำแหน่ง|ปฏิบัติการแทน|รักษาราชการในตำแหน่ง"
)
_POST = re.compile(r"^ ?ตำแหน่ง[ .:…]{0,80}")
_BRACKETED_POST = re.compile(r"^\( {0,3}ตำแหน่ง[ .:…]{0,80}([^()]{0,100})\)")
_DATE_LABEL = re.compile(r"^(?:ลง)?วันที่(?:[-–/ ]{0,3}(?:เดือน|พ\.ศ\.?|ปี)){0,3}|^ว/ด/ป|^วัน/เดือน/ปี|^/|^พ\.ศ\.")
_FILLER = " \t.…_-–:"


@dataclass(slots=True)
class SignatureBlock:
    """The lines of one signature. `role` is None for someone who signs in another role (ผู้เขียนโครงการ)."""

    role: Role | None
    lines: list[Line] = field(default_factory=list)
    title: str = ""


def find_blocks(lines: Sequence[Line]) -> list[SignatureBlock]:
    """The signature blocks of a document, in order. A role may head its block, share the line of the signature, or
    stand under the name; which of these a document does is seen from what comes first."""
    area = _area(lines)
    if not area:
        return []
    role_first = _role_of(area[0].text)[0] and not SIGN.match(area[0].text)
    blocks: list[SignatureBlock] = []
    for line in _columns_apart(area):
        role, other = _role_of(line.text)
        opens = bool(role or other) if role_first else bool(SIGN.match(line.text))
        if opens or not blocks:
            blocks.append(SignatureBlock(None))
        block = blocks[-1]
        if role and block.role is None:
            block.role = role
            block.title = _title(line.text) if role_first else ""
        block.lines.append(line)
    return blocks


def _area(lines: Sequence[Line]) -> list[Line]:
    """From the first role or signature line to the end, but only where something is signed at all."""
    for place, line in enumerate(lines):
        if SIGN.match(line.text) or (_role_of(line.text)[0] and _leads_to_a_name(lines[place : place + 12])):
            return [item for item in lines[place:] if item.text]
    return []


def _leads_to_a_name(lines: Sequence[Line]) -> bool:
    heading = find_heading(0, lines[0].text)
    if heading and heading.form in ("colon", "tab") and heading.tail:
        return True
    return any(SIGN.match(line.text) or _NAME.match(line.text) for line in lines) or any(
        _NAME.search(line.text) or _PERSON.search(line.text) for line in lines[:2]
    )


def _role_of(text: str) -> tuple[Role | None, bool]:
    """The role a line names: as a heading, or after the dots of a signature line."""
    heading = find_heading(0, text)
    if heading and heading.keys[0] in ROLES:
        role: Role = heading.keys[0]
        return role, False
    rest = text[read_prefix(text).end :]
    if SIGN.match(text) or not rest.strip(_FILLER + "()"):
        found = _ROLE.search(text)
        if found:
            signed: Role = SYNONYMS[found[0]]  # type: ignore[assignment]
            return signed, False
        return None, False
    return None, bool(_OTHER_ROLE.match(rest)) and len(rest) < 40


def _columns_apart(area: Sequence[Line]) -> list[Line]:
    """Signatures side by side become one below the other, however many lines each has."""
    ordered: list[Line] = []
    columns: list[list[Line]] = []
    for line in area:
        cells = _cells(line)
        if len([cell for cell in cells if _role_of(cell)[0] or SIGN.match(cell)]) >= 2:
            ordered += [item for column in columns for item in column]
            columns = [[] for _ in cells]
        filled = [cell for cell in cells if cell]
        cells = filled if len(filled) == len(columns) else cells
        if columns and len(cells) == len(columns):
            for column, cell in zip(columns, cells, strict=True):
                if cell:
                    column.append(Line(line.number, line.raw, cell))
        else:
            ordered += [item for column in columns for item in column]
            columns = []
            ordered.append(Line(line.number, line.raw, " ".join(cells)))
    return ordered + [item for column in columns for item in column]


def _cells(line: Line) -> list[str]:
    """The columns of a line: parted by tabs, by wide gaps, or by a second "ลงชื่อ". Empty ones count in a table only."""
    if line.text.count("ลงชื่อ") > 1:
        cells = [f"ลงชื่อ {part}" for part in line.text.split("ลงชื่อ")[1:]]
        return [cell.strip(" \t(") for cell in cells]
    if "\t" in line.raw:
        return [cell.strip() for cell in line.raw.strip("\n").split("\t")]
    return [cell.strip() for cell in re.split(" {3,40}", line.text)]


def _title(text: str) -> str:
    """The project's name where it follows the role: "ผู้อนุมัติโครงการ <name>"."""
    heading = find_heading(0, text)
    tail = heading.tail if heading and heading.form in ("space", "glued") else ""
    return "" if _NAME.match(tail) or _PERSON.match(tail) or SIGN.match(tail) else tail


def read_block(block: SignatureBlock, role: Role) -> Signature:
    """The parts of one signature; each is None where the form is left blank. A post in the brackets is no name."""
    name = position = acting_for = signed_on = post = None
    awaiting_post = name_place_seen = False
    for line in block.lines:
        text = _without_label(line.text)
        if stand_in := _BRACKETED_POST.match(text):
            post, name_place_seen, text = stand_in[1].strip(_FILLER), True, text[stand_in.end() :]
        heading = find_heading(0, line.text)
        labelled = heading is not None and heading.form in ("colon", "tab")
        dates = find_dates(text)
        if dates:
            signed_on = signed_on or dates[0].value
            text = _DATE_LABEL.sub("", (text[: dates[0].start] + text[dates[0].end :]).strip()).strip(_FILLER)
        elif _DATE_LABEL.match(text):
            continue
        name_place_seen = name_place_seen or bool(_NAME.search(text[:160])) or bool(_POST.match(text))
        if name is None and (found := _name(text)):
            name = found[0]
            text = text[found[1] :]
        text = _POST.sub("", _BLANK_NAME.sub("", text).strip()).strip(_FILLER)
        acting = _ACTING.search(text)
        if acting:
            position = position or text[: acting.start()].strip(_FILLER) or None
            acting_for = text[acting.end() :].strip(_FILLER) or None
            awaiting_post = acting_for is None
        elif awaiting_post and text:
            acting_for, awaiting_post = text, False
        elif (name_place_seen or name or labelled) and text and not _ROLE.fullmatch(text):
            position = f"{position} {text}" if position and len(position) < 200 else position or text
    return Signature(role, name, position or post, signed_on, acting_for)


def _without_label(text: str) -> str:
    """A line without its number, its role words and its dotted signature."""
    heading = find_heading(0, text)
    if heading and heading.keys[0] in ROLES:
        text = heading.tail
    signing = SIGN.match(text)
    if signing:
        text = _ROLE.sub("", _OTHER_ROLE.sub("", text[signing.end() :].lstrip(" )")), count=1)
    return text.strip(_FILLER)


def _name(text: str) -> tuple[str, int] | None:
    bracketed = _NAME.search(text[:160])
    if bracketed and bracketed.start() < 60:
        name = bracketed[1].strip(_FILLER)
        return (re.sub(r" {2,}", " ", name), bracketed.end()) if name else None
    person = _PERSON.match(text)
    return (person[0].strip(), person.end()) if person else None
