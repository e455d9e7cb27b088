"""The page of the words by which comments are told apart."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from saisaat.queries.feedback_words import changes_of, guess_at
from saisaat.records.models import Comment, FeedbackPhrase
from tests.cast import Cast, make_cast

Enter = Callable[[str], Client]
PAGE = "/settings/words"


def upload(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("words.csv", text.encode(), "text/csv")}


def test_a_comment_is_tried_and_not_kept(enter: Enter, cast: Cast) -> None:
    before = Comment.everywhere.count()
    page = enter("admin").post(f"{PAGE}/try", {"comment": "ขอร้องเรียนเรื่องใต้โต๊ะ"}).content.decode()
    assert "ร้องเรียน" in page
    assert "ใต้โต๊ะ" in page
    assert "พบคำว่า ขอร้องเรียน" in page
    assert Comment.everywhere.count() == before
    assert enter("admin").post(f"{PAGE}/try", {"comment": " "}).status_code == 422


def test_the_reason_is_said_in_the_readers_language(enter: Enter, cast: Cast) -> None:
    browser = enter("admin")
    browser.cookies["django_language"] = "en"
    page = browser.post(f"{PAGE}/try", {"comment": "รับทราบค่ะ"}, headers={"accept-language": "en"}).content.decode()
    assert "These words were met: รับทราบ" in page


def test_a_phrase_is_added_and_forgotten(enter: Enter, cast: Cast) -> None:
    browser = enter("admin")
    answer = browser.post(PAGE, {"kind": "praise", "phrase": "ม่วน คัก", "weight": "3"})
    assert answer.status_code == 302
    row = FeedbackPhrase.of(cast.province).get()
    assert (row.kind, row.phrase, row.weight) == ("praise", "ม่วนคัก", 3)
    assert "ม่วนคัก" in browser.get(PAGE).content.decode()
    assert guess_at(cast.province.pk, "ม่วนคัก").kind == "praise"
    browser.post(f"{PAGE}/{row.pk}/forget")
    assert not FeedbackPhrase.of(cast.province).exists()


def test_what_is_refused_stays_in_the_form(enter: Enter, cast: Cast) -> None:
    answer = enter("admin").post(PAGE, {"kind": "praise", "phrase": "ดี^มาก", "weight": "1"})
    assert answer.status_code == 422
    assert "ดี^มาก" in answer.content.decode()


def test_one_of_the_programs_words_is_taken_out_and_comes_back(enter: Enter, cast: Cast) -> None:
    browser = enter("admin")
    told = {"kind": "praise", "phrase": "ชอบมาก"}
    assert browser.post(f"{PAGE}/out", told).status_code == 302
    assert "เอาออกแล้ว" in browser.get(PAGE, {"kind": "praise", "q": "ชอบมาก"}).content.decode()
    browser.post(f"{PAGE}/{FeedbackPhrase.of(cast.province).get().pk}/forget")
    assert changes_of(cast.province.pk) == ()
    assert browser.post(f"{PAGE}/out", told | {"phrase": "ไม่มีคำนี้หรอก"}).status_code == 422


def test_a_file_goes_out_and_comes_in_again(enter: Enter, cast: Cast) -> None:
    browser = enter("admin")
    browser.post(PAGE, {"kind": "ack", "phrase": "^จั๊ด$", "weight": "2"})
    browser.post(f"{PAGE}/out", {"kind": "praise", "phrase": "ชอบมาก"})
    kept, file = changes_of(cast.province.pk), browser.get(f"{PAGE}/file")
    assert "attachment" in file["Content-Disposition"]
    FeedbackPhrase.everywhere.all().delete()
    assert browser.post(f"{PAGE}/import", upload(file.content.decode())).status_code == 302
    assert changes_of(cast.province.pk) == kept


@pytest.mark.parametrize("text", ["", "x", "kind,phrase,weight\npoetry,ดีแท้,1\n"])
def test_a_bad_file_changes_nothing(enter: Enter, cast: Cast, text: str) -> None:
    assert enter("admin").post(f"{PAGE}/import", upload(text)).status_code == 422
    assert not FeedbackPhrase.everywhere.exists()


def test_another_offices_words_are_out_of_reach(enter: Enter, cast: Cast) -> None:
    other = make_cast("other-")
    row = FeedbackPhrase.everywhere.create(province=other.province, kind="ack", phrase="จั๊ด", weight=2)
    assert enter("admin").post(f"{PAGE}/{row.pk}/forget").status_code == 404
    assert "จั๊ด" not in enter("admin").get(PAGE).content.decode()
