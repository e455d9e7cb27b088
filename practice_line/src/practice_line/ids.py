"""Identifiers in LINE's shapes. With a seed the same calls in the same order give the same identifiers."""

import hashlib
import secrets
from collections.abc import Callable

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

# LINE's message ids are 18 digits and rise with time; a fixed start keeps ours in that shape and in order.
FIRST_MESSAGE_ID = 560_000_000_000_000_000


class Ids:
    """Draws identifiers from a seed and a counter that lives in the stored state, so that a restart repeats none."""

    def __init__(self, seed: int | None, draw: Callable[[], int]) -> None:
        self._seed = f"seed {seed}" if seed is not None else secrets.token_hex(16)
        self._draw = draw

    def digest(self) -> str:
        """64 fresh hexadecimal digits."""
        return hashlib.sha256(f"{self._seed}:{self._draw()}".encode()).hexdigest()

    def user(self) -> str:
        return "U" + self.digest()[:32]

    def group(self) -> str:
        return "C" + self.digest()[:32]

    def token(self) -> str:
        """A reply token."""
        return self.digest()[:32]

    def long_token(self) -> str:
        """A quote token or mark-as-read token."""
        return self.digest()

    def request(self) -> str:
        digest = self.digest()
        return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"

    def chance(self, label: str) -> float:
        """A number from 0 to 1 that belongs to `label`; it draws no identifier, so the others stay the same."""
        return int(hashlib.sha256(f"{self._seed}:chance:{label}".encode()).hexdigest()[:13], 16) / 16**13

    def event(self, at_ms: int) -> str:
        """A ULID: 48 bits of time, 80 of chance."""
        number = (at_ms << 80) | int(self.digest()[:20], 16)
        return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def message_id(sequence: int) -> str:
    return str(FIRST_MESSAGE_ID + sequence)


def letters(digest: str, length: int) -> str:
    """So many letters and digits out of a hexadecimal digest."""
    number, text = int(digest, 16), ""
    for _ in range(length):
        number, place = divmod(number, len(LETTERS))
        text += LETTERS[place]
    return text
