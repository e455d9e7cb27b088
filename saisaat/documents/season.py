"""Everything a season report says, as plain facts. Whoever fills it in reads them from the records.

Unknown is never 0: a figure nobody could take is None. Dates are local, periods include both ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from saisaat.domain.cadence import Kind, Quota
from saisaat.domain.delivery import State, Way
from saisaat.domain.feedback import CommentKind

NOT_ASSESSED = "ยังไม่ได้ประเมิน"


@dataclass(frozen=True, slots=True)
class MemoHead:
    """The head of the memo. `number` and `phone` may be blank: the form then leaves room to write.

    office: ส่วนราชการ, with its section if it has one. addressee: after เรียน. signer: position only; the name is
    signed by hand. dated: the report's date, also the date inside the file.
    """

    office: str
    dated: date
    subject: str
    addressee: str
    signer: str
    number: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """The campaign as its signed proposal has it. Paragraphs of `rationale` are parted by line feeds.

    groups: names of the LINE groups, in the order that `Publication.groups` may refer to.
    """

    title: str
    office: str
    start: date
    end: date
    rationale: str
    objectives: tuple[str, ...]
    target: str
    quotas: tuple[Quota, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """`posters`: different stories in the group that got fewest (`cadence.SpanResult.stories`).

    excused: the recorded reason why an unmet week is accepted, None without one.
    """

    number: int
    start: date
    end: date
    posters: int
    quota: int
    met: bool
    excused: str | None = None


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """`clips` is counted like `WeekFigures.posters`; `month` is any day of the month."""

    month: date
    clips: int
    quota: int
    met: bool


@dataclass(frozen=True, slots=True)
class DeliveryFigures:
    """Deliveries: one plan entry into one group. `due` is what the plan asked for up to the report's date."""

    due: int
    sent: int
    missed: int = 0
    uncertain: int = 0
    failed: int = 0
    double: int = 0


@dataclass(frozen=True, slots=True)
class CostFigures:
    """`messages_counted`: those that LINE charges to the free monthly limit; None for a limit nobody could read.

    by_month: (any day of the month, messages counted in it), months without any included.
    """

    baht: int
    messages_counted: int
    free_limit_per_month: int | None
    by_month: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TrackingFigures:
    """Of `publications` (deliveries that arrived): how many have a view figure, a comment record, and are closed."""

    publications: int
    with_view_figure: int
    with_comment_record: int
    closed: int


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What became of one item in one group. `group` counts from 0 in `CampaignFacts.groups`.

    way: None unless it arrived. taps: openings of the item's page, None where there is no figure, and then
    `no_figure_reason` says why. The counts are None where nothing arrived or nothing was recorded.
    """

    group: int
    state: State
    way: Way | None = None
    taps: int | None = None
    no_figure_reason: str = ""
    acknowledgements: int | None = None
    reactions: int | None = None
    comments: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """One item of the plan and its fate in each group it was meant for."""

    day: date
    title: str
    kind: Kind
    groups: tuple[GroupFigures, ...]


@dataclass(frozen=True, slots=True)
class Reuse:
    """A topic that ran out of fresh ones made necessary to show again, in another style."""

    title: str
    first: date
    again: date
    style: str


@dataclass(frozen=True, slots=True)
class KpiResult:
    """One indicator in the proposal's words. `result` stays `NOT_ASSESSED` until an assessment was made."""

    number: str
    text: str
    target: str
    result: str = NOT_ASSESSED


@dataclass(frozen=True, slots=True)
class SeasonReport:
    """All that the memo and the attached report are made of.

    ways: deliveries sent by each way. comment_kinds: comments of each kind, confirmed kind before guessed.
    rehearsal: True marks every page as a rehearsal's, whose figures are not an office's work.
    """

    head: MemoHead
    campaign: CampaignFacts
    announced: bool
    weeks: tuple[WeekFigures, ...]
    months: tuple[MonthFigures, ...]
    deliveries: DeliveryFigures
    ways: Mapping[Way, int]
    cost: CostFigures
    tracking: TrackingFigures
    publications: tuple[Publication, ...]
    comment_kinds: Mapping[CommentKind, int]
    kpis: tuple[KpiResult, ...]
    reuse: tuple[Reuse, ...] = ()
    rehearsal: bool = False
