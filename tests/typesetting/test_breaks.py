"""Holds Typst to our break points: newer versions of its line breaker may stop heeding WORD JOINER in Thai."""

import pytest
import yaml

from saisaat.typesetting import Job, RenderPool
from saisaat.typesetting.thai_text import PROJECT_WORDS, words

BANK = yaml.safe_load((PROJECT_WORDS.parent / "knowledge-bank.yaml").read_text("utf-8"))["items"]
TEXTS = {
    "loanwords": "อินฟลูเอนเซอร์โพสต์ลงเฟซบุ๊กและไลน์โอเอของเทศบาล",
    "names": "สำนักงานพัฒนาชุมชนอำเภอบรรพตพิสัย จังหวัดนครสวรรค์ และกรุงเทพมหานคร",
    "royal": "พระบาทสมเด็จพระเจ้าอยู่หัวเสด็จพระราชดำเนินสุวรรณภูมิ",
    "signs": "เด็ก ๆ กรุงเทพฯ อ่าน “คู่มือ” (ฉบับที่ 2) หน้า 15/3 ภายใน 30 วัน",
    "marks": "ป่า ฝั้น ญุฐู ที่ ผู้ น้ำ กตัญญู ปั๊ม",
}


def test_lines_break_only_between_our_pieces(pool: RenderPool) -> None:
    texts = TEXTS | {item["id"]: item["body"] for item in BANK[::5]} | {f"h{i['id']}": i["headline"] for i in BANK[::5]}
    rendered = pool.render(Job("documents/lines.typ", texts))
    found = {overflow.slot: round(overflow.need) for overflow in rendered.overflow}
    assert found == {name: sum(piece != " " for piece in words(text)) for name, text in texts.items()}


@pytest.mark.parametrize("text", ["ตำบล", "มหานคร", "สุวรรณภูมิ", "ข้าราชการพลเรือน", "ผลประโยชน์ทับซ้อน"])
def test_a_word_stays_on_one_line(pool: RenderPool, text: str) -> None:
    rendered = pool.render(Job("documents/lines.typ", {"word": text}))
    assert rendered.overflow[0].need == 1
