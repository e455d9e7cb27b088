"""What must be said of a picture before it is kept."""

from dataclasses import replace
from datetime import date

import pytest

from saisaat.domain.errors import Invalid
from saisaat.domain.pictures import Licence, Rights, check_rights

TODAY = date(2020, 5, 13)
GOOD = Rights("สำนักงาน", Licence.OWN, "ถ่ายในกิจกรรม", TODAY, people=False)


@pytest.mark.parametrize(
    "rights", [GOOD, replace(GOOD, people=True, consent="ลงชื่อยินยอม"), replace(GOOD, taken_on=date(2010, 1, 1))]
)
def test_whole_rights_pass(rights: Rights) -> None:
    check_rights(rights, TODAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"owner": "  "}, "ของใคร"),
        ({"proof": ""}, "เพราะอะไร"),
        ({"taken_on": date(2020, 5, 14)}, "อนาคต"),
        ({"people": True}, "ยินยอม"),
        ({"people": True, "consent": " "}, "ยินยอม"),
    ],
)
def test_a_missing_part_is_named(changes: dict[str, object], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        check_rights(replace(GOOD, **changes), TODAY)  # type: ignore[arg-type]
