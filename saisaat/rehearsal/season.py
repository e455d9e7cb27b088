"""A whole season in virtual time: from the proposal to the report, through the same actions people use."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from saisaat.actions import appoint, compose, connect, plan, propose, review, sign
from saisaat.actions.channel_pool import ChannelPool, DatabaseThread
from saisaat.actions.receive import TakenIn
from saisaat.channels.transport import AsgiTransport
from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import BANGKOK
from saisaat.domain.campaign import CampaignSettings, SignatureRole
from saisaat.domain.errors import Invalid
from saisaat.domain.reviewing import CHECKLIST, ticked
from saisaat.domain.topics import Audience
from saisaat.intake.app import Intake
from saisaat.intake.writer import Writer
from saisaat.posters.styles import for_any_topic
from saisaat.queries.calendar import civil_holidays
from saisaat.queries.clips import demonstration_clips
from saisaat.records import clock
from saisaat.records.models import Campaign, Delivery, Group, Topic
from saisaat.rehearsal.crowd import Crowd, Mood
from saisaat.rehearsal.office import Cast, Player, settle
from saisaat.rehearsal.play import Play, Stalls, planned_by_group
from saisaat.rehearsal.world import Browser, PracticeLine, World
from saisaat.typesetting import RenderPool
from saisaat.workers.engine import Engine

NETWORK_MEMBERS = 60
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to rehearse: a read proposal (`Proposal.to_json()`), the crowd, and how far to play (None: to the end).

    `to_next_poster`: play on from `until` to one minute after the next poster is due, so that it waits to be sent.
    """

    proposal: dict[str, Any]
    seed: int = 1
    mood: Mood = Mood.QUIET
    duty: bool = True
    until: datetime | None = None
    to_next_poster: bool = False


@dataclass(slots=True)
class Season:
    """A season that was played: what the report and the recount need."""

    campaign: Campaign
    cast: Cast
    groups: list[Group]
    transcript: list[dict[str, Any]]
    ended: datetime


async def rehearse(
    wish: Wish,
    *,
    practice: Callable[[Callable[..., Any]], PracticeLine],
    pool: RenderPool,
    progress: Progress,
    keep_practice: Path | None,
) -> Season:
    """Play the season. `practice` makes a practice LINE around a webhook sender; `keep_practice` gets its state."""
    return await _Rehearsal(wish, practice, pool, progress).run(keep_practice)


