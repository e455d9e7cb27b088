import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.errors import Invalid
from saisaat.domain.feedback import DEFAULT_LEXICON, CommentKind, classify
from saisaat.domain.feedback_phrases import (
    LARGEST_FILE,
    MOST_PHRASES,
    OUT,
    Change,
    check_change,
    check_phrase,
    file_rows,
    lexicon_with,
    read_file,
)

K = CommentKind
HEAD = b"kind,phrase,weight\n"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ม่วน คัก", "ม่วนคัก"),
        ("ดี ๆ แท้", "ดีแท้"),
        ("เบิก ... เกิน", "เบิก…เกิน"),
        ("^ดีค่า$", "^ดีค่า$"),
        ("OK Na", "okna"),
        ("ข้อ ๑๒", "ข้อ12"),
    ],
)
def test_a_phrase_is_kept_as_it_is_looked_for(typed, kept):
    assert check_phrase(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", " ", "ก", "^$", "…", "ดีมาก…", "…ดี", "ดี^มาก", "ดี$มาก", 'ดี"มาก', "ดี,มาก", "ก" * 61]
)
def test_what_cannot_be_looked_for_is_refused(typed):
    with pytest.raises(Invalid):
        check_phrase(typed)


@given(st.text(max_size=80))
def test_what_is_let_through_is_found_again(typed):
    try:
        phrase = check_phrase(typed)
    except Invalid:
        return
    assert check_phrase(phrase) == phrase
    assert lexicon_with([Change(K.PRAISE, phrase, 3)]).weight("praise", phrase) == 3
    classify(typed, lexicon=lexicon_with([Change(K.PRAISE, phrase, 3)]))


def test_an_offices_words_go_before_the_programs():
    assert lexicon_with([]) is DEFAULT_LEXICON
    own = lexicon_with([Change(K.COMPLAINT, "ตีตรา", 3), Change(K.PRAISE, "ชอบมาก", OUT)])
    assert classify("เขาตีตราเรา", lexicon=own).kind is K.COMPLAINT
    assert "ชอบมาก" not in classify("ชอบมาก", lexicon=own).why.message


def test_only_a_word_of_the_programs_can_be_taken_out():
    assert check_change(Change(K.PRAISE, "ชอบมาก", OUT)).weight == OUT
    with pytest.raises(Invalid):
        check_change(Change(K.PRAISE, "ไม่มีในรายการ", OUT))
    with pytest.raises(Invalid):
        check_change(Change(K.PRAISE, "ม่วนคัก", 4))


def test_a_file_is_read_as_it_was_written():
    changes = [Change(K.ACK, "จั๊ด", 2), Change(K.PRAISE, "ชอบมาก", OUT)]
    lines = [",".join(row) for row in file_rows(changes)]
    assert read_file(("\ufeffkind,phrase,weight\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode()) == changes
    assert read_file(HEAD + "ack,จั๊ด,๒\nack,จั๊ด,3\n".encode()) == [Change(K.ACK, "จั๊ด", 3)]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "แถวแรก"),
        (b"a,b,c\n", "แถวแรก"),
        (b"\xff\xfe", "UTF-8"),
        (HEAD + "poetry,ดีแท้,1\n".encode(), "แถวที่ 2"),
        (HEAD + "ack,ดีแท้,heavy\n".encode(), "แถวที่ 2"),
        (HEAD + "ack,ดีแท้,9\n".encode(), "แถวที่ 2"),
        (HEAD + "ack,ก,1\n".encode(), "แถวที่ 2"),
        (HEAD + b"ack\n", "แถวที่ 2"),
        (b"x" * (LARGEST_FILE + 1), "ใหญ่"),
        (HEAD + "".join(f"ack,คำที่{no},1\n" for no in range(MOST_PHRASES + 1)).encode(), "เกิน"),
    ],
)
def test_a_bad_file_is_refused_whole(data, word):
    with pytest.raises(Invalid, match=word):
        read_file(data)


@given(st.binary(max_size=300))
def test_any_file_is_read_or_refused(data):
    for given_data in (data, HEAD + data):
        try:
            read_file(given_data)
        except Invalid:
            continue
