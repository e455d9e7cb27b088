"""Ways out to a group and in from it. One folder a service; `base` is the contract they all answer."""

from importlib import import_module
from typing import Any

from saisaat.channels.base import Channel
from saisaat.domain.errors import Invalid


def get_channel(dotted_path: str, **kwargs: Any) -> Channel:
    """Make the channel whose class stands at `dotted_path`, such as "saisaat.channels.line.LineChannel".

    `kwargs` go to the class. Raises `Invalid` when there is no such class: only settings name channels, so the
    sentence tells the person who installs.
    """
    module_path, _, name = dotted_path.rpartition(".")
    try:
        factory = getattr(import_module(module_path), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise Invalid(
            "ไม่พบช่องทางส่งชื่อ “%(dotted_path)s” ยังไม่มีการส่งใดเกิดขึ้น โปรดแก้ชื่อช่องทางในการตั้งค่าแล้วเริ่มโปรแกรมใหม่",
            dotted_path=dotted_path,
        ) from error
    channel: Channel = factory(**kwargs)
    return channel
