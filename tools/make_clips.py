"""Makes the demonstration films, their thumbnails and their list from tools/films/films.yaml.

nice python -m tools.make_clips                          all of them
nice python -m tools.make_clips gifts honesty            these, and the list anew
nice python -m tools.make_clips --sheet sheet.png gifts  frames to look at; nothing is written elsewhere
"""

import argparse
from fractions import Fraction
from pathlib import Path

import av
import yaml
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from tools.films.drawing import HEIGHT, MARK, WIDTH
from tools.films.motion import FPS, Stage
from tools.films.script import Film, read_films

ROOT = Path(__file__).parents[1] / "saisaat"
FILMS = ROOT / "web" / "static" / "clips"
LIST = ROOT / "data" / "clips"
FILM_LIMIT, THUMBNAIL_LIMIT = 350_000, 120_000
OWNER = "โครงการใสสะอาด (ตัวอย่าง)"
RIGHTS = "จัดทำเอง เผยแพร่ได้ภายใต้ Apache-2.0"

_BT709_LIMITED = 1  # FFmpeg's number for it in each of the four fields
# Blocks of flat colour cost little, so the bits go where the eye would see bands.
_X264 = {
    "crf": "28",
    "preset": "veryslow",
    "tune": "animation",
    "profile": "main",
    "x264-params": "aq-mode=3:bframes=8:keyint=400",
}


def encode(stage: Stage, path: Path) -> None:
    """Writes the film as H.264 (main, yuv420p, BT.709) without sound, its index before its pictures.

    A film that is there stays whole until the new one is: others may be reading the folder.
    """
    unfinished = path.with_suffix(".part")
    with av.open(str(unfinished), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        stream = out.add_stream("libx264", rate=FPS, options=_X264)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.thread_count = 1
        stream.codec_context.time_base = Fraction(1, FPS)
        for name in ("color_primaries", "color_trc", "colorspace", "color_range"):
            setattr(stream.codec_context, name, _BT709_LIMITED)
        for picture in stage.frames():
            out.mux(stream.encode(_yuv(picture)))
        out.mux(stream.encode(None))
    if unfinished.stat().st_size >= FILM_LIMIT:
        raise SystemExit(f"{unfinished} has {unfinished.stat().st_size:,} bytes; the limit is {FILM_LIMIT:,}")
    unfinished.replace(path)


def _yuv(picture: Image.Image) -> av.VideoFrame:
    frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
    limited: av.VideoFrame = frame.reformat(
        format="yuv420p",
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
    )
    return limited


def seconds_of(path: Path) -> int:
    with av.open(str(path)) as film:
        return round((film.duration or 0) / av.time_base)


def save_thumbnail(picture: Image.Image, path: Path) -> None:
    picture.save(path, "JPEG", quality=86, subsampling=0, optimize=True)
    if path.stat().st_size >= THUMBNAIL_LIMIT:
        raise SystemExit(f"{path.name} has {path.stat().st_size:,} bytes; the limit is {THUMBNAIL_LIMIT:,}")


def listed(film: Film) -> dict[str, str]:
    """What clips.yaml says of a film, but for its length."""
    return {
        "title": f"{MARK}: {film.title}",
        "text": f"{film.text} ({film.citation})",
        "file": f"{film.name}.mp4",
        "thumbnail": f"{film.name}.jpg",
        "owner": OWNER,
        "rights": RIGHTS,
    }


def write_list(films: tuple[Film, ...]) -> None:
    """Lists the films that have been made."""
    made = [film for film in films if (FILMS / f"{film.name}.mp4").exists()]
    rows = [listed(film) | {"seconds": seconds_of(FILMS / f"{film.name}.mp4")} for film in made]
    text = yaml.safe_dump({"schema": 1, "clips": rows}, allow_unicode=True, sort_keys=False, width=110)
    (LIST / "clips.yaml").write_text(
        f"# Written by `python -m tools.make_clips` from tools/films/films.yaml.\n{text}", "utf-8"
    )


def contact_sheet(stages: list[Stage]) -> Image.Image:
    """A row a film: the thumbnail, then moments spread over its length, two of them in mid-movement."""
    rows = []
    for stage in stages:
        moments = [1.6, *(3.7 + step for step in (0, 2.4, 4.8)), 2.55, stage.seconds - 0.1]
        rows.append([stage.still(), *(stage.frame(second) for second in moments)])
    sheet = Image.new("RGB", (len(rows[0]) * 488 + 8, len(rows) * 278 + 8), "#888888")
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            small = picture.resize((480, 270), Image.Resampling.LANCZOS)
            sheet.paste(small, (8 + x * 488, 8 + y * 278))
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="such as gifts; all films when none is named")
    parser.add_argument("--sheet", type=Path, help="draw frames on this picture instead")
    options = parser.parse_args()
    films = read_films()
    wanted = [(n, film) for n, film in enumerate(films) if not options.names or film.name in options.names]
    if options.sheet:
        contact_sheet([Stage(film, n) for n, film in wanted]).save(options.sheet)
        return
    FILMS.mkdir(parents=True, exist_ok=True)
    LIST.mkdir(parents=True, exist_ok=True)
    for number, film in wanted:
        stage = Stage(film, number)
        encode(stage, FILMS / f"{film.name}.mp4")
        save_thumbnail(stage.still(), LIST / f"{film.name}.jpg")
        print(f"{film.name}: {stage.seconds:.1f} s, {(FILMS / f'{film.name}.mp4').stat().st_size:,} bytes")
    write_list(films)


if __name__ == "__main__":
    main()
