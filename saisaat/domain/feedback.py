"""What kind of comment a short Thai text is: a guess with a confidence and a reason, never a verdict.

Plain rules over a word list, no model. An unsure guess says so by its confidence; criticism and complaints are always
put before a person. Misconduct words lean towards complaint: a tip-off taken for chat would be lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from saisaat.domain.feedback_lexicon import LAUGHTER, Lexicon, Read, read
from saisaat.domain.feedback_words import SIGNS, WORDS
from saisaat.domain.phrases import Phrase
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
    """`confidence` is 0..1; below `UNSURE` the kind is hardly better than a coin. `why` names the words met.

    `may_press`: it is criticism or a complaint, or unsure in a way that one of those may hide in it.
    """

    kind: CommentKind
    confidence: float
    why: Phrase
    may_press: bool = False

    @property
    def unsure(self) -> bool:
        return self.confidence < UNSURE


UNSURE = 0.5

_SEVERITY = (
    CommentKind.COMPLAINT,
    CommentKind.CRITICISM,
    CommentKind.SUGGESTION,
    CommentKind.QUESTION,
    CommentKind.OFF_TOPIC,
    CommentKind.PRAISE,
    CommentKind.STICKER,
    CommentKind.ACK,
    CommentKind.GREETING,
)
"""Of equal scores the first wins: what needs a person before what needs none."""

_DOUBT = 1.3
"""Weight of what the lexicon does not know: a lone hint stays below `UNSURE`, a lone clear sign above it."""
_UNREAD_FREE, _UNREAD_DOUBT = 4, 0.1
"""Letters in which no word was met weigh too, each beyond the first few: a long text is not known by one word in it."""

_ANSWERED = {*PRESSING, CommentKind.SUGGESTION, CommentKind.QUESTION}
"""What gets read in any case. Of the others all but a little must have been understood to be sure."""
_COURTESY = {CommentKind.ACK, CommentKind.GREETING}
_NEGATED = {
    CommentKind.PRAISE: CommentKind.CRITICISM,
    CommentKind.CRITICISM: CommentKind.PRAISE,
    CommentKind.COMPLAINT: CommentKind.PRAISE,
}
"""What a word speaks for after a "not". The campaign's own "ไม่โกง" is no tip-off."""
_NOT = re.compile(r"(?:(?<!ทำ)ไม่(?:ได้|ค่อย|เคย|น่า|ถึงกับ|คิดจะ|มีการ|มี|ยอม|ทำ)?|(?<!ทำ)ไม(?=$)|บ่(?:ค่อย)?|มิ)$")
_TURN = re.compile(r"แต่(?!ง|ละ|ก่อน|เช้า)")
_ASKS = re.compile(r"(?<!นะ)คะ\?*$")
_PARTICLES = re.compile(
    r"(?:นะ|ค่ะ|คะ|ค่า|ค้า|คร้า|ครับผม|ครับ|ครัช|คับ|คร้าบ|คร้าฟ|ฮับ|งับ|จ้า|จร้า|จ๊ะ|จ้ะ|ฮะ|เด้อ|เน้อ|เจ้า|ท่าน|หัวหน้า|พี่|น้อง|krub|krab|ka)+\.?$"
)
_PARTICLE_ONLY = re.compile(
    r"(?:พี่|น้อง|หัวหน้า|ค่ะ|ค่า|ค้า|ค๊า|คะ|ครับ|ครัช|คับ|คร้าบ|คร้าฟ|ฮับ|งับ|จ้า|จร้า|จ๊ะ|จ้ะ|เจ้า|ผม|ท่าน|นะ|krub|krab|ka)+"
)
_LINE_EMOJI = re.compile(r"(?:\([a-z][a-z !?']*\)\s*)+", re.IGNORECASE)
_DESCRIBED = re.compile(r"(?:[\[(*<]\s*[^\])*>]*(?:สติ๊?กเกอร์|sticker)[^\])*>]*[\])*>]\s*)+", re.IGNORECASE)

DEFAULT_LEXICON = Lexicon(WORDS)


def classify(text: str, *, message_type: str = "text", lexicon: Lexicon = DEFAULT_LEXICON) -> Guess:
    """The kind of one comment. `message_type` is the channel's word: "text", "sticker", "image", ...

    Of a sticker `text` is what the channel says it shows, words with commas between, empty where it does not say.
    Never raises and never takes long, whatever the text.
    """
    if message_type == "sticker":
        return _guess_sticker(text, lexicon)
    if message_type != "text":
        return Guess(CommentKind.OFF_TOPIC, UNSURE, Phrase("ไม่ใช่ข้อความ จึงไม่รู้ว่าพูดถึงอะไร"))
    if _DESCRIBED.fullmatch(text.strip()) or _LINE_EMOJI.fullmatch(text.strip()):
        return Guess(CommentKind.STICKER, 0.95, Phrase("เป็นสติกเกอร์"))
    comment = read(text)
    if not comment.plain.strip(".?+"):
        return _guess_signs(text)
    if _PARTICLE_ONLY.fullmatch(comment.plain):
        return Guess(CommentKind.ACK, 0.85, Phrase("มีแต่คำขานรับ"))
    return _guess_words(text, comment, lexicon)


