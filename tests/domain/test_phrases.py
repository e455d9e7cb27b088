"""The program's own words: whole in Thai, taken apart again where a row kept them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.errors import Invalid
from saisaat.domain.phrases import Phrase
from saisaat.domain.proposal.model import Doubt
from saisaat.domain.remarks import Remark, recognise
from saisaat.domain.thai import format_date

VALUES = {"reason": "เลื่อนโครงการ: ถึงสิ้นเดือน", "evidence": "เห็นแล้ว", "style": "sky", "old_style": "words"}
VALUES |= {"heads": "120", "free": "30", "reserved": "50", "day": "๑๕ พ.ค. ๒๕๖๓"}


def test_a_phrase_is_whole_in_thai_with_its_words_and_dates() -> None:
    span = Phrase("ช่วง %(start)s ถึง %(end)s", start=date(2020, 5, 1), end=date(2020, 5, 3))
    told = Invalid("ถ้าย้าย %(span)s จะเหลือ %(share)s %%", span=span, share=5)
    assert told.message == "ถ้าย้าย ช่วง 1 พฤษภาคม 2563 ถึง 3 พฤษภาคม 2563 จะเหลือ 5 %"
    assert Phrase("ร้อยละ 5 %").message == "ร้อยละ 5 %", "without values nothing is filled in"
    assert (span, len({span, Phrase("ช่วง")})) == (Phrase(span.template, **span.values), 2)
    assert repr(Phrase("ช่วง")) == "Phrase('ช่วง')"


def test_a_doubt_has_thai_figures_and_quotes_as_printed() -> None:
    doubt = Doubt("kpis", Phrase("“%(quoted)s” มี %(people)s คน ปี %(year)s", quoted="ข้อ 5", people="1,204", year=2563))
    assert doubt.message == "“ข้อ 5” มี ๑,๒๐๔ คน ปี ๒๕๖๓"
    values = {"quoted": "ข้อ 5", "people": "1,204", "year": 2563}
    said = {"message": doubt.message, "template": doubt.phrase.template, "values": values}
    assert doubt.to_json() == {"field": "kpis", **said, "lines": []}


@pytest.mark.parametrize("remark", list(Remark))
def test_a_kept_remark_is_recognised(remark: Remark) -> None:
    values = {name: value for name, value in VALUES.items() if f"%({name})s" in remark}
    found = recognise(remark.of(**values))
    assert found is not None
    assert (found.template, dict(found.values)) == (
        remark,
        values | ({"day": date(2020, 5, 15)} if "day" in values else {}),
    )


def test_what_a_person_wrote_is_nobody_s_remark() -> None:
    assert recognise("") is recognise("ถอนรายการ") is recognise("เลื่อนไปรวมกับสัปดาห์ถัดไป") is None


@given(st.text(min_size=1), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_reason_and_day_come_back(reason: str, day: date) -> None:
    found = recognise(Remark.WITHDRAWN.of(reason=reason))
    assert found is not None and found.values == {"reason": reason}
    again = recognise(Remark.REUSED.of(day=format_date(day, style="short"), old_style="a", style="b"))
    assert again is not None and again.values == {"day": day, "old_style": "a", "style": "b"}
