"""Draws the report of a season that never took place, for looking at and for tests.

python -m tools.sample_report --out report.pdf [--weeks 22] [--perfect] [--rehearsal]
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import yaml

from saisaat.documents.season import (
    CampaignFacts,
    CostFigures,
    DeliveryFigures,
    GroupFigures,
    KpiResult,
    MemoHead,
    MonthFigures,
    Publication,
    Reuse,
    SeasonReport,
    TrackingFigures,
    WeekFigures,
)
from saisaat.documents.season_report import season_report_pdf
from saisaat.domain.cadence import Kind, Per, Quota
from saisaat.domain.delivery import State, Way
from saisaat.domain.feedback import CommentKind
from saisaat.domain.remarks import Remark
from saisaat.typesetting import RenderPool

BANK = Path(__file__).parents[1] / "saisaat" / "data" / "knowledge-bank.yaml"
FIRST_DAY = date(2027, 5, 3)
OFFICE = "สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง"
QUOTA = 3


def sample(*, weeks: int = 21, perfect: bool = False, rehearsal: bool = False, seed: int = 1) -> SeasonReport:
    """A season of whole weeks with three posters each and a clip a month. Unless `perfect`, some of it goes wrong."""
    chance = random.Random(seed)
    items = tuple(_items(weeks, chance, perfect))
    arrived = [group for item in items for group in item.groups if group.way]
    states = Counter(group.state for item in items for group in item.groups)
    end = FIRST_DAY + timedelta(weeks=weeks, days=-1)
    return SeasonReport(
        head=MemoHead(
            office=f"{OFFICE} ฝ่ายอำนวยการ",
            dated=end + timedelta(days=12),
            subject="รายงานผลการดำเนินงานโครงการรู้ทัน รู้งาม งานสุจริต ผ่านกลุ่ม LINE ประจำปี ๒๕๗๐",
            addressee="พัฒนาการจังหวัดตัวอย่าง",
            signer="หัวหน้าฝ่ายอำนวยการ",
        ),
        campaign=_campaign(end),
        announced=True,
        weeks=tuple(_weeks(weeks, items)),
        months=tuple(_months(items)),
        deliveries=DeliveryFigures(
            due=sum(states.values()),
            sent=len(arrived),
            missed=states[State.MISSED],
            uncertain=states[State.UNCERTAIN],
        ),
        ways=Counter(group.way for group in arrived if group.way),
        cost=CostFigures(0, 0, 300, tuple((month.month, 0) for month in _months(items))),
        tracking=TrackingFigures(
            publications=len(arrived),
            with_view_figure=sum(group.taps is not None for group in arrived),
            with_comment_record=len(arrived),
            closed=len(arrived),
        ),
        publications=items,
        comment_kinds={CommentKind.ACK: 214, CommentKind.PRAISE: 31, CommentKind.QUESTION: 9, CommentKind.CRITICISM: 4},
        kpis=_KPIS,
        reuse=() if perfect else (Reuse(items[0].title, items[0].day, items[-1].day, "ลายไทย"),),
        rehearsal=rehearsal,
    )


def _campaign(end: date) -> CampaignFacts:
    return CampaignFacts(
        title="รู้ทัน รู้งาม งานสุจริต ผ่านกลุ่ม LINE",
        office=OFFICE,
        start=FIRST_DAY,
        end=end,
        rationale="คนทำงานในสำนักงานกระจายอยู่ในหลายอำเภอ การนัดประชุมเพื่อพูดเรื่องจริยธรรมทำได้เพียงปีละไม่กี่หน "
        "และความรู้ที่ได้มักเลือนไปก่อนจะได้ใช้จริง ขณะที่ทุกคนเปิดกลุ่ม LINE ของสำนักงานเป็นประจำอยู่แล้ว\n"
        "จึงเห็นควรส่งความรู้สั้น ๆ ไปถึงทุกคนอย่างสม่ำเสมอ เปิดให้ถามและติชมได้ และเก็บผลทุกครั้ง โดยไม่ใช้งบประมาณ",
        objectives=(
            "เพื่อให้สำนักงานพัฒนาชุมชนจังหวัดและอำเภอทุกแห่งทำงานอย่างเปิดเผยและพร้อมให้ตรวจสอบ",
            "เพื่อให้บุคลากรทุกคนรู้และประพฤติตามประมวลจริยธรรมในงานประจำวัน",
        ),
        target="บุคลากรของสำนักงานพัฒนาชุมชนจังหวัดและสำนักงานพัฒนาชุมชนอำเภอ รวม ๑๖ แห่ง จำนวน ๑๐๔ คน และสมาชิกเครือข่ายพัฒนาชุมชน",
        quotas=(Quota(Kind.POSTER, QUOTA, Per.WEEK), Quota(Kind.CLIP, 1, Per.MONTH)),
        groups=("บุคลากรสำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง", "เครือข่ายพัฒนาชุมชนจังหวัดตัวอย่าง"),
    )


_KPIS = (
    KpiResult("9.1", "ร้อยละ ๙๕ ของสำนักงานพัฒนาชุมชนจังหวัดและอำเภอ ผ่านแบบตรวจความโปร่งใสของโครงการ", "ร้อยละ ๙๕"),
    KpiResult("9.2", "ร้อยละ ๙๕ ของบุคลากร ผ่านแบบประเมินการประพฤติตามประมวลจริยธรรมของโครงการ", "ร้อยละ ๙๕"),
)


def _items(weeks: int, chance: random.Random, perfect: bool) -> Iterator[Publication]:
    headlines = [item["headline"] for item in yaml.safe_load(BANK.read_text("utf-8"))["items"] if item["publishable"]]
    clip_months: set[int] = set()
    for number in range(weeks * QUOTA):
        day = FIRST_DAY + timedelta(weeks=number // QUOTA, days=(0, 2, 4)[number % QUOTA])
        groups = tuple(_fate(group, chance, perfect) for group in (0, 1))
        yield Publication(day, headlines[number % len(headlines)], Kind.POSTER, groups)
        if day.day > 7 and day.month + 12 * day.year not in clip_months:
            clip_months.add(day.month + 12 * day.year)
            fine = tuple(_fate(group, chance, perfect=True) for group in (0, 1))
            yield Publication(day, f"ตัวอย่างคลิปประจำเดือนที่ {len(clip_months)}", Kind.CLIP, fine)


def _fate(group: int, chance: random.Random, perfect: bool) -> GroupFigures:
    drawn = 1.0 if perfect else chance.random()
    if drawn < 0.04:
        return GroupFigures(group, State.MISSED)
    if drawn < 0.05:
        return GroupFigures(group, State.UNCERTAIN)
    taps = None if drawn < 0.3 else chance.randint(3, 40)
    reason = Remark.NO_FIGURE if taps is None else ""
    way = Way.PIGGYBACK if chance.random() < 0.8 else Way.DUTY
    counts = chance.randint(8, 60), chance.randint(0, 15), chance.randint(0, 3)
    return GroupFigures(group, State.CLOSED, way, taps, reason, *counts)


def _fewest(items: list[Publication]) -> int:
    """Stories that arrived in the group that got fewest."""
    return min(sum(bool(item.groups[group].way) for item in items) for group in (0, 1))


def _weeks(count: int, items: tuple[Publication, ...]) -> Iterator[WeekFigures]:
    for number in range(count):
        start = FIRST_DAY + timedelta(weeks=number)
        end = start + timedelta(days=6)
        posters = _fewest([item for item in items if start <= item.day <= end and item.kind is Kind.POSTER])
        excused = "วันหยุดต่อเนื่อง" if posters < QUOTA and number % 4 == 3 else None
        yield WeekFigures(number + 1, start, end, posters, QUOTA, posters >= QUOTA, excused)


def _months(items: tuple[Publication, ...]) -> list[MonthFigures]:
    months = sorted({item.day.replace(day=1) for item in items})
    clips = [item for item in items if item.kind is Kind.CLIP]
    counts = [_fewest([item for item in clips if item.day.replace(day=1) == month]) for month in months]
    return [MonthFigures(month, count, 1, count >= 1) for month, count in zip(months, counts, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weeks", type=int, default=21)
    parser.add_argument("--perfect", action="store_true")
    parser.add_argument("--rehearsal", action="store_true")
    options = parser.parse_args()
    report = sample(weeks=options.weeks, perfect=options.perfect, rehearsal=options.rehearsal)
    with RenderPool() as pool:
        options.out.write_bytes(season_report_pdf(report, pool))


if __name__ == "__main__":
    main()
