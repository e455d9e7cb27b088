"""How long somebody who guesses has to wait. Real time: the campaign clock has no say in signing in."""

from datetime import timedelta
from enum import StrEnum


class Guessed(StrEnum):
    """What tries are counted by."""

    NAME = "name"
    """A username, wherever it is tried from."""
    ADDRESS = "address"
    """A network address, whatever name it tries. A whole office sits behind one, so it is given more room."""
    ACCOUNT = "account"
    """The second factor or the fresh check of one account."""
    LINE = "line"
    """One-time codes typed by one LINE user."""


FREE = {Guessed.NAME: 5, Guessed.ADDRESS: 40, Guessed.ACCOUNT: 5, Guessed.LINE: 5}
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=1)


def wait_after(kind: Guessed, failures: int) -> timedelta:
    """What is owed after that many failures: nothing while they are free, then 15 seconds, doubling to 15 minutes."""
    over = failures - FREE[kind]
    if over < 0:
        return timedelta()
    return min(FIRST_WAIT * (1 << min(over, 10)), LONGEST_WAIT)
