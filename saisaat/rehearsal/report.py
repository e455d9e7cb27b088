"""The season's report files: the memo as PDF and the figures as JSON, issued in the owner's name."""

import json
from pathlib import Path
from typing import Any

from saisaat.actions.report import issue_report
from saisaat.documents.season_report import season_report_pdf
from saisaat.domain.cadence import local_day
from saisaat.queries.season_report import season_report
from saisaat.rehearsal.season import Season
from saisaat.typesetting import RenderPool


def write_report(season: Season, result: dict[str, Any], pool: RenderPool, folder: Path) -> dict[str, str]:
    """Write reports/season.pdf and reports/season.json under `folder`; their paths."""
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    told = season_report(season.campaign, result, dated=local_day(season.ended), rehearsal=True)
    pdf = season_report_pdf(told, pool)
    (reports / "season.pdf").write_bytes(pdf)
    (reports / "season.json").write_text(json.dumps(result, ensure_ascii=False, indent=2), encoding="utf-8")
    owner = season.cast.owner
    issue_report(campaign=season.campaign, kind="season", figures=result, file=pdf, by=owner.actor, now=season.ended)
    return {"pdf": str(reports / "season.pdf"), "json": str(reports / "season.json")}
