"""Thai text made ready for the typesetter: cleaned, and with the places where a line may break.

Typst finds Thai words by a neural model that splits names and loanwords; a dictionary does better. ZERO WIDTH SPACE
between dictionary words alone makes matters worse, because the model then sees less context; ZERO WIDTH SPACE between
words together with WORD JOINER inside them gives exactly the dictionary's breaks (tests/typesetting/test_breaks.py
holds Typst to it).
"""

import importlib.util
import re
import tempfile
import threading
import unicodedata
from pathlib import Path

import nlpo3

from saisaat.typesetting.errors import RenderRefused

ZWSP = "\u200b"
WORD_JOINER = "\u2060"
NBSP = "\u00a0"

PROJECT_WORDS = Path(__file__).parents[1] / "data" / "words.txt"

_THAI = r"\u0e01-\u0e3a\u0e40-\u0e4e"
_MARKS = r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_DIGITS = r"0-9๐-๙"
_ABBREVIATION = r"(?:[เแโไใ]?[ก-ฮ]{1,4}\.)+"
_UNITS = (
    "บาท|คน|ครั้ง|ปี|เดือน|สัปดาห์|วัน|ชั่วโมง|นาที|วินาที|เรื่อง|ข้อ|ชั้น|แห่ง|ราย|หน้า|ฉบับ|ประการ|สถาน|เท่า|คะแนน|มุม|แบบ|ระดับ|"
    "ตัวชี้วัด|เปอร์เซ็นต์|กรัม|กิโลกรัม|เมตร|กิโลเมตร|ลิตร|โครงการ|อำเภอ|จังหวัด|กลุ่ม|ชิ้น|คลิป"
)
_NUMBERED = "เกิน|ถึง|อีก|ภายใน|ข้อ|มาตรา|หมวด|วรรค|ฉบับที่|ระยะที่|ครั้งที่|ปี|อันดับ|ชั้น|หน้า|เลขที่|ปีงบประมาณ"

# Direction overrides, joiners and their kin are invisible and can make a text read as something else.
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_MARK_RUN = re.compile(rf"([{_MARKS}\u0300-\u036f]{{3}})[{_MARKS}\u0300-\u036f]+")
_SPLIT_SARA_AM = re.compile(r"\u0e4d([\u0e48-\u0e4b]?)\u0e32")

_STAND_ALONE = re.compile(rf"(?<![{_THAI}.]){_ABBREVIATION}")
_BEFORE_REPEAT = re.compile(r" +(?=[ๆฯ])")
_NUMBER_UNIT = re.compile(rf"(?<=[{_DIGITS}]) +(?=(?:{_UNITS})(?![{_MARKS}]))")
_WORD_NUMBER = re.compile(rf"(?<=[{_THAI}.]) +(?=[(]?[{_DIGITS}])")
_NUMBER_ITEM = re.compile(rf"(?<=[{_DIGITS}]) +(?=\([{_DIGITS}]+\))")
_ENDS_NUMBERED = re.compile(rf"(?:{_ABBREVIATION}|{_NUMBERED})$")
_CLUSTER = re.compile(rf"[เแโใไ]?[ก-ฮฤฦ][ะาำๅ{_MARKS}]*|.", re.DOTALL)
_THAI_RUN = re.compile(rf"[{_THAI}]+")
_THAI_CHAR = re.compile(rf"[{_THAI}]")

_NEVER_ENDS_A_LINE = frozenset("([{“‘\"'")
_NEVER_STARTS_A_LINE = frozenset(")]}”’\"'ๆฯ.,:;!?%…")
_HYPHENS = frozenset("/-–")
# Words that lean on the next one (the doing of, the being, who, not, and, or, that); a line ending in one reads badly.
_LEANS_ON_NEXT = frozenset({"การ", "ความ", "ผู้", "ไม่", "และ", "หรือ", "ที่", "ก็", "จะ"})

_loading = threading.Lock()
_loaded = False


