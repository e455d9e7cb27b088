"""The order (คำสั่ง) that appoints a working group, as Word and as PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from saisaat.documents import form_blocks
from saisaat.documents.blocks import Block, in_thai_digits
from saisaat.documents.form_blocks import Signer, centred, given, item, members, rule, signing, words
from saisaat.documents.season_findings import project_name
from saisaat.documents.text_layer import repaired
from saisaat.documents.word import word_document
from saisaat.domain.thai import BUDDHIST_ERA, THAI_MONTHS, read_year
from saisaat.typesetting import Job, RenderPool
from saisaat.typesetting.thai_text import clean

_UNDATED = date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class OrderMember:
    """One member, in the sequence of the order. `duties` of this person alone, one a line; "" for none."""

    name: str
    position: str
    role: str
    duties: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What an order says. What is not known yet ("" or None) is left to be written by hand.

    number: the part before the stroke. year: of either era. title: after เรื่อง. preamble: the reasons, paragraphs
    parted by line feeds; without one, it says no more than that the office runs `campaign`. duties: of the whole
    group. dated: the day it is signed.
    """

    office: str
    number: str
    year: int
    title: str
    preamble: str
    campaign: str
    members: tuple[OrderMember, ...]
    duties: tuple[str, ...]
    dated: date | None
    signer_name: str
    signer_position: str
    acting_for: str


def order_docx(order: Order, *, emblem: bytes | None = None) -> bytes:
    """The order in Word. `emblem` is the office's own picture (PNG, JPEG). Equal arguments give equal bytes."""
    return word_document(_blocks(order, emblem), title=_name(order), author=order.office)


def order_pdf(order: Order, pool: RenderPool, *, emblem: bytes | None = None) -> bytes:
    """The order as tagged PDF/A-2a. Equal arguments give equal bytes; characters the font lacks come out as [?]."""
    dated = datetime.combine(order.dated or _UNDATED, time(12), UTC)
    job = Job(
        "documents/form.typ",
        {"_title": clean(_name(order)[:500]), "_author": clean(order.office[:500]), "blocks": _blocks(order, emblem)},
        format="pdf",
        text="breakable",
        fonts=("Sarabun",),
        missing="replace",
        pdf_standards=("a-2a",),
        timestamp=int(dated.timestamp()),
    )
    return repaired(pool.render(job).data)


def _name(order: Order) -> str:
    return f"คำสั่ง{order.office} เรื่อง {order.title}"


def _blocks(order: Order, emblem: bytes | None) -> list[Block]:
    shown: list[Block] = in_thai_digits([form_blocks.emblem(emblem), *_head(order), *_body(order), *_end(order)])
    return shown


def _head(order: Order) -> Iterator[Block]:
    year = _buddhist(order.year)
    yield centred(f"คำสั่ง{order.office}", size=18)
    yield centred(f"ที่ {order.number}" if "/" in order.number else f"ที่ {order.number or '.' * 12}/{year}")
    yield centred(f"เรื่อง {order.title}")
    yield rule()


def _body(order: Order) -> Iterator[Block]:
    yield from words(order.preamble or _reason(order))
    own = any(member.duties.strip() for member in order.members)
    rows = [(f"{number}.", member.name, member.position, member.role) for number, member in enumerate(order.members, 1)]
    if not own:
        yield members(rows)
    else:
        for row, member in zip(rows, order.members, strict=True):
            yield members([row])
            yield from (item("-", duty, 2) for duty in _lines(member.duties))
    if order.duties:
        yield from words("ให้คณะทำงานมีหน้าที่ ดังนี้")
        yield from (item(f"{number}.", duty) for number, duty in enumerate(order.duties, 1))


def _end(order: Order) -> Iterator[Block]:
    yield from words("ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป")
    yield given(_ordered(order))
    signer = Signer(order.signer_name, order.signer_position, order.acting_for)
    yield signing(signer, dated=False, labelled=False)


def _reason(order: Order) -> str:
    return (
        f"ด้วย{order.office} ได้จัดทำ{project_name(order.campaign)} "
        "เพื่อให้การดำเนินโครงการเป็นไปด้วยความเรียบร้อย จึงแต่งตั้งคณะทำงาน ดังนี้"
    )


def _ordered(order: Order) -> str:
    if order.dated is None:
        return f"สั่ง ณ วันที่ {'.' * 8} เดือน {'.' * 18} พ.ศ. {_buddhist(order.year)}"
    day = order.dated
    return f"สั่ง ณ วันที่ {day.day} {THAI_MONTHS[day.month - 1]} พ.ศ. {day.year + BUDDHIST_ERA}"


def _buddhist(year: int) -> int:
    known = read_year(str(year))
    return known.ce + BUDDHIST_ERA if known else year


def _lines(text: str) -> list[str]:
    return [line.strip(" -") for line in text.splitlines() if line.strip(" -")]
