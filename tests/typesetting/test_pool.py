"""The child process is real in every test here: it is what protects the product."""

import os
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from saisaat.typesetting import Job, RenderFailed, RenderPool, RenderRefused

TEMPLATES = Path(__file__).parent / "templates"
PAGE = "documents/page.typ"
PNG = b"\x89PNG"

HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    "*x* _y_ $z$ `w` <label> @ref // comment /* block */",
    "quotes \" and ' and \\ backslashes \\u{41} \\n",
    '"}]) #panic("out")',
    "</svg><script>",
]


def pdf_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return str(pdf[0].get_textpage().get_text_range())


def gone(pid: int, within: float = 20) -> bool:
    """Did the process end? Waits for it, without sleeping and without being its parent."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], within)[0])
    finally:
        os.close(handle)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_typed(pool: RenderPool, text: str) -> None:
    rendered = pool.render(Job(PAGE, {"text": text}, format="pdf", text="plain"))
    printed = "".join(pdf_text(rendered.data).split())
    assert printed == "".join(text.split())


def test_picture_and_pdf(pool: RenderPool) -> None:
    assert pool.render(Job(PAGE, {"text": "ใสสะอาด"})).data.startswith(PNG)
    pdf = pool.render(Job(PAGE, {"text": "ใสสะอาด"}, format="pdf", pdf_standards=("a-2b",), timestamp=0))
    assert pdf.data.startswith(b"%PDF-") and pdf.pages == 1
    assert pool.render(Job("documents/words.typ", {"text": "ข้อ 1"}, text="words")).data.startswith(PNG)


def test_equal_jobs_give_equal_bytes(pool: RenderPool) -> None:
    job = Job(PAGE, {"text": "ใสสะอาด"}, format="pdf", timestamp=1_700_000_000)
    assert pool.render(job).data == pool.render(job).data


@pytest.mark.parametrize(
    ("data", "field", "says"),
    [
        ({"text": "ดี😀"}, "text", "แบบอักษรไม่มีรูปของ 😀"),
        ({"text": "ก" * 200_000}, "text", "200,000 ตัวอักษร"),
        ({"text": "ก" + "\u0e49" * 10_000}, "text", "10,001 ตัวอักษร"),
        ({"text": "", "rows": [{"name": "ก"}, {"name": "中"}]}, "rows[2].name", "中"),
    ],
)
def test_text_that_cannot_be_set_is_refused_by_name(
    pool: RenderPool, data: dict[str, object], field: str, says: str
) -> None:
    with pytest.raises(RenderRefused, match="ข้อความเดิมยังอยู่ครบ") as refused:
        pool.render(Job(PAGE, data))
    assert refused.value.field == field
    assert says in refused.value.message


def test_missing_characters_can_be_replaced(pool: RenderPool) -> None:
    rendered = pool.render(Job(PAGE, {"text": "good😀"}, format="pdf", text="plain", missing="replace"))
    assert pdf_text(rendered.data).strip() == "good[?]"


@pytest.mark.parametrize("name", ["../secret.typ", "/etc/passwd", "posters/../x.typ", "posters/x", "other/x.typ"])
def test_only_templates_can_be_named(name: str) -> None:
    with pytest.raises(ValueError, match="not a template name"):
        Job(name, {})


@pytest.mark.parametrize(
    ("template", "detail"), [("busy", "exit -14"), ("greedy", "exit -6"), ("broken", "on purpose")]
)
def test_what_hangs_grows_or_breaks_is_ended_and_the_next_job_works(template: str, detail: str) -> None:
    with RenderPool(seconds=1, memory_mb=600, templates=TEMPLATES) as pool:
        with pytest.raises(RenderFailed, match="ข้อมูลเดิมยังอยู่ครบ") as failed:
            pool.render(Job(f"documents/{template}.typ", {}))
        assert detail in failed.value.detail
        assert pool.render(Job(PAGE, {"text": "ยังอยู่"})).data.startswith(PNG)


def test_a_killed_child_is_replaced_unnoticed(pool: RenderPool) -> None:
    pool.render(Job(PAGE, {"text": "ก่อน"}))
    (pid,) = pool.pids
    os.kill(pid, signal.SIGKILL)
    assert pool.render(Job(PAGE, {"text": "หลัง"})).data.startswith(PNG)
    assert pool.pids != [pid]


def test_idle_child_leaves_by_itself_and_comes_back() -> None:
    with RenderPool(idle_seconds=0.05, templates=TEMPLATES) as pool:
        pool.render(Job(PAGE, {"text": "ก"}))
        for pid in pool.pids:
            assert gone(pid)
        assert pool.render(Job(PAGE, {"text": "ข"})).data.startswith(PNG)


def test_child_does_not_outlive_its_parent() -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from saisaat.typesetting import Job, RenderPool\n"
        f"pool = RenderPool(templates=Path({str(TEMPLATES)!r})); pool.render(Job({PAGE!r}, {{'text': 'x'}}))\n"
        "print(pool.pids[0], flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    parent = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert parent.returncode == -signal.SIGKILL, parent.stderr
    assert gone(int(parent.stdout))


def test_many_threads_share_few_children() -> None:
    with RenderPool(processes=2, templates=TEMPLATES) as pool, ThreadPoolExecutor(6) as threads:
        jobs = [Job(PAGE, {"text": f"ใบที่ {n}"}, format="pdf", timestamp=0) for n in range(12)]
        results = list(threads.map(pool.render, jobs))
        assert len({rendered.data for rendered in results}) == 12
        assert len(pool.pids) <= 2


def test_child_sees_nothing_of_our_environment(pool: RenderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAISAAT_SECRET", "hidden")
    with RenderPool(templates=TEMPLATES) as fresh:
        fresh.render(Job(PAGE, {"text": "ก"}))
        (pid,) = fresh.pids
        assert b"SAISAAT_SECRET" not in Path(f"/proc/{pid}/environ").read_bytes()


def test_closed_pool_says_so(pool: RenderPool) -> None:
    closed = RenderPool(templates=TEMPLATES)
    closed.close()
    with pytest.raises(RenderFailed, match="กำลังปิด"):
        closed.render(Job(PAGE, {"text": "ก"}))
