"""Waking a worker in another process: what is told arrives whole, and nobody listening is no fault."""

import asyncio
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saisaat.actions import wake
from saisaat.actions.deliver import Window
from saisaat.actions.receive import Opening, TakenIn
from saisaat.domain.intake import PostCommand
from tests.factories import NOW

WORDS = st.text(max_size=40)
WINDOWS = st.builds(Window, WORDS, WORDS, st.datetimes(timezones=st.just(UTC)))
COMMANDS = st.builds(PostCommand, st.none() | st.integers(0, 9999))
OPENINGS = st.builds(Opening, WINDOWS) | st.builds(Opening, WINDOWS, COMMANDS, st.none() | WORDS)
TAKEN = st.builds(TakenIn, st.lists(OPENINGS, max_size=5).map(tuple), st.booleans())

ONE = TakenIn((Opening(Window("g1", "token-1", NOW), PostCommand(12), "U1"),), True)


@given(TAKEN)
def test_what_is_told_is_what_is_heard(taken: TakenIn) -> None:
    assert wake.decode(wake.encode(taken)) == taken


def test_who_spoke_is_told_only_with_a_command() -> None:
    chat = TakenIn((Opening(Window("g1", "t", NOW), None, "U-of-somebody"),), False)
    assert b"U-of-somebody" not in wake.encode(chat)
    assert wake.decode(wake.encode(chat)).openings[0].user is None


@pytest.fixture
def path() -> Iterator[Path]:
    # Not below pytest's own folder: a socket's path may not pass 107 bytes.
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "worker.sock"


@contextmanager
def sender(path: Path) -> Iterator[wake.Sender]:
    with closing(wake.Sender(path)) as found:
        yield found


class Worker:
    """A listening worker that remembers what it was told."""

    def __init__(self) -> None:
        self._told: asyncio.Queue[TakenIn] = asyncio.Queue()
        self.wake = self._told.put_nowait

    async def told(self) -> TakenIn:
        return await asyncio.wait_for(self._told.get(), 10)

    @property
    def waiting(self) -> int:
        return self._told.qsize()


async def test_a_datagram_reaches_the_listener(path: Path) -> None:
    worker = Worker()
    with closing(await wake.listen(path, worker.wake)), sender(path) as tell:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        tell(ONE)
        tell(TakenIn((), True))
        assert [await worker.told(), await worker.told()] == [ONE, TakenIn((), True)]


async def test_nothing_to_tell_is_not_told(path: Path) -> None:
    worker = Worker()
    with closing(await wake.listen(path, worker.wake)), sender(path) as tell:
        tell(TakenIn((), False))
        tell(ONE)
        assert await worker.told() == ONE
        assert worker.waiting == 0


async def test_too_much_for_a_datagram_still_wakes(path: Path) -> None:
    worker = Worker()
    many = tuple(Opening(Window("g1", "t" * 1000, datetime(2020, 5, 13, tzinfo=UTC))) for _ in range(100))
    assert len(wake.encode(TakenIn(many, False))) > wake.LARGEST
    with closing(await wake.listen(path, worker.wake)), sender(path) as tell:
        tell(TakenIn(many, False))
        assert await worker.told() == TakenIn((), True)


async def test_nobody_listening_is_no_fault(path: Path) -> None:
    with sender(path) as tell:
        tell(ONE)
        path.write_bytes(b"")
        tell(ONE)
        path.unlink()
        (await wake.listen(path, Worker().wake)).close()
        await asyncio.sleep(0)
        tell(ONE)


async def test_a_worker_that_started_anew_is_heard_by_the_same_sender(path: Path) -> None:
    first, second = Worker(), Worker()
    with sender(path) as tell:
        with closing(await wake.listen(path, first.wake)):
            tell(ONE)
            assert await first.told() == ONE
        with closing(await wake.listen(path, second.wake)):
            tell(ONE)
            assert await second.told() == ONE
    assert (first.waiting, second.waiting) == (0, 0)


async def test_a_full_socket_holds_nobody_up(path: Path) -> None:
    worker = Worker()
    with closing(await wake.listen(path, worker.wake)), sender(path) as tell:
        for _ in range(5000):
            tell(ONE)
        assert await worker.told() == ONE


def test_each_data_folder_has_a_socket_of_its_own_with_a_short_name() -> None:
    long = wake.socket_path(Path("/" + "ข้อมูล" * 40))
    assert len(str(long).encode()) < 108
    assert long != wake.socket_path(Path("/data"))
    assert wake.socket_path(Path("/data")) == wake.socket_path(Path("/data"))
