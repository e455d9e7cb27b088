"""The short films that come with the project, for seasons that have no clip of their own yet."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from saisaat.domain.phrases import Phrase
from saisaat.queries.yaml_files import Row, read_yaml

_FILE = "clips.yaml"
_FIELDS = ("title", "text", "file", "thumbnail", "owner", "rights", "seconds")
_FILM, _PICTURE = re.compile(r"[a-z0-9-]+\.mp4"), re.compile(r"[a-z0-9-]+\.jpg")


@dataclass(frozen=True, slots=True)
class DemonstrationClip:
    """`file` is a name below the static folder clips/, an MP4 of `seconds`; `thumbnail` is a 16:9 JPEG itself.

    `title` carries the word ตัวอย่าง, so that nobody takes the film for an office's own.
    """

    title: str
    text: str
    file: str
    thumbnail: bytes
    owner: str
    rights: str
    seconds: int


@cache
def demonstration_clips() -> tuple[DemonstrationClip, ...]:
    """Every film in the order of the list, each on a topic of its own."""
    folder = files("saisaat.data") / "clips"
    return parse_clips((folder / _FILE).read_text("utf-8"), _FILE, lambda name: (folder / name).read_bytes())


def parse_clips(content: str, file: str, picture: Callable[[str], bytes]) -> tuple[DemonstrationClip, ...]:
    """The clips in `content`; `picture` gives a thumbnail's bytes. A bad row refuses the whole file with `Invalid`."""
    top = read_yaml(content, file, schema=1)
    top.only("schema", "clips")
    return tuple(_clip(row, picture) for row in top.rows("clips"))


def _clip(row: Row, picture: Callable[[str], bytes]) -> DemonstrationClip:
    row.only(*_FIELDS)
    seconds = row.fields.get("seconds")
    if type(seconds) is not int or seconds <= 0:
        row.refuse(Phrase("ช่อง seconds ต้องเป็นจำนวนวินาทีเต็ม"))
    return DemonstrationClip(
        title=row.text("title", longest=120),
        text=row.text("text", longest=300),
        file=_name(row, "file", _FILM),
        thumbnail=picture(_name(row, "thumbnail", _PICTURE)),
        owner=row.text("owner", longest=120),
        rights=row.text("rights", longest=120),
        seconds=seconds,
    )


def _name(row: Row, field: str, form: re.Pattern[str]) -> str:
    name = row.text(field, longest=80)
    if not form.fullmatch(name):
        row.refuse(
            Phrase(
                "ช่อง %(field)s ต้องเป็นชื่อไฟล์อักษรอังกฤษตัวเล็กตามด้วย %(ending)s โดยไม่มีโฟลเดอร์",
                field=field,
                ending=form.pattern[-3:],
            )
        )
    return name
