"""Pictures an office brings itself: by what right one is shown, and what must be said before it is kept."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from saisaat.domain.errors import Invalid


class Licence(StrEnum):
    """Why the office may show a picture."""

    OWN = "own"
    """The office or its staff took it."""
    PERMITTED = "permitted"
    """The owner allowed it."""
    OPEN = "open"
    """An open licence, such as Creative Commons."""
    STATE = "state"
    """Made by another public body for such use."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What is said of a picture. `proof` is what the licence rests on; `consent` how recognisable people agreed."""

    owner: str
    licence: Licence
    proof: str
    taken_on: date
    people: bool
    consent: str = ""


def check_rights(rights: Rights, today: date) -> None:
    """Owner, proof and a possible day; with people on the picture, how they agreed. Raises `Invalid`."""
    if not rights.owner.strip() or not rights.proof.strip():
        raise Invalid("ยังไม่ได้บอกว่าภาพเป็นของใครและใช้ได้เพราะอะไร จึงยังไม่ได้เก็บภาพ โปรดเติมให้ครบ")
    if rights.taken_on > today:
        raise Invalid("วันที่ของภาพอยู่ในอนาคต จึงยังไม่ได้เก็บภาพ โปรดแก้วันที่")
    if rights.people and not rights.consent.strip():
        raise Invalid("ภาพนี้เห็นตัวบุคคล แต่ยังไม่ได้บอกว่าเขายินยอมอย่างไร จึงยังไม่ได้เก็บภาพ โปรดเติมหรือใช้ภาพที่ไม่เห็นบุคคล")