def clean(text: str, *, limit: int = 4000) -> str:
    """The text in NFC without control, direction or zero-width characters; spaces of all kinds become one space.

    Line feeds stay. More than three marks on one letter are cut to three: no Thai syllable has more, and the
    typesetter's time and memory grow with the square of such a run. Raises RenderRefused past `limit` characters.
    """
    if len(text) > limit:
        raise RenderRefused(
            "ข้อความยาว %(text)s ตัวอักษร เกิน %(limit)s ตัวอักษรที่รับได้ ข้อความเดิมยังอยู่ครบ โปรดตัดให้สั้นลงแล้วลองใหม่",
            text=format(len(text), ","),
            limit=format(limit, ","),
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _INVISIBLE.sub("", _CONTROL.sub("", unicodedata.normalize("NFC", text)))
    text = _SPLIT_SARA_AM.sub("\\1\u0e33", _MARK_RUN.sub(r"\1", text))
    return re.sub(r" *\n *", "\n", re.sub(r"[^\S\n]+", " ", text)).strip()


def words(text: str, *, limit: int = 4000) -> list[str]:
    """The cleaned text as the pieces between which a line may break, spaces being pieces of their own.

    Joined, the pieces give the cleaned text back, except that spaces that must not break are NO-BREAK SPACE:
    before ๆ and ฯ, between number and unit (30 วัน), and between word and number (มาตรา 82, พ.ศ. 2560).
    """
    pieces: list[str] = []
    for token in _tokens(_glue(clean(text, limit=limit))):
        if token == NBSP or (pieces and not _may_break(pieces[-1], token)):
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def breakable(text: str, *, limit: int = 4000) -> str:
    """The cleaned text as one string that Typst breaks only where `words` allows it. Not for PDF text layers."""
    return "".join(_joined(words(text, limit=limit)))


def _joined(pieces: list[str]) -> list[str]:
    out: list[str] = []
    for piece in pieces:
        if out and not piece.isspace() and not out[-1].isspace():
            out.append(ZWSP)
        out.append(piece if piece.isspace() else _sealed(piece))
    return out


def _sealed(piece: str) -> str:
    """A WORD JOINER between all clusters, so that nothing inside the piece is taken for a break."""
    thai = _THAI_RUN.sub(lambda run: WORD_JOINER.join(_CLUSTER.findall(run.group())), piece)
    edge = rf"(?<=[{_THAI}])(?=[^{_THAI}{WORD_JOINER}\s])|(?<=[^{_THAI}{WORD_JOINER}\s])(?=[{_THAI}])"
    return re.sub(edge, WORD_JOINER, thai)


def _glue(text: str) -> str:
    text = _BEFORE_REPEAT.sub(NBSP, text)
    text = _NUMBER_ITEM.sub(NBSP, _NUMBER_UNIT.sub(NBSP, text))
    return _WORD_NUMBER.sub(lambda gap: NBSP if _ENDS_NUMBERED.search(text, 0, gap.start()) else gap.group(), text)


def _tokens(text: str) -> list[str]:
    """Dictionary words; abbreviations such as พ.ร.บ. stay whole, which the dictionary would split at the stops."""
    out: list[str] = []
    position = 0
    for abbreviation in _STAND_ALONE.finditer(text):
        out += _segment(text[position : abbreviation.start()])
        out.append(abbreviation.group())
        position = abbreviation.end()
    out += _segment(text[position:])
    return out


def _segment(text: str) -> list[str]:
    if not text:
        return []
    _load_dictionary()
    # The dictionary glues runs of spaces, line feeds and neighbours now and then; each is a piece of its own here.
    # Never its safe mode: nlpo3 1.4 then repeats parts of any text longer than some 140 characters.
    found = nlpo3.segment(text, "saisaat")
    if "".join(found) != text:
        raise RuntimeError("the segmenter changed the text")
    return [part for token in found for part in re.split(r"([ \n\u00a0])", token) if part]


def _may_break(left: str, right: str) -> bool:
    """May these two neighbours stand apart? A space or line feed always stands by itself."""
    last, first = left[-1], right[0]
    if last in " \n" or first in " \n":
        return True
    if (
        left in _LEANS_ON_NEXT
        or NBSP in (last, first)
        or last in _NEVER_ENDS_A_LINE
        or first in _NEVER_STARTS_A_LINE
        or first in _HYPHENS
    ):
        return False
    if last in _HYPHENS:
        return bool(_THAI_CHAR.match(first)) and len(left) > 1 and bool(_THAI_CHAR.match(left[-2]))
    return bool(_THAI_CHAR.match(last) or _THAI_CHAR.match(first))


def _load_dictionary() -> None:
    """Loads the word lists once a process, some 100 ms. The segmenter reads one file only, hence the joined copy."""
    global _loaded
    if _loaded:
        return
    with _loading:
        if _loaded:
            return
        # Importing the package would build its own dictionary in Python, which takes seconds and is not used.
        package = importlib.util.find_spec("newmm_tokenizer")
        if package is None or not package.submodule_search_locations:
            raise RuntimeError("the word list is missing: install newmm-tokenizer")
        common = Path(package.submodule_search_locations[0]) / "words_th.txt"
        own = (line.strip() for line in PROJECT_WORDS.read_text("utf-8").splitlines())
        extra = [line for line in own if line and not line.startswith("#")]
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as both:
            both.write(common.read_text("utf-8") + "\n" + "\n".join(extra) + "\n")
            both.flush()
            answer, loaded = nlpo3.load_dict(both.name, "saisaat")
        if not loaded:
            raise RuntimeError(f"the word list was not loaded: {answer}")
        _loaded = True
