"""The plan of a season and its items: announcement, three posters a week, a clip a month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from saisaat.demo_data import words
from saisaat.demo_data.rows import Dice, Rows
from saisaat.demo_data.season import DAYS, Season, local
from saisaat.demo_data.stories import Stories, Story, announcement
from saisaat.domain.approval import ItemKind, ItemStatus
from saisaat.domain.plan_changes import Change
from saisaat.domain.reviewing import CHECKLIST, ticked
from saisaat.records.models import ExcusedWeek, Item, ItemVersion, Media, PlanChange, PlanEntry, Review, Topic

_POSTER_DAYS = (0, 2, 4)  # Monday, Wednesday, Friday
_ANNOUNCEMENT = "แจ้งแผนปฏิบัติการให้กลุ่มทราบ"
_LATE = timedelta(hours=10)
_MADE_AHEAD = timedelta(days=14)
_APPROVED_AHEAD = timedelta(days=2)
_WITHDRAWN, _RETURNED, _MOVED = 0.012, 0.06, 0.03  # shares of all entries
_UNFINISHED = (
    *(ItemStatus.APPROVED,) * 4,
    *(ItemStatus.IN_REVIEW,) * 4,
    *(ItemStatus.DRAFT,) * 2,
    ItemStatus.REJECTED,
)


@dataclass(frozen=True, slots=True)
class Publication:
    """A planned entry, and its item where one was made."""

    entry: PlanEntry
    item: Item | None


def make_plan(*, season: Season, stories: Stories, rows: Rows, now: datetime, dice: Dice) -> list[Publication]:
    """The whole season's entries in order of time, with their items as far as they are made by `now`."""
    maker = _Maker(season, stories, rows, now, dice)
    told: list[tuple[PlanEntry, Story | None]] = [
        (maker.entry(1, local(season.start, 8, 30), ItemKind.ANNOUNCEMENT, _ANNOUNCEMENT), None)
    ]
    planned = sorted(_planned(season, stories, dice), key=lambda one: one[0])
    for number, (at, story) in enumerate(planned, 2):
        told.append((maker.entry(number, at, story.kind, story.fields["title"]), story))
    maker.history([entry for entry, _ in told])
    rows.write()
    plan_told = announcement(season.place, season.campaign, now)
    publications = [maker.publication(entry, story or plan_told) for entry, story in told]
    rows.write()
    return publications


def _planned(season: Season, stories: Stories, dice: Dice) -> Iterator[tuple[datetime, Story]]:
    codes = list(stories.posters)
    dice.shuffle(codes)
    days = [season.start + timedelta(days=day) for day in range(DAYS)]
    for number, day in enumerate(day for day in days if day.weekday() in _POSTER_DAYS):
        at = local(day, 9 + dice.randrange(7), dice.choice((0, 15, 30, 45)))
        yield at, stories.posters[codes[number % len(codes)]]
    for number, day in enumerate(days[15::30]):
        yield local(day, 11), stories.clips[number % len(stories.clips)]


