"""Reading the project's YAML data strictly: a bad file is refused with its name and line, never half used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yaml

from saisaat.domain.errors import Invalid
from saisaat.domain.phrases import Phrase

_LINE = "\x00line"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _LinedLoader(_Base):  # type: ignore[misc] # the C loader when this build of PyYAML has it
    """Remembers the line of each mapping and refuses a key given twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for number, key in enumerate(keys) if key in keys[:number]), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"duplicate key {twice!r}", node.start_mark)
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        found[_LINE] = node.start_mark.line + 1
        return found


@dataclass(frozen=True, slots=True)
class Row:
    """One mapping of a data file, read field by field. Every refusal names the file and the line."""

    file: str
    fields: Mapping[str, Any]

    @property
    def line(self) -> int:
        return int(self.fields.get(_LINE, 1))

    def refuse(self, reason: Phrase) -> NoReturn:
        raise Invalid(
            "ไฟล์ %(file)s บรรทัด %(line)s: %(reason)s จึงยังไม่ได้ใช้ไฟล์นี้ แก้แล้วลองใหม่",
            file=self.file,
            line=self.line,
            reason=reason,
        )

    def only(self, *names: str) -> None:
        """Refuse fields that are not among `names`: a misspelt field must not be silently ignored."""
        unknown = sorted(str(name) for name in self.fields if name != _LINE and name not in names)
        if unknown:
            self.refuse(Phrase("ไม่รู้จักช่อง %(names)s", names=", ".join(unknown)))

    def text(self, name: str, *, longest: int = 1000, default: str | None = None) -> str:
        value = self.fields.get(name, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            self.refuse(Phrase("ช่อง %(name)s ต้องเป็นข้อความ", name=name))
        if len(value) > longest:
            self.refuse(
                Phrase(
                    "ช่อง %(name)s ยาว %(length)s ตัวอักษร เกิน %(longest)s", name=name, length=len(value), longest=longest
                )
            )
        return value.strip()

    def flag(self, name: str) -> bool:
        value = self.fields.get(name)
        if not isinstance(value, bool):
            self.refuse(Phrase("ช่อง %(name)s ต้องเป็น true หรือ false", name=name))
        return value

    def day(self, name: str, *, required: bool = False) -> date | None:
        """A date as YAML's own or as ISO text in the Christian era. None when absent and not required."""
        value = self.fields.get(name)
        if value is None and not required:
            return None
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.refuse(Phrase("ช่อง %(name)s ต้องเป็นวันที่แบบ ปี ค.ศ.-เดือน-วัน เช่น 2020-05-01", name=name))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one; absent is empty."""
        value = self.fields.get(name, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, Sequence) or not all(isinstance(v, str) and v.strip() for v in values):
            self.refuse(Phrase("ช่อง %(name)s ต้องเป็นข้อความหรือรายการข้อความ", name=name))
        return tuple(v.strip() for v in values)

    def rows(self, name: str) -> tuple["Row", ...]:
        """A list of mappings; absent or empty is empty."""
        values = self.fields.get(name) or []
        if not isinstance(values, list) or not all(isinstance(v, dict) for v in values):
            self.refuse(Phrase("ช่อง %(name)s ต้องเป็นรายการ", name=name))
        return tuple(Row(self.file, value) for value in values)


def read_text(path: Path) -> str:
    """The text of an office's own file. Raises `Invalid` where it is missing or not UTF-8."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("เปิดไฟล์ %(name)s ไม่ได้ จึงยังไม่ได้ใช้ไฟล์นี้ โปรดตรวจว่าไฟล์มีอยู่และบันทึกเป็น UTF-8", name=path.name) from error


def read_yaml(content: str, file: str, *, schema: int) -> Row:
    """The top mapping of a data file, whose `schema` must be as given. Raises `Invalid` naming file and line."""
    try:
        found = yaml.load(content, Loader=_LinedLoader)  # noqa: S506 - a SafeLoader that also keeps lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = mark.line + 1 if mark else 1
        raise Invalid(
            "ไฟล์ %(file)s บรรทัด %(where)s: อ่านเป็น YAML ไม่ได้ (%(problem)s) จึงยังไม่ได้ใช้ไฟล์นี้",
            file=file,
            where=where,
            problem=error.problem,
        ) from error
    except yaml.YAMLError as error:
        raise Invalid("ไฟล์ %(file)s: มีอักขระที่ใช้ไม่ได้ จึงยังไม่ได้ใช้ไฟล์นี้", file=file) from error
    if not isinstance(found, dict):
        raise Invalid("ไฟล์ %(file)s บรรทัด 1: ต้องขึ้นต้นด้วยชื่อช่อง เช่น schema: %(schema)s", file=file, schema=schema)
    top = Row(file, found)
    if top.fields.get("schema") != schema:
        top.refuse(Phrase("ช่อง schema ต้องเป็น %(schema)s", schema=schema))
    return top
