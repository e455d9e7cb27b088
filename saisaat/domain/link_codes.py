"""The one-time code by which somebody of the office says to the phone page who they are."""

from datetime import timedelta

from saisaat.domain.thai import to_arabic_digits

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 8
"""Letters of 5 bits: 40 bits, against five free tries and then one in a quarter of an hour."""
LASTS = timedelta(days=14)

_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})


def printed(code: str) -> str:
    """As it stands on paper: two groups of four, in capitals."""
    return f"{code[:4]}-{code[4:]}".upper()


def normal_code(typed: str) -> str:
    """A code as it was made, whatever way it was typed: with spaces, a dash, capitals, Thai digits, O for 0."""
    plain = to_arabic_digits(typed[:40]).lower().translate(_MISREAD)
    return "".join(letter for letter in plain if letter in ALPHABET)
