"""Small banks of topics for planning tests."""

from datetime import date

from saisaat.domain.topics import EVERYONE, Topic, Verified


def make_topic(
    number: int,
    *,
    category: str = "",
    applies_to: tuple[str, ...] = (EVERYONE,),
    valid_from: date | None = None,
    valid_to: date | None = None,
    publishable: bool = True,
    cite_check: bool = False,
) -> Topic:
    return Topic(
        id=f"T{number:03}",
        topic=category or f"หมวด {number % 7}",
        headline=f"หัวข้อที่ {number}",
        body="เนื้อหา",
        law="พ.ร.บ.ตัวอย่าง พ.ศ. 2550",
        section=f"มาตรา {number}",
        verified=Verified.TEXT,
        applies_to=applies_to,
        valid_from=valid_from,
        valid_to=valid_to,
        publishable=publishable,
        cite_check=cite_check,
    )


def make_bank(everyone: int, staff_only: int) -> tuple[Topic, ...]:
    return tuple(
        make_topic(number, applies_to=(EVERYONE,) if number < everyone else ("ข้าราชการ",))
        for number in range(everyone + staff_only)
    )
