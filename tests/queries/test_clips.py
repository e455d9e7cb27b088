"""The films as committed: what the list says of each is what its file is."""

import io
import struct
from datetime import date
from importlib.resources import files

import av
import pytest
from PIL import Image

from saisaat.domain.errors import Invalid
from saisaat.domain.topics import EVERYONE, valid_on
from saisaat.queries.clips import demonstration_clips, parse_clips
from saisaat.queries.knowledge import knowledge_bank
from saisaat.queries.yaml_files import read_text, read_yaml
from tools.films.script import SCRIPTS, read_films
from tools.make_clips import listed

MARK = "ตัวอย่าง"
FILMS = files("saisaat.web") / "static" / "clips"
CLIPS = demonstration_clips()


def film_bytes(clip):
    return (FILMS / clip.file).read_bytes()


def boxes(mp4):
    """The names of the top-level boxes of an MP4, in order."""
    found, at = [], 0
    while at < len(mp4):
        size, name = struct.unpack_from(">I4s", mp4, at)
        assert size >= 8, f"box {name!r} of {size} bytes"
        found.append(name.decode("ascii"))
        at += size
    return found


@pytest.fixture(params=CLIPS, ids=lambda clip: clip.file)
def clip(request):
    return request.param


def test_there_are_twelve_and_no_two_alike():
    assert len(CLIPS) == 12
    for field in ("title", "text", "file", "thumbnail"):
        assert len({getattr(clip, field) for clip in CLIPS}) == 12, field


def test_all_together_stay_small():
    assert sum(len(film_bytes(clip)) + len(clip.thumbnail) for clip in CLIPS) < 4_000_000


def test_nothing_unlisted_lies_beside_them():
    assert {path.name for path in FILMS.iterdir()} == {clip.file for clip in CLIPS}
    stems = {clip.file.removesuffix(".mp4") for clip in CLIPS}
    assert {path.name for path in (files("saisaat.data") / "clips").iterdir()} == {"clips.yaml"} | {
        f"{stem}.jpg" for stem in stems
    }


def test_it_is_plainly_a_sample(clip):
    assert MARK in clip.title and MARK in clip.owner
    assert "Apache-2.0" in clip.rights
    assert clip.file.isascii()


def test_the_film_is_what_any_phone_plays(clip):
    mp4 = film_bytes(clip)
    assert len(mp4) < 350_000
    with av.open(io.BytesIO(mp4)) as film:
        assert [stream.type for stream in film.streams] == ["video"]
        video = film.streams.video[0]
        context = video.codec_context
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")
        assert context.profile in ("Constrained Baseline", "Baseline", "Main")
        assert (video.width, video.height) == (960, 540)
        assert 10 <= film.duration / av.time_base <= 14
        assert clip.seconds == round(film.duration / av.time_base)


def test_the_film_starts_before_it_is_all_there(clip):
    names = boxes(film_bytes(clip))
    assert names.index("moov") < names.index("mdat")


def test_the_thumbnail_is_a_wide_jpeg(clip):
    assert len(clip.thumbnail) < 120_000
    with Image.open(io.BytesIO(clip.thumbnail)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (960, 540))
        assert not picture.getexif()


def test_the_films_begin_with_the_picture_on_the_thumbnail(clip):
    """So that pressing play does not jump, and a film and a thumbnail of different makings do not stand together."""
    with av.open(io.BytesIO(film_bytes(clip))) as film:
        first = next(film.decode(video=0)).to_image().convert("L").resize((96, 54))
    with Image.open(io.BytesIO(clip.thumbnail)) as picture:
        thumbnail = picture.convert("L").resize((96, 54))
    # The emblem's middle differs: there the thumbnail has its play mark.
    unlike = [abs(a - b) > 40 for a, b in zip(first.tobytes(), thumbnail.tobytes(), strict=True)]
    assert sum(unlike) < 0.03 * len(unlike)


def test_the_list_is_that_of_the_scripts():
    rows = [(c.title, c.text, c.file, c.owner, c.rights) for c in CLIPS]
    assert rows == [(r["title"], r["text"], r["file"], r["owner"], r["rights"]) for r in map(listed, read_films())]


def test_every_film_rests_on_points_true_for_everyone_in_every_season_shown():
    bank = {topic.id: topic for topic in knowledge_bank()}
    scripts = read_yaml(read_text(SCRIPTS), SCRIPTS.name, schema=1).rows("films")
    used = [name for row in scripts for name in row.texts("points")]
    assert len(scripts) == 12 and len(used) == len(set(used))
    for point in map(bank.__getitem__, used):
        assert point.publishable and point.applies_to == (EVERYONE,) and not point.cite_check
        assert valid_on(point, date(2020, 5, 1)) and valid_on(point, date(2027, 12, 31))


ROW = {
    "title": "ตัวอย่าง: ซื่อสัตย์",
    "text": "เรื่องเล็กก็สำคัญ",
    "file": "a.mp4",
    "thumbnail": "a.jpg",
    "owner": "ผู้จัดทำ",
    "rights": "จัดทำเอง",
    "seconds": "13",
}


def as_yaml(**changes):
    row = {key: value for key, value in (ROW | changes).items() if value is not None}
    return "schema: 1\nclips:\n- " + "\n  ".join(
        f"{key}: '{value}'" if key != "seconds" else f"{key}: {value}" for key, value in row.items()
    )


def test_a_good_row_is_read():
    (clip,) = parse_clips(as_yaml(), "own.yaml", lambda name: name.encode())
    assert (clip.file, clip.thumbnail, clip.seconds) == ("a.mp4", b"a.jpg", 13)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": None},
        {"title": "ก" * 121},
        {"owner": ""},
        {"seconds": None},
        {"seconds": "0"},
        {"seconds": "13.5"},
        {"seconds": "true"},
        {"file": "../a.mp4"},
        {"file": "a.webm"},
        {"thumbnail": "/etc/a.jpg"},
        {"speaker": "ใคร"},
    ],
    ids=str,
)
def test_a_bad_row_refuses_the_list_with_its_line(changes):
    with pytest.raises(Invalid, match=r"own\.yaml บรรทัด 3"):
        parse_clips(as_yaml(**changes), "own.yaml", lambda name: name.encode())
