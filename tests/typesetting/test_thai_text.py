import itertools
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from saisaat.typesetting import RenderRefused
from saisaat.typesetting.thai_text import NBSP, PROJECT_WORDS, WORD_JOINER, ZWSP, breakable, clean, words

BANK = yaml.safe_load((PROJECT_WORDS.parent / "knowledge-bank.yaml").read_text("utf-8"))["items"]
THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=60)
COMMON = ["การ", "ราชการ", "ตา", "กลม", "มาก", "กว่า", " ", "ที่", "๑", "2560", "ๆ", "ก", "ะ", "่", "ABC", "(", "พ.ศ.", "/"]
ANYTHING = st.text(max_size=80) | THAI


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("  ก  ข\tค ", "ก ข ค"),
        ("ก\r\nข \n ค", "ก\nข\nค"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("ท\u0e4d\u0e32", "ทำ"),
        ("ไทย\u202eยทไ\u202c", "ไทยยทไ"),
        ("ก\u200bข\u2060ค\ufeff", "กขค"),
        ("ก\x00\x1b[31mข", "ก[31mข"),
        ("ก" + "\u0e48" * 10_000, None),
        ("ก" + "\u0e48" * 3_000, "ก่่่"),
        ("e\u0301", "é"),
    ],
)
def test_clean(given: str, cleaned: str | None) -> None:
    if cleaned is None:
        with pytest.raises(RenderRefused, match="10,001 ตัวอักษร"):
            clean(given)
    else:
        assert clean(given) == cleaned


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ข้าราชการต้องซื่อสัตย์", ["ข้าราชการ", "ต้อง", "ซื่อสัตย์"]),
        ("ง่าย ๆ คือไม่ทำ", ["ง่าย_ๆ", " ", "คือ", "ไม่ทำ"]),
        ("ภายใน 30 วัน", ["ภายใน_30_วัน"]),
        ("ตามมาตรา 82 (1)", ["ตาม", "มาตรา_82_(1)"]),
        ("พ.ร.บ.ข้อมูลข่าวสาร พ.ศ. 2540", ["พ.ร.บ.", "ข้อมูลข่าวสาร", " ", "พ.ศ._2540"]),
        ("(ทดสอบ)", ["(ทดสอบ)"]),
        ("“จริง” หรือ", ["“จริง”", " ", "หรือ"]),
        ("จำคุก 1-10 ปี", ["จำคุก", " ", "1-10_ปี"]),
        ("No Gift Policy", ["No", " ", "Gift", " ", "Policy"]),
        ("กฎ\nข้อ", ["กฎ", "\n", "ข้อ"]),
        ("", []),
    ],
)
def test_words(text: str, pieces: list[str]) -> None:
    assert words(text) == [piece.replace("_", NBSP) for piece in pieces]


@given(ANYTHING | st.lists(st.sampled_from(COMMON), min_size=60, max_size=300).map("".join))
def test_words_lose_and_add_nothing(text: str) -> None:
    assert "".join(words(text)).replace(NBSP, " ") == clean(text)


@pytest.mark.parametrize("item", BANK, ids=[item["id"] for item in BANK])
def test_no_word_of_the_bank_is_changed(item: dict[str, str]) -> None:
    """Whole paragraphs: the segmenter's safe mode garbles text longer than some 140 characters."""
    for text in (item["headline"], item["body"], " ".join([item["headline"], item["body"], item["law"]] * 5)):
        assert "".join(words(text)).replace(NBSP, " ") == clean(text)


def test_a_line_does_not_end_in_a_word_that_leans_on_the_next() -> None:
    assert words("ความเที่ยงธรรมคือการทำหน้าที่ผู้ปกครองไม่เอนเอียง")[0] == "ความเที่ยงธรรม"
    assert not {"การ", "ความ", "ผู้", "ไม่"} & {piece for item in BANK for piece in words(item["body"])[:-1]}


@given(ANYTHING)
def test_breakable_is_the_text_with_invisible_marks(text: str) -> None:
    visible = breakable(text).replace(ZWSP, "").replace(WORD_JOINER, "")
    assert visible.replace(NBSP, " ") == clean(text)


@given(ANYTHING)
def test_clean_is_done_after_one_pass_and_leaves_nothing_invisible(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]
    assert not set(once) & set("\u200b\u200d\u200e\u202e\u2060\u2066\ufeff")


@given(THAI)
def test_no_line_starts_with_a_mark_or_a_repetition_sign(text: str) -> None:
    """A mark without a consonant is the only exception; it stands at the start of the text itself."""
    pieces = words(text)
    for before, piece in itertools.pairwise(pieces):
        if not before.isspace():
            assert piece[0] not in "ๆฯ"


def test_long_text_is_refused_at_once() -> None:
    with pytest.raises(RenderRefused, match="200,000 ตัวอักษร"):
        breakable("ก" * 200_000)
