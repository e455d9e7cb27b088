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


def test_thai_stands_in_the_english_only_as_an_example_from_the_thai() -> None:
    """What somebody has to type in Thai is shown in Thai; everything around it is English."""
    for message in messages.read():
        english = str(message.string)
        for example in re.findall(r"[\u0e00-\u0e7f]+", english):
            assert example in str(message.id), message.id
        if message.id:
            assert re.search(r"[A-Za-z]{2}", english) or not re.search(r"[\u0e00-\u0e7f]", english), message.id


def test_the_compiled_catalogue_is_current() -> None:
    with messages.MO.open("rb") as compiled:
        held = {str(message.id): str(message.string) for message in read_mo(compiled) if message.id}
    assert held == {str(m.id): str(m.string) for m in messages.read() if m.id}, "run: python -m tools.messages"
