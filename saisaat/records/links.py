"""A group's link to an item: the group's code and a seal that binds it to this one item.

`<code><seal>`: 16 characters of code, 12 of HMAC-SHA256 over item and group under the folder's master key. Nobody can
make up a link for an item that was not shown in the group, nor count taps with one.
"""

import hmac

from saisaat.records.sealing import keyed_hash

CODE, SEAL = 16, 12


def group_link(slug: str, code: str) -> str:
    """What stands after the item's slug in the link shown in the group with `code`."""
    return code + keyed_hash(f"link/{slug}/{code}")[:SEAL]


def group_code(slug: str, link: str) -> str | None:
    """The group's code, or None when the link was not made for this item and group."""
    code = link[:CODE]
    return code if hmac.compare_digest(group_link(slug, code).encode(), link.encode()) else None
