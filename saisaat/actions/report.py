"""Reporting: a report is issued once, with the figures it was made of; a new issue keeps the old."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from saisaat.domain.roles import Actor, Deed, check_may
from saisaat.records import audit
from saisaat.records.models import Campaign, Report


def issue_report(
    *, campaign: Campaign, kind: str, figures: dict[str, Any], file: bytes, by: Actor, now: datetime
) -> Report:
    """Record that `file` was issued as a report of `kind` ("season", ...) made of `figures`."""
    check_may(by, Deed.REPORT)
    sha256 = hashlib.sha256(file).hexdigest()
    with transaction.atomic():
        report = Report.everywhere.create(
            province_id=campaign.province_id,
            campaign=campaign,
            kind=kind,
            figures=figures,
            file_sha256=sha256,
            made_at=now,
            by=by.id,
        )
        audit.append(by=by, action=Deed.REPORT, row=report, now=now, digest=sha256)
    return report
