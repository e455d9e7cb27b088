"""Taking out of a text what points to a person."""

import re

from saisaat.domain.thai import to_arabic_digits

_PERSONAL = (
    (re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"), "[อีเมล]"),
    (re.compile(r"\b[UCR][0-9a-f]{32}\b"), "[รหัสไลน์]"),
    (
        re.compile(
            r"(?i)(?<![a-z])(?:(?:line|ไลน์) ?(?:id|ไอดี)|(?:id|ไอดี) ?(?:line|ไลน์)|ไอดี|(?:line|ไลน์)(?= ?[:=@]))"
            r" ?[:=]? ?@?[a-z0-9][a-z0-9._-]{2,40}"
        ),
        "[ไอดีไลน์]",
    ),
    (re.compile(r"(?<![\w@])@[a-z0-9][a-z0-9._-]{2,40}", re.IGNORECASE), "[ไอดีไลน์]"),
    (re.compile(r"(?<!\d)\d(?:[ -]?\d){12}(?![ -]?\d)"), "[เลขประจำตัว]"),
    (re.compile(r"(?<![\d+])(?:\+66|0)(?:[ -]?\d){8,9}(?![ -]?\d)"), "[เบอร์โทร]"),
    (re.compile(r"(?<!\d)\d(?:[ -]?\d){8,19}(?!\d)"), "[ตัวเลข]"),
    (
        re.compile(
            r"(?:นางสาว|น\.ส\.|นาย(?!อำเภอ|ก|ทะเบียน|จ้าง|หน้า|ทุน|ช่าง|ตรวจ|ท่า|แพทย์|ทหาร|ตำรวจ)|นาง(?!แบบ|งาม|ฟ้า|พยาบาล)"
            r"|ด\.ช\.|ด\.ญ\.|ว่าที่ ?ร\.[ตทอ]\.(?:หญิง)?) ?[ก-๎]{2,30}(?: [ก-๎]{2,30})?"
        ),
        "[ชื่อบุคคล]",
    ),
)


def redact(text: str) -> str:
    """`text` with what points to a person replaced by a word in brackets, for reports that leave the office.

    Phone and identity numbers in Thai or Arabic digits, other long numbers, e-mail addresses, LINE ids, and names
    after a title; the word after a name may go too. A name without a title cannot be found this way: a person reads
    the report before it is sent.
    """
    for pattern, word in _PERSONAL:
        spots = [match.span() for match in pattern.finditer(to_arabic_digits(text))]
        for start, end in reversed(spots):
            text = text[:start] + word + text[end:]
    return text