class _Rehearsal:
    def __init__(self, wish: Wish, practice: Callable[..., PracticeLine], pool: RenderPool, progress: Progress) -> None:
        self._wish = wish
        self._progress = progress
        self._renders = pool
        self._taken: list[TakenIn] = []
        self._database = DatabaseThread(None)
        self._writer = Writer(now=clock.now, on_stored=self._taken.append)
        self._line = practice(self._send_webhook)
        self._world = World(self._line)
        extra = {"transport": AsgiTransport(self._line.app)}
        self._pool = ChannelPool(self._database, **extra)
        self._intake = AsgiTransport(Intake(pool=ChannelPool(self._database, **extra), writer=self._writer))

    async def _send_webhook(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        return (await self._intake.request("POST", url, headers, body)).status

    async def run(self, keep_practice: Path | None) -> Season:
        self._writer.start()
        try:
            return await self._play(keep_practice)
        finally:
            self._writer.stop()
            await self._pool.close()
            clock.freeze(None)

    async def _play(self, keep_practice: Path | None) -> Season:
        start, end = _period(self._wish.proposal)
        opening = datetime.combine(start - timedelta(days=3), time(9), BANGKOK)
        await self._set_clock(opening)
        office = self._wish.proposal.get("org") or "สำนักงานพัฒนาชุมชนจังหวัด (ซ้อม)"
        cast = await self._database(settle, name=office, now=opening)
        users = await self._found_groups(cast, opening)
        campaign = await self._database(approve, self._wish.proposal, cast, opening)
        await self._database(
            plan.make_plan, campaign=campaign, styles=for_any_topic(), by=cast.owner.actor, now=opening
        )
        await self._database(produce, campaign, cast, self._renders, opening, self._progress)
        groups = await self._database(lambda: list(Group.of(cast.province)))
        days = (await self._database(CampaignSettings.from_json, campaign.settings)).close_after_days
        last = datetime.combine(end + timedelta(days=days + 1), time(6), BANGKOK)
        until = min(self._wish.until or last, last)
        if self._wish.to_next_poster:
            until = min(await self._database(_next_poster, campaign, until), last)
        play = await self._database(self._stage_play, campaign, groups, users, start, end)
        await play.run(start - timedelta(days=1), until)
        await self._set_clock(until)
        transcript = await self._world.transcript()
        if keep_practice is not None:
            await self._world.let_clock_run(until)
            self._line.save_to(keep_practice)
        return Season(campaign, cast, groups, transcript, until)

    async def _set_clock(self, moment: datetime) -> None:
        clock.freeze(moment)
        await self._world.set_clock(moment)

    async def _found_groups(self, cast: Cast, now: datetime) -> dict[str, list[str]]:
        """People and two groups on the practice LINE, and the channel that sits in them. Users by group row id."""
        credentials = {"access_token": "practice-token", "secret": "practice-secret"}
        channel = await self._database(
            connect.connect_channel,
            province=cast.province,
            kind="line",
            name="บัญชีทางการของสำนักงาน",
            credentials=credentials,
            api_base=settings.PRACTICE_API,
            by=cast.owner.actor,
            now=now,
        )
        names = [person.name for person in cast.staff]
        staff = [await self._world.person(name) for name in names]
        network = [await self._world.person(f"ผู้นำเครือข่าย คนที่ {n}") for n in range(1, NETWORK_MEMBERS + 1)]
        duty = staff[names.index(cast.duty.person.name)]
        by = cast.owner.actor
        users: dict[str, list[str]] = {}
        await self._world.set_webhook(f"{settings.BASE_URL}/line/{channel.pk}/webhook")
        for name, audience, members in (
            ("กลุ่มบุคลากร", Audience.STAFF, staff),
            ("กลุ่มเครือข่ายพัฒนาชุมชน", Audience.NETWORK, [*network, duty]),
        ):
            line_group = await self._world.group(name, members)
            group = await self._database(
                connect.add_group,
                channel=channel,
                channel_group=line_group,
                name=name,
                audience=audience,
                by=by,
                now=now,
            )
            await self._database(connect.read_members, group=group, count=len(members), now=now)
            users[group.pk] = [duty, *(user for user in members if user != duty)]
        await self._database(
            connect.link_identity,
            channel=channel,
            person=cast.duty.person,
            user=duty,
            by=cast.duty.actor,
            now=now,
        )
        self._taken.clear()
        return users

    def _stage_play(
        self, campaign: Campaign, groups: list[Group], users: dict[str, list[str]], start: date, end: date
    ) -> Play:
        planned = planned_by_group(
            list(Delivery.of(campaign.province_id).filter(entry__campaign=campaign).values_list("group", "due_at"))
        )
        stalls = [
            Stalls(
                line_group=group.channel_group,
                members=users[group.pk],
                crowd=Crowd(
                    mood=self._wish.mood, members=len(users[group.pk]), seed=self._wish.seed * 1000 + group.position
                ),
                duty_user=users[group.pk][0],
                planned=planned.get(group.pk, []),
            )
            for group in groups
        ]
        engine = Engine(pool=self._pool, database=self._database, now=clock.now, name="rehearsal", alone=True)
        return Play(
            world=self._world,
            engine=engine,
            browser=Browser(),
            run_sync=self._database,
            stalls=stalls,
            holidays=civil_holidays(start, end),
            duty=self._wish.duty,
            taken=self._taken,
            on_day=partial(_tell_month, self._progress),
        )


def _tell_month(progress: Progress, day: date) -> None:
    if day.day == 1:
        progress(f"ถึงวันที่ {day:%Y-%m-%d}")


def _period(proposal: dict[str, Any]) -> tuple[date, date]:
    period = proposal.get("period")
    if not period:
        raise Invalid("เอกสารไม่ได้บอกวันเริ่มและวันสิ้นสุดที่ชัดเจน จึงซ้อมทั้งโครงการไม่ได้ โปรดเติมระยะเวลาดำเนินการก่อน")
    return date.fromisoformat(period["start"]), date.fromisoformat(period["end"])


def approve(proposal: dict[str, Any], cast: Cast, now: datetime) -> Campaign:
    """The proposal becomes a campaign, is signed in order by three people, and gets its working group."""
    campaign = propose.import_proposal(province=cast.province, proposal=proposal, by=cast.owner.actor, now=now)
    acting = {s["role"]: s.get("acting_for") or "" for s in proposal.get("signatures", [])}
    signers = ((SignatureRole.PROPOSER, cast.owner), (SignatureRole.ENDORSER, cast.endorser))
    for role, player in (*signers, (SignatureRole.APPROVER, cast.approver)):
        sign.sign(
            campaign=campaign,
            role=role,
            person=player.person,
            seen_sha256=campaign.content_sha256,
            acting_for=acting.get(role, ""),
            by=player.actor,
            now=now,
        )
    campaign.refresh_from_db()
    places = (
        (cast.owner, "ประธานคณะทำงาน", "กำกับให้เป็นไปตามแผน"),
        (cast.reviewer, "คณะทำงาน", "ตรวจสื่อก่อนเผยแพร่"),
        (cast.duty, "คณะทำงาน", "เผยแพร่สื่อและติดตามความเห็น"),
        (cast.producer, "คณะทำงานและเลขานุการ", "จัดทำสื่อและรายงาน"),
    )
    group = [appoint.Appointment(player.person, role, duties) for player, role, duties in places]
    appoint.appoint(campaign=campaign, appointments=group, by=cast.owner.actor, now=now)
    return campaign


def produce(campaign: Campaign, cast: Cast, pool: RenderPool, now: datetime, progress: Progress) -> None:
    """The media team makes everything the plan asks for; another person reviews each piece."""
    maker: dict[str, Any] = {
        "campaign": campaign,
        "author": cast.producer.person,
        "by": cast.producer.actor,
        "now": now,
    }
    items = [compose.compose_announcement(**maker)]
    clips = campaign.entries.filter(kind=ItemKind.CLIP).count()
    items += [compose.compose_clip(clip=clip, thumbnail=shot, **maker) for clip, shot in _clips(clips)]
    wanted = (
        Delivery.of(campaign.province_id)
        .filter(entry__campaign=campaign, topic__isnull=False)
        .values_list("topic", "style")
    )
    pairs = list(dict.fromkeys(wanted.order_by("due_at", "entry__no", "group__position")))
    topics = {topic.pk: topic for topic in Topic.of(campaign.province_id)}
    with ThreadPoolExecutor(2) as makers:
        specs = [compose.poster_spec(campaign, topics[topic], style) for topic, style in pairs]
        posters = makers.map(lambda spec: compose.render_poster(spec, pool), specs)
        for number, ((topic, _), spec, poster) in enumerate(zip(pairs, specs, posters, strict=True), start=1):
            items.append(compose.compose_poster(topic=topics[topic], spec=spec, poster=poster, **maker))
            if number % 20 == 0:
                progress(f"ทำโปสเตอร์แล้ว {number}/{len(pairs)}")
    for item in items:
        submitted = review.submit(item=item, by=cast.producer.actor, now=now)
        reviewer: Player = cast.reviewer
        review.approve(
            item=submitted,
            seen_sha256=item.sha256,
            checklist=ticked(CHECKLIST),
            reviewer=reviewer.person,
            by=reviewer.actor,
            now=now,
        )


def _clips(count: int) -> list[tuple[compose.Clip, bytes]]:
    """The project's own short films, each once; a longer season gets fewer clips than it asks for, and says so."""
    return [
        (
            compose.Clip(
                title=film.title,
                text=film.text,
                url=f"{settings.BASE_URL}/static/clips/{film.file}",
                owner=film.owner,
                rights=film.rights,
                seconds=film.seconds,
            ),
            film.thumbnail,
        )
        for film in demonstration_clips()[:count]
    ]


def _next_poster(campaign: Campaign, after: datetime) -> datetime:
    """One minute past the time of the first poster due after a moment; that moment where there is none."""
    entry = campaign.entries.filter(kind=ItemKind.POSTER, at__gte=after).order_by("at").first()
    return entry.at + timedelta(minutes=1) if entry else after
