"""Child processes that typeset, started when first needed and gone again when idle."""

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from saisaat.typesetting.errors import RenderFailed, RenderRefused
from saisaat.typesetting.job import TEMPLATES, Job, Overflow, Rendered
from saisaat.typesetting.wire import read_frame, read_message, write_message

log = logging.getLogger(__name__)

_SOURCE = Path(__file__).parents[2]
_TRIES = 2


class RenderPool:
    """Renders in at most `processes` children at a time; threads beyond that wait their turn.

    A job gets `seconds`; a child gets `memory_mb` of address space (Typst needs about 150 MB resident and reserves
    more). A child that crashes or runs late is replaced and the job tried once more. A child idle for `idle_seconds`
    exits. More children than cores gain nothing; a pool is made after forking, not before.
    """

    def __init__(
        self,
        *,
        processes: int = 1,
        seconds: float = 20.0,
        memory_mb: int = 1500,
        idle_seconds: float = 60.0,
        templates: Path = TEMPLATES,
    ) -> None:
        self._closed = False
        self._children = [_Child(seconds, memory_mb, idle_seconds, templates) for _ in range(processes)]
        # Last in, first out: light work keeps one child warm and lets the others go.
        self._free: queue.LifoQueue[_Child] = queue.LifoQueue()
        for child in self._children:
            self._free.put(child)

    def render(self, job: Job) -> Rendered:
        """Blocks until the result is there; callable from many threads.

        Raises RenderRefused for text that cannot be set at all and RenderFailed when the typesetter broke down twice.
        Text that is merely too long for its slot comes back in `Rendered.overflow`.
        """
        child = self._free.get()
        try:
            return self._render(child, job)
        finally:
            self._free.put(child)

    def _render(self, child: "_Child", job: Job) -> Rendered:
        detail = ""
        for _ in range(_TRIES):
            if self._closed:
                raise RenderFailed("ระบบกำลังปิด จึงยังไม่ได้จัดหน้า ข้อมูลเดิมยังอยู่ครบ โปรดลองใหม่ภายหลัง", detail="pool closed")
            try:
                return child.render(job)
            except _Broken as broken:
                detail = str(broken)
                log.warning("typesetting of %s broke down: %s", job.template, detail)
        raise RenderFailed("จัดหน้าไม่สำเร็จหลังลองสองครั้ง ข้อมูลเดิมยังอยู่ครบ โปรดลองใหม่ หากยังไม่ได้ให้แจ้งผู้ดูแลระบบ", detail=detail)

    @property
    def pids(self) -> list[int]:
        """Process ids of the children alive now."""
        return [pid for child in self._children if (pid := child.pid)]

    def close(self) -> None:
        """Ends all children at once; jobs in flight raise RenderFailed."""
        self._closed = True
        for child in self._children:
            child.stop()

    def __enter__(self) -> "RenderPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Broken(Exception):
    """The child is gone or said that Typst failed; the text tells which."""


class _Child:
    """One process, started on demand. Used by one thread at a time; only `stop` may come from another."""

    def __init__(self, seconds: float, memory_mb: int, idle_seconds: float, templates: Path) -> None:
        self._seconds = seconds
        self._arguments = [str(seconds), str(memory_mb), str(idle_seconds), str(templates)]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process and process.poll() is None else None

    def render(self, job: Job) -> Rendered:
        process = self._started()
        # The child's own alarm ends a long compilation; this one also ends a child that hangs before or after it.
        late = threading.Timer(self._seconds + 5, process.kill)
        late.start()
        try:
            return _exchange(process, job)
        except (_Broken, OSError) as error:
            self.stop()
            raise _Broken(f"{error} (exit {process.wait()})") from error
        finally:
            late.cancel()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):  # a half-written job cannot be flushed to a dead child
                assert pipe is not None
                pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "saisaat.typesetting.child", *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
            )
            # Reaps the child when it leaves by itself, so that no zombie stays behind an idle pool.
            threading.Thread(target=self._process.wait, daemon=True).start()
        return self._process


def _environment() -> dict[str, str]:
    """Nothing of the parent's environment: the child needs no secrets, and hostile text must find none."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(_SOURCE),
        "PYTHONUTF8": "1",
        "RAYON_NUM_THREADS": "1",  # the pool is what uses several cores
    }


def _exchange(process: "subprocess.Popen[bytes]", job: Job) -> Rendered:
    jobs, answers = process.stdin, process.stdout
    assert jobs is not None and answers is not None
    write_message(jobs, job.to_wire())  # type: ignore[arg-type]
    jobs.flush()
    return _read_answer(answers)  # type: ignore[arg-type]


def _read_answer(answers: BinaryIO) -> Rendered:
    answer = read_message(answers)
    if answer is None:
        raise _Broken("the child ended without an answer")
    if "refused" in answer:
        raise RenderRefused(answer["refused"], field=answer["field"], **answer["values"])
    if "failed" in answer:
        raise _Broken(answer["failed"])
    data = read_frame(answers)
    if data is None:
        raise _Broken("the child ended in the middle of an answer")
    return Rendered(data, tuple(Overflow(**each) for each in answer["overflow"]), answer["pages"])
