"""One Typst compiler, used again for every job: checks and prepares the text, compiles, reads back what did not fit.

Runs inside the child process of `pool.RenderPool`; call it directly only where text and templates are trusted.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import typst

from saisaat.typesetting.errors import RenderRefused
from saisaat.typesetting.fonts import font_folders, missing_characters, replace_missing
from saisaat.typesetting.job import TEMPLATES, Job, Overflow, Rendered
from saisaat.typesetting.thai_text import breakable, clean, words

_PREPARE: dict[str, Callable[[str], object]] = {"breakable": breakable, "words": words, "plain": clean}


class Compiler:
    """Not thread-safe: what did not fit is read back from the page compiled last."""

    def __init__(self, templates: Path = TEMPLATES) -> None:
        self._templates = templates
        folders = [str(folder) for folder in font_folders()]
        self._typst = typst.Compiler(root=str(templates), font_paths=folders, ignore_system_fonts=True)

    def compile(self, job: Job) -> Rendered:
        """Raises RenderRefused for text that cannot be set, RuntimeError (Typst's words) for a broken template."""
        data = json.dumps(prepared(job), ensure_ascii=False)
        standards: Any = list(job.pdf_standards)  # Typst's stub wants literals; Typst itself checks them
        result = self._typst.compile(
            input=str(self._templates / job.template),
            format=job.format,
            ppi=job.ppi,
            sys_inputs={"data": data},
            pdf_standards=standards,
            timestamp=job.timestamp,
        )
        if not isinstance(result, bytes):
            raise RuntimeError(f"{job.template} gave {len(result or [])} pictures where one is wanted")
        return Rendered(result, self._overflow(), _pages(result) if job.format == "pdf" else 1)

    def _overflow(self) -> tuple[Overflow, ...]:
        found = json.loads(self._typst.query("<overflow>"))
        return tuple(Overflow(**element["value"]) for element in found)


def prepared(job: Job) -> object:
    """The job's data with every string cleaned, checked against the fonts and made ready as `job.text` asks."""
    return _prepared(job.data, job, "")


def _prepared(value: object, job: Job, field: str) -> object:
    if isinstance(value, str):
        return _prepared_text(value, job, field)
    if isinstance(value, dict):
        inner: dict[str, Any] = value
        return {
            key: each if key.startswith("_") else _prepared(each, job, f"{field}.{key}" if field else key)
            for key, each in inner.items()
        }
    if isinstance(value, list | tuple):
        return [_prepared(each, job, f"{field}[{number}]") for number, each in enumerate(value, 1)]
    return value


def _prepared_text(text: str, job: Job, field: str) -> object:
    try:
        text = clean(text)
        if job.missing == "replace":
            text = replace_missing(text, job.fonts)
        elif absent := missing_characters(text, job.fonts):
            raise RenderRefused(
                "แบบอักษรไม่มีรูปของ %(absent)s (เช่น อีโมจิ) ข้อความเดิมยังอยู่ครบ โปรดเอาออกหรือใช้คำแทนแล้วลองใหม่",
                absent=" ".join(absent[:8]),
            )
        return _PREPARE[job.text](text)
    except RenderRefused as refusal:
        refusal.field = refusal.field or field
        raise


def _pages(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
