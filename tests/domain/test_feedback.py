from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.feedback import CommentKind, Guess, Lexicon, classify, needs_person, redact

HERE = Path(__file__).parent


def labelled(name: str) -> list[tuple[CommentKind, str]]:
    lines = (HERE / f"feedback_{name}.tsv").read_text("utf-8").splitlines()
    return [(CommentKind(kind), text) for kind, text in (line.split("\t") for line in lines)]


TUNING, HELDOUT = labelled("tuning"), labelled("heldout")


def right(rows: list[tuple[CommentKind, str]]) -> float:
    return sum(classify(text).kind is kind for kind, text in rows) / len(rows)


def test_the_comments_the_words_were_chosen_on_are_told_apart():
    assert len(TUNING) >= 290
    assert right(TUNING) >= 0.99


def test_comments_never_tuned_on_are_guessed_two_times_in_three_and_sure_guesses_hold():
    """The honest figure: these were written after the words and the words not changed for them."""
    assert len(HELDOUT) >= 80
    assert right(HELDOUT) >= 0.67
    sure = [(kind, text) for kind, text in HELDOUT if not classify(text).unsure]
    assert len(sure) >= 45
    assert right(sure) >= 0.97


@pytest.mark.parametrize("rows", [TUNING, HELDOUT], ids=["tuning", "heldout"])
def test_nearly_no_criticism_or_complaint_escapes_a_person(rows):
    serious = [text for kind, text in rows if kind in {CommentKind.CRITICISM, CommentKind.COMPLAINT}]
    assert sum(needs_person(classify(text)) for text in serious) / len(serious) >= 0.99


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("ดีมากกกกกก", "ดีมาก"),
        ("ดี มาก ๆ", "ดีมาก"),
        ("ดีมาก 555", "ดีมาก"),
        ("ดีมากค่ะ 👍", "ดีมากครับ"),
        ("รับทราบคร้าบบบบ", "รับทราบ"),
        ("รับทราบ\u200b", "รับทราบ"),
    ],
)
def test_drawing_out_laughter_and_particles_change_nothing(text, same_as):
    assert classify(text).kind is classify(same_as).kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("เห็นด้วยค่ะ", CommentKind.PRAISE),
        ("ไม่เห็นด้วยค่ะ", CommentKind.CRITICISM),
        ("สวยค่ะ", CommentKind.PRAISE),
        ("สวยแต่ไม่ชัด", CommentKind.CRITICISM),
        ("มีคนโกง", CommentKind.COMPLAINT),
        ("คนเราต้องไม่โกงค่ะ", CommentKind.PRAISE),
        ("สวัสดีค่ะ รับทราบค่ะ", CommentKind.ACK),
        ("สวัสดีค่ะ น่าจะใส่ตัวอย่างนะคะ", CommentKind.SUGGESTION),
    ],
)
def test_negation_and_company_change_the_kind(text, kind):
    assert classify(text).kind is kind


@pytest.mark.parametrize("message_type", ["image", "video", "audio", "file", "something new"])
def test_what_is_not_text_is_not_read(message_type):
    assert classify("ขอร้องเรียน", message_type=message_type).kind is CommentKind.OFF_TOPIC
    assert classify("", message_type="sticker") == Guess(CommentKind.STICKER, 1.0, "เป็นสติกเกอร์")


def test_an_unknown_text_is_unsure_and_goes_to_a_person():
    guess = classify("ปลาทูนึ่งในเข่ง")
    assert (guess.kind, guess.unsure, needs_person(guess)) == (CommentKind.OFF_TOPIC, True, True)
    assert not needs_person(classify("รับทราบค่ะ"))


def test_the_reason_names_the_words():
    assert "รับทราบ" in classify("รับทราบค่ะ").why


def test_an_office_may_bring_its_own_words():
    own = Lexicon({"praise": {3: "ม่วนหลาย ม่วน…แท้"}, "ack": {2: "^จั๊ด$"}})
    assert classify("ม่วนหลายเด้อ", lexicon=own).kind is CommentKind.PRAISE
    assert classify("ม่วนอีหลีแท้", lexicon=own).kind is CommentKind.PRAISE
    assert classify("จั๊ด", lexicon=own).kind is CommentKind.ACK
    assert classify("จั๊ดง่าว", lexicon=own).unsure


@given(st.text(max_size=400))
def test_any_text_gets_a_guess(text):
    guess = classify(text)
    assert 0 <= guess.confidence <= 1 and guess.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("โทร 081-234-5678 ค่ะ", "โทร [เบอร์โทร] ค่ะ"),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", "โทร [เบอร์โทร]"),
        ("+66812345678", "[เบอร์โทร]"),
        ("056-222-333 ต่อ 12", "[เบอร์โทร] ต่อ 12"),
        ("บัตร 1-2345-67890-12-3 ครับ", "บัตร [เลขประจำตัว] ครับ"),
        ("บัตร ๑๒๓๔๕๖๗๘๙๐๑๒๓", "บัตร [เลขประจำตัว]"),
        ("บัญชี 123-4-56789-0", "บัญชี [ตัวเลข]"),
        ("ส่งที่someone@example.co.thนะ", "ส่งที่[อีเมล]นะ"),
        ("ไลน์ไอดี abc99 ค่ะ", "[ไอดีไลน์] ค่ะ"),
        ("Line ID: abc_d.9", "[ไอดีไลน์]"),
        ("แอด @office99 นะ", "แอด [ไอดีไลน์] นะ"),
        ("U" + "0a" * 16, "[รหัสไลน์]"),
        ("นายตัวอย่าง นามสมมุติ ทำผิด", "[ชื่อบุคคล] ทำผิด"),
        ("น.ส.ตัวอย่าง นามสมมุติ", "[ชื่อบุคคล]"),
    ],
)
def test_personal_marks_are_taken_out(text, expected):
    assert redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "มาตรา 128 ปี 2563",
        "เกิน 3,000 บาท",
        "นายอำเภอมาเปิดงาน",
        "กลุ่ม line ของเรา",
        "ไลน์กลุ่มเงียบ",
        "2020-05-01",
        "โครงการที่ 104",
    ],
)
def test_what_points_to_nobody_stays(text):
    assert redact(text) == text


@given(st.text(max_size=300))
def test_redacting_again_changes_nothing(text):
    once = redact(text)
    assert redact(once) == once