class _Maker:
    def __init__(self, season: Season, stories: Stories, rows: Rows, now: datetime, dice: Dice) -> None:
        self.season, self.rows, self.now, self.dice = season, rows, now, dice
        self.place, self.campaign = season.place, season.campaign
        self.topics: Mapping[str, Topic] = {topic.code: topic for topic in season.place.topics}
        self.media = self._files(stories)

    def _files(self, stories: Stories) -> dict[str, Media]:
        """The files the province shows, each written once."""
        known = {media.sha256: media for media in Media.of(self.place.province)}
        for story in (*stories.posters.values(), *stories.clips):
            for media in story.files(self.place.province.pk, self.dice):
                if media.sha256 not in known:
                    known[media.sha256] = self.rows.add(media)
        return known

    def entry(self, number: int, at: datetime, kind: ItemKind, title: str) -> PlanEntry:
        gone = kind is ItemKind.POSTER and self.dice.often(_WITHDRAWN)
        return self.rows.add(
            PlanEntry(
                id=self.dice.id(),
                province=self.place.province,
                campaign=self.campaign,
                no=number,
                kind=kind,
                title=title,
                at=at,
                deadline=at + _LATE,
                owner=self.place.players["producer"],
                withdrawn_at=at - timedelta(days=3) if gone else None,
                withdrawn_reason=self.dice.choice(words.WITHDRAWN) if gone else None,
            )
        )

    def publication(self, entry: PlanEntry, story: Story) -> Publication:
        made = entry.withdrawn_at is None and entry.at < self.now + _MADE_AHEAD
        return Publication(entry, self._item(entry, story) if made else None)

    def _item(self, entry: PlanEntry, story: Story) -> Item:
        """Made ten days before its time and reviewed the day after; what is still far off may be unfinished."""
        item = story.item(self.dice.id(), office=self.place.province.name, campaign=self.campaign.title)
        shown = [self.media[sha256] for sha256, *_ in story.media]
        item.id = self.dice.id()
        item.province, item.campaign, item.author = self.place.province, self.campaign, self.place.players["producer"]
        item.picture, item.preview = (shown[0], shown[-1]) if shown else (None, None)
        item.topic = self.topics.get(story.code)
        item.created_at = entry.at - timedelta(days=10)
        finished = entry.at < self.now + _APPROVED_AHEAD
        item.status = ItemStatus.APPROVED if finished else self.dice.choice(_UNFINISHED)
        item.approved_sha256 = item.sha256 if item.status == ItemStatus.APPROVED else ""
        self.rows.add(item)
        returned = item.status == ItemStatus.REJECTED or (
            item.status == ItemStatus.APPROVED and self.dice.often(_RETURNED)
        )
        edited = item.status == ItemStatus.DRAFT or (returned and item.status == ItemStatus.APPROVED)
        for no in range(1, 3 if edited else 2):
            self._version(item, no, latest=no == 2 or not edited)
        self._reviews(item, returned)
        return item

    def _version(self, item: Item, no: int, *, latest: bool) -> None:
        self.rows.add(
            ItemVersion(
                id=self.dice.id(),
                province=item.province,
                item=item,
                no=no,
                author=item.author,
                saved_at=item.created_at + timedelta(hours=3 * no),
                title=item.title,
                text=item.text if latest else item.text[:-20],
                alt=item.alt,
                spec=item.spec or {"clip": item.clip, "citation": item.citation},
                picture=item.picture,
                sha256=item.sha256 if latest else self.dice.digest(),
            )
        )

    def _reviews(self, item: Item, returned: bool) -> None:
        if returned:
            self._review(item, False, item.created_at + timedelta(hours=20))
        if item.status == ItemStatus.APPROVED:
            self._review(item, True, item.created_at + timedelta(hours=27))

    def _review(self, item: Item, approved: bool, at: datetime) -> None:
        self.rows.add(
            Review(
                id=self.dice.id(),
                province=item.province,
                item=item,
                sha256=item.sha256,
                author=item.author,
                reviewer=self.place.players["reviewer"],
                approved=approved,
                note="" if approved else self.dice.choice(words.RETURNED),
                checklist=ticked(CHECKLIST if approved else CHECKLIST[:2]),
                decided_at=at,
            )
        )

    def history(self, entries: list[PlanEntry]) -> None:
        """How the plan came about and what was changed in it."""
        owner, made_at = self.place.players["owner"], entries[0].at - timedelta(days=7)
        common = {"province": self.place.province, "campaign": self.campaign, "by": owner}
        self.rows.add(PlanChange(kind=Change.MADE, count=len(entries), at=made_at, **common))
        for entry in entries:
            told = {"entry": entry, "no": entry.no, "title": entry.title, **common}
            if entry.withdrawn_at:
                reason = entry.withdrawn_reason or ""
                self.rows.add(PlanChange(kind=Change.WITHDRAWN, reason=reason, at=entry.withdrawn_at, **told))
            elif self.dice.often(_MOVED):
                before = entry.at - timedelta(hours=2)
                moved = {"before": before, "after": entry.at, "at": made_at + timedelta(days=1)}
                self.rows.add(PlanChange(kind=Change.MOVED, **moved, **told))
        monday = self.season.start + timedelta(days=7 * self.dice.randrange(2, 20))
        self.rows.add(ExcusedWeek(monday=monday, reason=words.EXCUSED, **common))
