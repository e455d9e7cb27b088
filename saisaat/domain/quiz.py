"""A question under an item: what it may look like, and what an answer to it is told.

As stored: {"question": str, "choices": [str, ...], "answer": int, "why": str}; {} where an item has none. `answer` is
the place of the right choice, from 0.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from saisaat.domain.errors import Invalid

LEAST, MOST = 2, 4
LONGEST_QUESTION, LONGEST_CHOICE, LONGEST_WHY = 200, 120, 400


def make_quiz(question: str, choices: Sequence[str], answer: int | None, why: str) -> dict[str, Any]:
    """The quiz as it is stored; {} where nothing was written. Empty choices are left out. Raises `Invalid`."""
    question, why = " ".join(question.split()), " ".join(why.split())
    told = [(place, " ".join(choice.split())) for place, choice in enumerate(choices)]
    kept = [(place, choice) for place, choice in told if choice]
    if not (question or why or kept):
        return {}
    words = [choice for _, choice in kept]
    if not question or not why or not LEAST <= len(kept) <= MOST:
        raise Invalid("คำถามต้องมีตัวคำถาม คำตอบให้เลือก 2 ถึง 4 ข้อ และคำอธิบาย ยังไม่ได้บันทึก โปรดเติมให้ครบ หรือลบทั้งหมดถ้าไม่ใช้คำถาม")
    if len(set(words)) != len(words):
        raise Invalid("มีคำตอบที่เหมือนกัน ยังไม่ได้บันทึก โปรดแก้ให้ต่างกัน")
    places = [place for place, _ in kept]
    if answer not in places:
        raise Invalid("ยังไม่ได้เลือกว่าคำตอบข้อใดถูก ยังไม่ได้บันทึก โปรดเลือกหนึ่งข้อ")
    if len(question) > LONGEST_QUESTION or len(why) > LONGEST_WHY or max(map(len, words)) > LONGEST_CHOICE:
        raise Invalid(
            "ข้อความยาวเกินไป (คำถามไม่เกิน %(question)s คำตอบไม่เกิน %(choice)s คำอธิบายไม่เกิน %(why)s ตัวอักษร) "
            "ยังไม่ได้บันทึก โปรดย่อให้สั้นลง",
            question=LONGEST_QUESTION,
            choice=LONGEST_CHOICE,
            why=LONGEST_WHY,
        )
    return {"question": question, "choices": words, "answer": places.index(answer), "why": why}


def check_choice(quiz: Mapping[str, Any], typed: str) -> int:
    """The place of the choice that was taken. Raises `Invalid` where the quiz has no such choice."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 3 and int(typed) < len(quiz.get("choices", ()))):
        raise Invalid("ยังไม่ได้เลือกคำตอบ จึงยังไม่ได้บันทึก โปรดเลือกหนึ่งข้อแล้วกดตอบ")
    return int(typed)


def quiz_text(quiz: Mapping[str, Any]) -> str:
    """The one text form of a quiz, for the hash that is approved; "" where there is none."""
    return json.dumps(quiz, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if quiz else ""
