import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.redaction import redact


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
