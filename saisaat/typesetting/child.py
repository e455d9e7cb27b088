"""The process that typesets: reads one job after another from standard input and answers on standard output.

It protects its parent rather than the other way round: memory is capped, a job that takes too long ends the process by
an alarm that no code in it can miss, and it leaves by itself when idle or when the parent is gone.

    python -m saisaat.typesetting.child SECONDS MEMORY_MB IDLE_SECONDS TEMPLATES
"""

import os
import resource
import select
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from saisaat.typesetting.compiler import Compiler
from saisaat.typesetting.errors import RenderRefused
from saisaat.typesetting.job import Job
from saisaat.typesetting.wire import read_message, write_frame, write_message


def serve(compiler: Compiler, jobs: BinaryIO, answers: BinaryIO, *, seconds: float, idle_seconds: float) -> None:
    """Answers jobs until the other side closes or nothing came for `idle_seconds`."""
    while select.select([jobs], [], [], idle_seconds)[0]:
        message = read_message(jobs)
        if message is None:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds)
        _answer(compiler, Job.from_wire(message), answers)
        answers.flush()
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(compiler: Compiler, job: Job, answers: BinaryIO) -> None:
    try:
        rendered = compiler.compile(job)
    except RenderRefused as refusal:
        write_message(answers, {"refused": refusal.template, "values": refusal.values, "field": refusal.field})
    except (RuntimeError, ValueError) as error:
        write_message(answers, {"failed": str(error)})
    else:
        overflow = [asdict(each) for each in rendered.overflow]
        write_message(answers, {"pages": rendered.pages, "overflow": overflow})
        write_frame(answers, rendered.data)


def main(arguments: list[str]) -> None:
    seconds, memory_mb, idle_seconds = float(arguments[0]), int(arguments[1]), float(arguments[2])
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; it closes our input
    # Unbuffered, because select must see every byte that is still unread. Answers get a descriptor of their own, so
    # that nothing printed by a library can end up in the middle of one.
    jobs = os.fdopen(0, "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    compiler = Compiler(Path(arguments[3]))
    serve(compiler, _Whole(jobs), answers, seconds=seconds, idle_seconds=idle_seconds)  # type: ignore[arg-type]


class _Whole:
    """An unbuffered pipe whose `read` returns all the bytes asked for unless the pipe ends."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw

    def fileno(self) -> int:
        return self._raw.fileno()

    def read(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size and (part := self._raw.read(size - len(parts))):
            parts += part
        return bytes(parts)


if __name__ == "__main__":
    main(sys.argv[1:])
