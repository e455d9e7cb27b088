"""Links as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.domain.clip_links import Platform, read_duration, read_length, read_link
from saisaat.domain.errors import Invalid

ID = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "pasted",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?v={ID}&t=30s",
        f"youtu.be/{ID}?si=abc",
        f"https://m.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/embed/{ID}",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"  https://music.youtube.com/watch?list=x&v={ID} ",
        f"https://WWW.YOUTUBE.COM:443/watch?v={ID}",
    ],
)
def test_one_clip_of_youtube_has_one_address(pasted: str) -> None:
    link = read_link(pasted)
    assert (link.platform, link.key) == (Platform.YOUTUBE, f"youtube:{ID}")
    assert link.url == f"https://www.youtube.com/watch?v={ID}"


@pytest.mark.parametrize(
    ("pasted", "key"),
    [
        ("https://www.facebook.com/watch/?v=1234567890", "facebook:1234567890"),
        ("https://m.facebook.com/some.page/videos/1234567890/", "facebook:1234567890"),
        ("https://www.facebook.com/reel/1234567890", "facebook:1234567890"),
        ("https://fb.watch/aBc123_-/", "facebook:aBc123_-"),
        ("https://www.facebook.com/share/v/1AbCdEfG/", "facebook:1AbCdEfG"),
        ("https://www.tiktok.com/@office.nsn/video/7234567890123456789?lang=th", "tiktok:7234567890123456789"),
        ("https://vm.tiktok.com/ZMabcdef/", "tiktok:ZMabcdef"),
        ("https://cdd.example.go.th/media/film.mp4?x=1", "own:https://cdd.example.go.th/media/film.mp4"),
        ("/static/clips/gifts.mp4", "own:/static/clips/gifts.mp4"),
    ],
)
def test_other_platforms(pasted: str, key: str) -> None:
    assert read_link(pasted).key == key


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "   ",
        "ข้อความธรรมดา",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/film.mp4",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com.evil.example/watch?v=" + ID,
        "https://user@www.youtube.com/watch?v=" + ID,
        "https://www.youtube.com:8080/watch?v=" + ID,
        "https://www.facebook.com/some.page",
        "https://www.tiktok.com/@office",
        "https://example.org/page.html",
        "https://[::1/film.mp4",
        "https://example.org/a b.mp4",
        "https://example.org/" + "a" * 600 + ".mp4",
    ],
)
def test_what_is_no_clip_is_refused(pasted: str) -> None:
    with pytest.raises(Invalid):
        read_link(pasted)


@given(st.text(max_size=80))
def test_anything_pasted_is_read_or_refused(pasted: str) -> None:
    try:
        link = read_link(pasted)
    except Invalid:
        return
    assert read_link(link.url) == link, "the address to keep is read as itself"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT1M5S", 65), ("PT45S", 45), ("PT1H", 3600), ("P1DT1S", 86401), ("P", None), ("", None), ("1:05", None)],
)
def test_durations_of_the_api(text: str, seconds: int | None) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize(("text", "seconds"), [("1:05", 65), ("๑:๐๕", 65), (" 90 ", 90), ("1:02:03", 3723)])
def test_lengths_as_people_type_them(text: str, seconds: int) -> None:
    assert read_length(text) == seconds


@pytest.mark.parametrize("text", ["", "0", "1:60", "นาที", "-5", "99:99:99", "1.5", "7:00:00"])
def test_impossible_lengths(text: str) -> None:
    with pytest.raises(Invalid):
        read_length(text)
