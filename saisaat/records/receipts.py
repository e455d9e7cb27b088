"""The code with which the author of a comment without a name reads the answer. Whoever holds it need say no more."""

import secrets

from saisaat.records.sealing import keyed_hash

LENGTH = 16
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_MISREAD = str.maketrans("oil", "011")


def new_code() -> str:
    """80 random bits, in an alphabet that is easily copied by hand."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))


def normal_code(told: str) -> str:
    """The code as it was given, however somebody copied it; empty where it cannot be one."""
    told = "".join(c for c in told[:100].lower() if c.isalnum()).translate(_MISREAD)
    return told if len(told) == LENGTH and set(told) <= set(_ALPHABET) else ""


def receipt_of(code: str) -> str:
    """What is kept of a code."""
    return keyed_hash(f"receipt/{code}")
