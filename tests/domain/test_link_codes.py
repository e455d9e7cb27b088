"""Codes on paper, and as people type them."""

import pytest

from saisaat.domain.link_codes import ALPHABET, LENGTH, normal_code, printed

CODE = "0k3f9m21"


@pytest.mark.parametrize("typed", ["0K3F-9M21", "0k3f9m21", " 0K3F 9M21 ", "OK3F-9M2I", "๐K๓F-๙M๒๑", "0k3f_9m2l"])
def test_however_it_is_typed(typed: str) -> None:
    assert normal_code(typed) == CODE


def test_what_is_printed_is_read_again() -> None:
    code = ALPHABET[-LENGTH:]
    assert normal_code(printed(code)) == code and printed(CODE) == "0K3F-9M21"


def test_what_is_no_code() -> None:
    assert normal_code("รหัส") == "" and len(normal_code("a" * 1000)) <= 40
