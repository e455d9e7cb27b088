"""What may be a username: short, without capitals or spaces, so that it can be told over the telephone."""

import re

from saisaat.domain.errors import Invalid

_SHAPE = re.compile(r"[a-z0-9ก-๛][a-z0-9ก-๛._-]{2,59}")


def normal_username(typed: str) -> str:
    """A username as it is kept and looked up: however it was capitalised, it is the same."""
    return typed.strip().lower()


def check_username(typed: str) -> str:
    """The username in its kept form. Raises Invalid with what would be right."""
    name = normal_username(typed)
    if not _SHAPE.fullmatch(name):
        raise Invalid("ชื่อผู้ใช้ต้องมี 3 ถึง 60 ตัว ใช้ตัวอักษร ตัวเลข จุด ขีด หรือขีดล่าง ไม่มีเว้นวรรค โปรดแก้แล้วกดอีกครั้ง")
    return name
