"""Signatures in order on the very content that was read, and what an office may choose."""

import itertools
from datetime import time

import pytest

from saisaat.domain.campaign import (
    SIGNING_ORDER,
    STATUS_TRANSITIONS,
    CampaignSettings,
    SignatureRole,
    Status,
    check_end,
    check_signable,
    check_start,
    check_status,
    content_sha256,
    next_to_sign,
    status_after,
)
from saisaat.domain.closing import comment_record
from saisaat.domain.errors import Invalid, NotNow
from saisaat.domain.feedback import CommentKind
from saisaat.domain.remarks import Remark

SHA = "a" * 64


@pytest.mark.parametrize(
    ("role", "signed"),
    [
        (role, set(signed))
        for role in SignatureRole
        for n in range(4)
        for signed in itertools.combinations(SIGNING_ORDER, n)
    ],
)
def test_each_signs_once_after_those_before(role: SignatureRole, signed: set[SignatureRole]) -> None:
    before = set(SIGNING_ORDER[: SIGNING_ORDER.index(role)])
    if role not in signed and before <= signed:
        check_signable(role, signed, SHA, SHA)
    else:
        with pytest.raises(NotNow):
            check_signable(role, signed, SHA, SHA)


def test_what_was_not_read_is_not_signed() -> None:
    with pytest.raises(NotNow, match="ฉบับล่าสุด"):
        check_signable(SignatureRole.PROPOSER, set(), SHA, "b" * 64)


def test_the_digest_is_of_the_content_and_not_of_its_order() -> None:
    assert content_sha256({"a": 1, "ข": [2]}) == content_sha256({"ข": [2], "a": 1})
    assert content_sha256({"a": 1}) != content_sha256({"a": "1"})


@pytest.mark.parametrize(
    ("signed", "status"),
    [(set(), Status.DRAFT), ({SignatureRole.PROPOSER}, Status.PROPOSED), (set(SIGNING_ORDER), Status.APPROVED)],
)
def test_signatures_alone_approve(signed: set[SignatureRole], status: Status) -> None:
    assert status_after(signed) is status


@pytest.mark.parametrize(
    ("at", "quiet"),
    [(time(7, 59), True), (time(8, 0), False), (time(19, 59), False), (time(20, 0), True), (time(0), True)],
)
def test_quiet_hours_go_over_midnight(at: time, quiet: bool) -> None:
    assert CampaignSettings().is_quiet(at) is quiet


def test_settings_are_read_strictly() -> None:
    read = CampaignSettings.from_json({"quiet_from": "21:30", "close_after_days": 3})
    assert (read.quiet_from, read.close_after_days, read.late_hours) == (time(21, 30), 3, 10)
    with pytest.raises(Invalid, match="quiet_form"):
        CampaignSettings.from_json({"quiet_form": "21:30"})


def test_a_comment_record_says_none_or_how_many_of_each() -> None:
    assert comment_record([]) == Remark.NO_COMMENTS
    kinds = [CommentKind.ACK, CommentKind.CRITICISM, CommentKind.ACK]
    assert comment_record(kinds) == "รับทราบ 2 · วิจารณ์ 1"


@pytest.mark.parametrize(("old", "new"), list(itertools.product(Status, Status)))
def test_a_campaign_goes_where_the_table_says(old: Status, new: Status) -> None:
    if new in STATUS_TRANSITIONS[old]:
        check_status(old, new)
    else:
        with pytest.raises(NotNow, match="โครงการยังอยู่ครบ"):
            check_status(old, new)


@pytest.mark.parametrize(("old", "entries"), list(itertools.product(Status, (0, 1))))
def test_a_campaign_starts_with_a_plan(old: Status, entries: int) -> None:
    if old in {Status.APPROVED, Status.ENDED} and entries:
        check_start(old, entries)
    else:
        with pytest.raises(NotNow):
            check_start(old, entries)


@pytest.mark.parametrize(("old", "unfinished"), list(itertools.product(Status, (0, 2))))
def test_a_campaign_ends_when_nothing_is_open(old: Status, unfinished: int) -> None:
    if old is Status.RUNNING and not unfinished:
        check_end(old, unfinished)
    else:
        with pytest.raises(NotNow):
            check_end(old, unfinished)


def test_whose_turn_it_is() -> None:
    assert [next_to_sign(set(SIGNING_ORDER[:n])) for n in range(4)] == [*SIGNING_ORDER, None]
