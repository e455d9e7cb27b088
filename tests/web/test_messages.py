"""The English of the pages is whole, current and compiled."""

import re

from babel.messages.mofile import read_mo

from tools import messages


def test_every_string_has_its_english_and_nothing_more() -> None:
    known = {str(message.id): str(message.string) for message in messages.read() if message.id}
    assert set(known) == messages.strings(), "run: python -m tools.messages"
    assert [text for text, english in known.items() if not english.strip()] == []


def test_the_english_fills_in_what_the_thai_fills_in() -> None:
    for message in messages.read():
        names = re.compile(r"%\(\w+\)[sd]")
        assert sorted(names.findall(str(message.id))) == sorted(names.findall(str(message.string))), message.id


def test_no_thai_is_left_in_the_english() -> None:
    assert [m.id for m in messages.read() if m.id and re.search(r"[\u0e00-\u0e7f]", str(m.string))] == []


def test_the_compiled_catalogue_is_current() -> None:
    with messages.MO.open("rb") as compiled:
        held = {str(message.id): str(message.string) for message in read_mo(compiled) if message.id}
    assert held == {str(m.id): str(m.string) for m in messages.read() if m.id}, "run: python -m tools.messages"
