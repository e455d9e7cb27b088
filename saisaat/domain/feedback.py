"""What kind of comment a short Thai text is: a guess with a confidence and a reason, never a verdict.

Plain rules over a word list, no model. An unsure guess says so by its confidence; criticism and complaints are always
put before a person. Misconduct words lean towards complaint: a tip-off taken for chat would be lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from saisaat.domain.feedback_words import REASSURING, WORDS
from saisaat.domain.thai import normalise, to_arabic_digits


class CommentKind(StrEnum):
    ACK = "ack"
    GREETING = "greeting"
    PRAISE = "praise"
    QUESTION = "question"
    SUGGESTION = "suggestion"
    CRITICISM = "criticism"
    COMPLAINT = "complaint"
    OFF_TOPIC = "off_topic"
    STICKER = "sticker"


PRESSING = (CommentKind.CRITICISM, CommentKind.COMPLAINT)
"""The comments that a person has to read, confirm and answer."""
NEEDS_NO_ANSWER = (CommentKind.ACK, CommentKind.GREETING, CommentKind.PRAISE, CommentKind.STICKER)
"""The comments that may be agreed with by the dozen."""


@dataclass(frozen=True, slots=True)
class Guess:
    """`confidence` is 0..1; below `UNSURE` the kind is hardly better than a coin. `why` names the words, in Thai."""

    kind: CommentKind
    confidence: float
    why: str

    @property
    def unsure(self) -> bool:
        return self.confidence < UNSURE


UNSURE = 0.5
LONGEST_READ = 2000
"""Characters looked at; a comment says what it is long before."""

_SEVERITY = (
    CommentKind.COMPLAINT,
    CommentKind.CRITICISM,
    CommentKind.SUGGESTION,
    CommentKind.QUESTION,
    CommentKind.OFF_TOPIC,
    CommentKind.PRAISE,
    CommentKind.ACK,
    CommentKind.GREETING,
)
"""Of equal scores the first wins: what needs a person before what needs none."""

_DOUBT = 1.3
"""Weight of what the lexicon does not know: a lone hint stays below `UNSURE`, a lone clear sign above it."""

_COURTESY = {CommentKind.ACK, CommentKind.GREETING}
_PARTICLES = re.compile(r"(?:นะ|ค่ะ|คะ|ค่า|ครับ|คับ|คร้าบ|ครับผม|จ้า|จ๊ะ|จ้ะ|ฮะ|ท่าน|พี่|น้อง)+$")
_PARTICLE_ONLY = re.compile(r"^(?:ค่ะ|ค่า|คะ|ครับ|ครับผม|คับผม|คร้าบ|จ้า|จ๊ะ|ผม|นะ)+$")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_LAUGHTER = re.compile(r"5{3,}\+*|(?:ฮ่า){2,}|(?:haha)+")
_NOT_WORDS = re.compile(r"[^\w\u0e00-\u0e7f?.]+|_+")
_ACK_SIGNS = frozenset("👍🙏👌✅🫡🙇")
_PRAISE_SIGNS = frozenset("👏❤💖💕😍🥰💯🎉💪🌟⭐")
_GAP = ".{0,20}?"


@dataclass(frozen=True)
class Lexicon:
    """Phrases by kind and weight, and what takes misconduct words out of play. Form: `domain.feedback_words`."""

    words: Mapping[str, Mapping[int, str]]
    reassuring: str = ""

    @cached_property
    def by_first_letter(self) -> Mapping[str, tuple["_Cue", ...]]:
        """Whole phrases before gapped ones, longer before shorter: the order in which they are tried at a place."""
        cues = [
            _cue(phrase, CommentKind(kind), weight)
            for kind, by_weight in self.words.items()
            for weight, phrases in by_weight.items()
            for phrase in phrases.split()
        ]
        cues.sort(key=lambda cue: (cue.gapped is not None, -len(cue.phrase)))
        return {cue.head[0]: tuple(c for c in cues if c.head[0] == cue.head[0]) for cue in cues}

    @cached_property
    def calming(self) -> re.Pattern[str]:
        phrases = sorted(self.reassuring.split(), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, phrases)) or r"(?!)")


@dataclass(frozen=True, slots=True)
class _Cue:
    """One phrase ready to be looked for. `head` is its text, or what stands before the first gap."""

    phrase: str
    kind: CommentKind
    weight: int
    head: str
    first: bool
    last: bool
    gapped: re.Pattern[str] | None

    def end_at(self, text: str, place: int) -> int:
        """Where the phrase ends if it stands at `place`, else 0."""
        if (self.first and place) or not text.startswith(self.head, place):
            return 0
        match = self.gapped.match(text, place) if self.gapped else None
        end = match.end() if match else 0 if self.gapped else place + len(self.head)
        return 0 if self.last and end != len(text) else end


def _cue(phrase: str, kind: CommentKind, weight: int) -> _Cue:
    shown = phrase.removeprefix("^").removesuffix("$")
    parts = shown.split("…")
    gapped = re.compile(_GAP.join(map(re.escape, parts))) if len(parts) > 1 else None
    return _Cue(shown, kind, weight, parts[0], phrase.startswith("^"), phrase.endswith("$"), gapped)


DEFAULT_LEXICON = Lexicon(WORDS, REASSURING)


def classify(text: str, *, message_type: str = "text", lexicon: Lexicon = DEFAULT_LEXICON) -> Guess:
    """The kind of one comment. `message_type` is the channel's word: "text", "sticker", "image", ...

    Never raises and never takes long, whatever the text.
    """
    if message_type == "sticker":
        return Guess(CommentKind.STICKER, 1.0, "เป็นสติกเกอร์")
    if message_type != "text":
        return Guess(CommentKind.OFF_TOPIC, UNSURE, "ไม่ใช่ข้อความ จึงไม่รู้ว่าพูดถึงอะไร")
    plain = normalise(text[:LONGEST_READ]).lower()
    bare = _squeeze(plain)
    if not bare.strip(".?"):
        return _guess_signs(plain, bare)
    if _PARTICLE_ONLY.match(bare):
        return Guess(CommentKind.ACK, 0.85, "มีแต่คำขานรับ")
    return _guess_words(bare, lexicon)


def _squeeze(plain: str) -> str:
    """Without laughter, spaces, ๆ, emoji and drawn-out letters."""
    text = _LAUGHTER.sub("", to_arabic_digits(plain))
    text = _NOT_WORDS.sub("", text).replace("ๆ", "")
    return _DRAWN_OUT.sub(r"\1", text)


def _guess_signs(plain: str, bare: str) -> Guess:
    signs = set(plain)
    if "?" in bare:
        return Guess(CommentKind.QUESTION, 0.6, "มีแต่เครื่องหมายคำถาม")
    if signs & _ACK_SIGNS:
        return Guess(CommentKind.ACK, 0.8, "มีแต่สัญลักษณ์รับทราบ")
    if signs & _PRAISE_SIGNS:
        return Guess(CommentKind.PRAISE, 0.6, "มีแต่สัญลักษณ์ชื่นชม")
    if _LAUGHTER.search(to_arabic_digits(plain)):
        return Guess(CommentKind.OFF_TOPIC, UNSURE, "มีแต่เสียงหัวเราะ")
    return Guess(CommentKind.STICKER, 0.6, "มีแต่สัญลักษณ์ ไม่มีคำ")


def _guess_words(bare: str, lexicon: Lexicon) -> Guess:
    asks = bare.endswith("คะ") and not bare.endswith("นะคะ")
    core, calmed = lexicon.calming.subn("", _PARTICLES.sub("", bare))
    scores: dict[CommentKind, float] = {}
    met: dict[CommentKind, list[str]] = {}
    turn = core.find("แต่", 1)
    for cue, at in _cues(core, lexicon):
        doubled = 0 < turn < at and cue.kind not in _COURTESY
        scores[cue.kind] = scores.get(cue.kind, 0) + cue.weight * (2 if doubled else 1)
        met.setdefault(cue.kind, []).append(cue.phrase)
    if calmed:
        scores[CommentKind.PRAISE] = scores.get(CommentKind.PRAISE, 0) + 2
        met.setdefault(CommentKind.PRAISE, []).append("ถ้อยคำรณรงค์")
    if asks:
        scores[CommentKind.QUESTION] = scores.get(CommentKind.QUESTION, 0) + 0.5
        met.setdefault(CommentKind.QUESTION, []).append("คะ")
    return _decide(scores, met)


def _cues(core: str, lexicon: Lexicon) -> list[tuple[_Cue, int]]:
    """The phrases met from left to right without overlap, and where each starts."""
    found = []
    place = 0
    while place < len(core):
        ends = ((cue, cue.end_at(core, place)) for cue in lexicon.by_first_letter.get(core[place], ()))
        cue, end = next(((cue, end) for cue, end in ends if end), (None, place + 1))
        if cue is not None:
            found.append((cue, place))
        place = end
    return found


def _decide(scores: dict[CommentKind, float], met: Mapping[CommentKind, list[str]]) -> Guess:
    """The highest score wins; courtesy words count only where nothing else is said."""
    content = {kind: score for kind, score in scores.items() if kind not in _COURTESY}
    running = content if max(content.values(), default=0) >= 1 else scores
    if not running:
        return Guess(CommentKind.OFF_TOPIC, 0.2, "ไม่พบคำที่บอกชนิด ไม่แน่ใจ")
    ranked = sorted(running, key=lambda kind: (-running[kind], _SEVERITY.index(kind)))
    best = running[ranked[0]]
    second = running[ranked[1]] if len(ranked) > 1 else 0.0
    confidence = round(best / (best + second + _DOUBT), 2)
    return Guess(ranked[0], confidence, "พบคำว่า " + ", ".join(dict.fromkeys(met[ranked[0]])))


def needs_person(guess: Guess) -> bool:
    """Whether a person must confirm it before it counts or is answered.

    Always for criticism and complaints, and for any guess so unsure that one of those may hide behind it.
    """
    return guess.kind in {CommentKind.CRITICISM, CommentKind.COMPLAINT} or guess.unsure


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
