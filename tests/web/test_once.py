"""A form sent twice acts once, and typing outlives a lost session."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from saisaat.actions import submit_once
from saisaat.domain.feedback import CommentKind
from saisaat.records.models import Account, AuditEvent, Comment, Submission
from saisaat.web.once import LARGEST_KEPT
from tests.cast import Cast
from tests.factories import PASSWORD, make_comment

Enter = Callable[[str], Client]
TOKEN = "0123456789abcdef" * 2
ANSWER = "ภาพต่อไปจะใช้ตัวหนังสือใหญ่ขึ้น"


@pytest.fixture
def comment(cast: Cast) -> Comment:
    return make_comment(cast.delivery(), "ตัวหนังสือเล็กไป", CommentKind.CRITICISM)


def deeds(comment: Comment) -> int:
    return AuditEvent.of(comment.province).filter(action="comment.answer").count()


def test_the_second_sending_is_led_to_where_the_first_went(enter: Enter, comment: Comment) -> None:
    browser = enter("duty")
    first = browser.post(f"/comments/{comment.pk}/answer", {"answer": ANSWER, "once": TOKEN})
    again = browser.post(f"/comments/{comment.pk}/answer", {"answer": "อีกข้อความหนึ่ง", "once": TOKEN})
    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == first["Location"]
    comment.refresh_from_db()
    assert (comment.answer, deeds(comment)) == (ANSWER, 1)


def test_a_refused_form_may_be_sent_again(enter: Enter, comment: Comment) -> None:
    browser = enter("duty")
    assert browser.post(f"/comments/{comment.pk}/answer", {"answer": "", "once": TOKEN}).status_code == 422
    assert browser.post(f"/comments/{comment.pk}/answer", {"answer": ANSWER, "once": TOKEN}).status_code == 302
    assert deeds(comment) == 1


def test_a_token_is_one_persons(enter: Enter, comment: Comment) -> None:
    enter("duty").post(f"/comments/{comment.pk}/answer", {"answer": ANSWER, "once": TOKEN})
    enter("owner").post(f"/comments/{comment.pk}/answer", {"answer": "ตอบใหม่", "once": TOKEN})
    assert deeds(comment) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_acts(cast: Cast) -> None:
    account = Account.everywhere.get(username="duty")
    won: list[bool] = []
    start = threading.Barrier(4)

    def claim() -> None:
        from django.db import connection

        start.wait()
        won.append(submit_once.claim(account=account, token=TOKEN) is None)
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False, False, False, True]


def test_old_tokens_go(cast: Cast) -> None:
    account = Account.everywhere.get(username="duty")
    submit_once.claim(account=account, token="old")
    Submission.everywhere.update(sent_at=datetime.now(UTC) - submit_once.KEPT_FOR - timedelta(minutes=1))
    submit_once.claim(account=account, token="new")
    submit_once.settle(account=account, token="new", location="/")
    assert list(Submission.everywhere.values_list("token", flat=True)) == ["new"]


def test_typing_outlives_the_session(client: Client, comment: Comment) -> None:
    path = f"/comments/{comment.pk}/answer"
    lost = client.post(path, {"answer": ANSWER, "once": TOKEN, "password": "never kept"})
    assert lost["Location"] == "/sign-in?next=/kept"
    client.post("/sign-in", {"username": "duty", "password": PASSWORD, "next": "/kept"})
    page = client.get("/kept").content.decode()
    assert ANSWER in page and f'action="{path}"' in page
    assert "never kept" not in page
    assert comment.answer == ""
    client.post(path, {"answer": ANSWER})
    client.post("/kept")
    assert client.get("/kept")["Location"] == "/"
    comment.refresh_from_db()
    assert comment.answer == ANSWER


@pytest.mark.parametrize(
    ("path", "text"),
    [("/nowhere", "x"), ("/i/abc/def/comment", "x"), ("/kept", "x" * (LARGEST_KEPT + 1))],
    ids=["no page", "no page of ours to keep for", "too much"],
)
def test_what_leads_nowhere_is_not_kept(client: Client, cast: Cast, path: str, text: str) -> None:
    client.post(path, {"text": text})
    assert "kept" not in client.session


def test_a_form_older_than_the_sign_in_keeps_its_typing(cast: Cast, comment: Comment) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    browser.force_login(Account.everywhere.get(username="duty"))
    answer = browser.post(f"/comments/{comment.pk}/answer", {"answer": ANSWER, "csrfmiddlewaretoken": "stale"})
    assert answer["Location"] == "/kept"
    assert ANSWER in browser.get("/kept").content.decode()


@pytest.mark.parametrize("site", ["cross-site", "none", ""])
def test_a_strangers_form_is_refused_and_not_kept(cast: Cast, comment: Comment, site: str) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": site})
    browser.force_login(Account.everywhere.get(username="duty"))
    assert browser.post(f"/comments/{comment.pk}/answer", {"answer": "ปลอม"}).status_code == 403
    assert browser.get("/kept")["Location"] == "/"
    comment.refresh_from_db()
    assert comment.answer == ""


def test_a_part_of_a_page_asks_the_whole_to_come_again(client: Client, cast: Cast) -> None:
    answer = client.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
