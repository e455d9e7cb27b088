"""The reference season with the real bank and the real calendar: May to September 2563, two groups."""

import itertools
from collections import Counter
from datetime import date

import pytest

from saisaat.domain.approval import ItemKind
from saisaat.domain.cadence import Kind, Per, Quota, judge, months, weeks
from saisaat.domain.plan import PlanGroup, PlanRequest, make_plan, planned_reach
from saisaat.domain.topics import Audience
from saisaat.queries.calendar import civil_holidays
from saisaat.queries.knowledge import knowledge_bank

START, END = date(2020, 5, 1), date(2020, 9, 30)


def request(seed: int) -> PlanRequest:
    return PlanRequest(
        period_start=START,
        period_end=END,
        quotas=(Quota(Kind.POSTER, 3, Per.WEEK), Quota(Kind.CLIP, 1, Per.MONTH)),
        groups=(PlanGroup("staff", Audience.STAFF), PlanGroup("network", Audience.NETWORK)),
        topics=knowledge_bank(),
        styles=("square", "portrait"),
        holidays=civil_holidays(START, END),
        seed=seed,
    )


@pytest.mark.parametrize("seed", range(1, 21))
def test_the_reference_season(seed):
    asked = request(seed)
    plan = make_plan(asked)
    posters = [entry for entry in plan.entries if entry.kind is ItemKind.POSTER]
    groups = ["staff", "network"]
    assert len(posters) == 67
    for found, kind in [
        (weeks(START, END, asked.week_rule, 3), Kind.POSTER),
        (months(START, END, asked.week_rule, 1), Kind.CLIP),
    ]:
        assert all(result.met for result in judge(found, planned_reach(plan.entries, kind), groups))
    assert Counter(reuse.group_key for reuse in plan.reuses) == {"network": 67 - 45}
    days = [entry.at.date() for entry in posters]
    assert len(set(days)) == 67
    assert [day for day in days if day in asked.holidays] == []
    assert [day for day in days if day.weekday() > 4] == [date(2020, 5, 2)], "1-3 May owes two and has one working day"
    made = {(choice.topic_id, choice.style) for entry in posters for choice in entry.per_group.values()}
    assert len(made) == 89, "67 for partners and the 22 that only staff may see"
    categories = {topic.id: topic.topic for topic in asked.topics}
    for key in groups:
        met = [categories[entry.per_group[key].topic_id or ""] for entry in posters]
        assert sum(before == after for before, after in itertools.pairwise(met)) == 0
    assert plan.entries[0].kind is ItemKind.ANNOUNCEMENT
    assert plan.entries[0].at < min(entry.at for entry in plan.entries[1:])