def _guess_sticker(shows: str, lexicon: Lexicon) -> Guess:
    """A sticker that says "รับทราบ" is an acknowledgement; one that says good morning, a greeting."""
    for word in filter(None, map(str.strip, shows.split(",")[:20])):
        guess = classify(word, lexicon=lexicon)
        if guess.kind in _COURTESY and not guess.unsure:
            return Guess(guess.kind, 0.8, Phrase("สติกเกอร์ที่บอกว่า %(words)s", words=word))
    return Guess(CommentKind.STICKER, 1.0, Phrase("เป็นสติกเกอร์"))


def _guess_signs(text: str) -> Guess:
    plain = to_arabic_digits(normalise(text))
    if "?" in plain:
        return Guess(CommentKind.QUESTION, 0.6, Phrase("มีแต่เครื่องหมายคำถาม"))
    for kind, signs in SIGNS.items():
        met = [sign for sign in signs if sign in plain]
        if met:
            pressing = kind in PRESSING
            return Guess(
                CommentKind(kind), 0.6 if pressing else 0.8, Phrase("มีแต่สัญลักษณ์ %(words)s", words=met[0]), pressing
            )
    if LAUGHTER.search(plain.lower()):
        return Guess(CommentKind.OFF_TOPIC, UNSURE, Phrase("มีแต่เสียงหัวเราะ"))
    return Guess(CommentKind.STICKER, 0.6, Phrase("มีแต่สัญลักษณ์ ไม่มีคำ"))


def _guess_words(text: str, comment: Read, lexicon: Lexicon) -> Guess:
    scores: dict[CommentKind, float] = {}
    met: dict[CommentKind, list[str]] = {}

    def count(kind: CommentKind, weight: float, word: str) -> None:
        scores[kind] = scores.get(kind, 0) + weight
        met.setdefault(kind, []).append(word)

    core = _without_particles(comment)
    unread = len(core.folded)
    turn = next((match.end() for match in _TURN.finditer(core.plain) if match.start()), 0)
    for found in lexicon.find(core):
        unread -= found.end - found.place
        if not found.cue.kind:
            continue
        kind, at = CommentKind(found.cue.kind), core.places[found.place]
        negated = _NOT.search(core.plain[:at]) if kind in _NEGATED else None
        after_turn = 0 < turn <= at and kind not in _COURTESY
        kind = _NEGATED[kind] if negated else kind
        count(
            kind, found.cue.weight * (2 if after_turn else 1), (negated.group() if negated else "") + found.cue.phrase
        )
    for sign in SIGNS["criticism"]:
        if sign in text:
            count(CommentKind.CRITICISM, 3, sign)
    if _ASKS.search(comment.plain):
        count(CommentKind.QUESTION, 0.5, "คะ")
    return _decide(scores, met, _UNREAD_DOUBT * max(0, unread - _UNREAD_FREE))


def _without_particles(comment: Read) -> Read:
    """The comment before its closing courtesies, where anything is left."""
    match = _PARTICLES.search(comment.plain)
    if match is None or not match.start():
        return comment
    return read(comment.plain[: match.start()])


def _decide(scores: Mapping[CommentKind, float], met: Mapping[CommentKind, list[str]], unread: float) -> Guess:
    """The highest score wins; courtesy words count only where nothing else is said."""
    content = {kind: score for kind, score in scores.items() if kind not in _COURTESY}
    running = content if max(content.values(), default=0) >= 1 else scores
    if not running:
        return Guess(CommentKind.OFF_TOPIC, 0.2, Phrase("ไม่พบคำที่บอกชนิด จึงไม่แน่ใจ"), True)
    ranked = sorted(running, key=lambda kind: (-running[kind], _SEVERITY.index(kind)))
    best = running[ranked[0]]
    second = running[ranked[1]] if len(ranked) > 1 else 0.0
    doubt = _DOUBT + unread * (1 if ranked[0] in _ANSWERED else 3)
    confidence = round(best / (best + second + doubt), 2)
    words = ", ".join(dict.fromkeys(met[ranked[0]]))
    hidden = unread > 0 or any(kind in running for kind in PRESSING)
    pressing = ranked[0] in PRESSING or (confidence < UNSURE and hidden)
    return Guess(ranked[0], confidence, Phrase("พบคำว่า %(words)s", words=words), pressing)


def needs_person(guess: Guess) -> bool:
    """Whether a person must confirm it before it counts or is answered.

    Always for criticism and complaints, and for any guess so unsure that one of those may hide behind it.
    """
    return guess.may_press or guess.unsure
