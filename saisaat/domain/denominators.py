"""Out of how many: the number that a group's views and acknowledgements are told of."""

from enum import StrEnum

from saisaat.domain.errors import Invalid


class Basis(StrEnum):
    """MEMBERS: the head count the channel gives, the account itself not counted. STAFF: the people of the office's own
    list who are there. FIXED: a number the office decided, with where it comes from.
    """

    MEMBERS = "members"
    STAFF = "staff"
    FIXED = "fixed"


LARGEST = 1_000_000


def check_fixed(number: int | None, source: str) -> None:
    """A fixed denominator is a positive number with its source. Raises `Invalid`."""
    if number is None or not 1 <= number <= LARGEST:
        raise Invalid("จำนวนคงที่ต้องเป็นตัวเลขตั้งแต่ 1 ถึง %(largest)s ค่าเดิมยังอยู่ โปรดแก้ตัวเลข", largest=format(LARGEST, ","))
    if not source.strip():
        raise Invalid("โปรดเขียนว่าจำนวนคงที่มาจากเอกสารใด ค่าเดิมยังอยู่")
