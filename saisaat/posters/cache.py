"""Finished posters on disk, found again by what they are made of."""

import contextlib
import functools
import hashlib
import io
import os
import tempfile
from importlib.metadata import version
from pathlib import Path

import saisaat.posters
import saisaat.typesetting
from saisaat.posters.make import Poster, check_spec, draw, make_poster
from saisaat.posters.spec import PosterSpec
from saisaat.typesetting import RenderPool
from saisaat.typesetting.thai_text import PROJECT_WORDS

CACHE_LIMIT = 500_000_000
PREVIEW_LIMIT = 40_000_000

_PACKAGES = (
    "typst",
    "nlpo3",
    "newmm-tokenizer",
    "segno",
    "Pillow",
    "fontpkg-kanit",
    "fontpkg-prompt",
    "fontpkg-sarabun",
)
_JPEG_START, _JPEG_END = b"\xff\xd8", b"\xff\xd9"


def cached_poster(
    spec: PosterSpec, pool: RenderPool, cache_dir: Path, *, picture: bytes = b"", limit: int = CACHE_LIMIT
) -> Poster:
    """`make_poster`, or the same bytes from `cache_dir` when the same spec was made by the same program before.

    Safe with several processes on one folder: a file appears whole or not at all, and a damaged one is made anew.
    When the folder holds more than `limit` bytes the posters longest unused go. Raises what `make_poster` raises;
    a folder that cannot be written costs only the time to make the poster again.
    """
    style = check_spec(spec)
    name = poster_key(spec)
    found = [_read(cache_dir / f"{name}{ending}") for ending in (".jpg", ".preview.jpg")]
    if found[0] and found[1]:
        return Poster(found[0], found[1], style.width, style.height, spec.alt_text(), spec.text_version())
    poster = make_poster(spec, pool, picture=picture)
    with contextlib.suppress(OSError):
        cache_dir.mkdir(parents=True, exist_ok=True)
        _write(cache_dir / f"{name}.preview.jpg", poster.preview)
        _write(cache_dir / f"{name}.jpg", poster.jpeg)
        _trim(cache_dir, limit)
    return poster


def cached_preview(
    spec: PosterSpec, pool: RenderPool, cache_dir: Path, *, width: int, picture: bytes = b"", limit: int = PREVIEW_LIMIT
) -> bytes:
    """A JPEG `width` pixels wide, for somebody who is still typing. Kept, trimmed and refused as by `cached_poster`."""
    style = check_spec(spec)
    path = cache_dir / f"{poster_key(spec)}.{width}.jpg"
    found = _read(path)
    if found:
        return found
    drawn = draw(spec, pool, picture=picture, scale=width / style.width)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=84)
    with contextlib.suppress(OSError):
        cache_dir.mkdir(parents=True, exist_ok=True)
        _write(path, out.getvalue())
        _trim(cache_dir, limit)
    return out.getvalue()


def poster_key(spec: PosterSpec) -> str:
    """64 hex digits that change with the spec, our code, templates, fonts and word list, and the packages that draw."""
    return hashlib.sha256(f"{_program()}\n{spec.canonical_json()}".encode()).hexdigest()


@functools.cache
def _program() -> str:
    digest = hashlib.sha256()
    folders = [Path(package.__path__[0]) for package in (saisaat.posters, saisaat.typesetting)]
    sources = [
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".typ", ".svg", ".ttf"}
    ]
    for path in [*sorted(sources), PROJECT_WORDS]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for package in _PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    return digest.hexdigest()


def _read(path: Path) -> bytes | None:
    """The file's bytes, marked as used now; None when it is not there or not a whole JPEG."""
    try:
        data = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return data if data.startswith(_JPEG_START) and data.endswith(_JPEG_END) else None


def _write(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as new:
        new.write(data)
    Path(new.name).replace(path)


def _trim(folder: Path, limit: int) -> None:
    files = []
    for path in folder.glob("*.jpg"):
        with contextlib.suppress(FileNotFoundError):  # another process trims as well
            status = path.stat()
            files.append((status.st_mtime_ns, status.st_size, path))
    total = sum(size for _, size, _ in files)
    for _, size, path in sorted(files):
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= size
