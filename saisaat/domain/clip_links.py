"""Links to clips: which platform, which clip, and the one address it is known by.

The shapes of addresses are those the platforms themselves hand out for sharing (YouTube, Facebook, TikTok, 2026).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from saisaat.domain.errors import Invalid

LONGEST = 500


class Platform(StrEnum):
    YOUTUBE = "youtube"
    FACEBOOK = "facebook"
    TIKTOK = "tiktok"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ClipLink:
    """`key` is the same for every address of one clip; `url` is the address to keep."""

    platform: Platform
    key: str
    url: str


_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_NUMBER = re.compile(r"[0-9]{6,25}")
_SHORT = re.compile(r"[A-Za-z0-9_-]{5,20}")
_USER = re.compile(r"@[A-Za-z0-9_.]{2,24}")
_HOSTS = {
    Platform.YOUTUBE: {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be"},
    Platform.FACEBOOK: {"facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com", "fb.watch"},
    Platform.TIKTOK: {"tiktok.com", "www.tiktok.com", "m.tiktok.com", "vm.tiktok.com", "vt.tiktok.com"},
}
_NOT_A_CLIP = "ลิงก์นี้ไม่ใช่คลิปของ YouTube, Facebook, TikTok หรือไฟล์ .mp4 ลิงก์ที่วางยังอยู่ โปรดคัดลอกจากปุ่มแชร์ของคลิปแล้ววางใหม่"


def read_link(text: str) -> ClipLink:
    """The clip behind a pasted address. Raises `Invalid` for anything that is no clip's address."""
    address = text.strip()
    if not address:
        raise Invalid("ยังไม่มีลิงก์ โปรดวางลิงก์ของคลิป")
    if len(address) > LONGEST or any(c.isspace() or not c.isprintable() for c in address):
        raise Invalid(_NOT_A_CLIP)
    if "://" not in address and not address.startswith("/"):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        raise Invalid(_NOT_A_CLIP) from None
    if parts.username is not None or parts.scheme not in {"", "http", "https"} or port not in {None, 80, 443}:
        raise Invalid(_NOT_A_CLIP)
    platform = next((name for name, hosts in _HOSTS.items() if host in hosts), Platform.OWN)
    steps = [step for step in parts.path.split("/") if step]
    query = {name: values[0] for name, values in parse_qs(parts.query, max_num_fields=50).items()}
    if platform is Platform.OWN:
        found = _own(host, parts.path) if parts.path.lower().endswith(".mp4") else None
    else:
        found = _READERS[platform](host, steps, query)
    if found is None:
        raise Invalid(_NOT_A_CLIP)
    return found


def _youtube(host: str, steps: list[str], query: dict[str, str]) -> ClipLink | None:
    given = query.get("v", "")
    if host == "youtu.be" and steps:
        given = steps[0]
    elif len(steps) == 2 and steps[0] in {"shorts", "embed", "live", "v"}:
        given = steps[1]
    if not _YOUTUBE_ID.fullmatch(given):
        return None
    return ClipLink(Platform.YOUTUBE, f"youtube:{given}", f"https://www.youtube.com/watch?v={given}")


def _facebook(host: str, steps: list[str], query: dict[str, str]) -> ClipLink | None:
    if host == "fb.watch":
        short = steps[0] if steps and _SHORT.fullmatch(steps[0]) else ""
        return ClipLink(Platform.FACEBOOK, f"facebook:{short}", f"https://fb.watch/{short}/") if short else None
    if steps[:1] in (["watch"], ["video.php"]):
        number = query.get("v", "")
    elif "videos" in steps[:-1] or steps[:1] in (["reel"], ["reels"]):
        number = steps[-1]
    elif steps[:2] in (["share", "v"], ["share", "r"]) and len(steps) == 3 and _SHORT.fullmatch(steps[2]):
        return ClipLink(Platform.FACEBOOK, f"facebook:{steps[2]}", f"https://www.facebook.com/{'/'.join(steps)}/")
    else:
        number = ""
    if not _NUMBER.fullmatch(number):
        return None
    return ClipLink(Platform.FACEBOOK, f"facebook:{number}", f"https://www.facebook.com/watch/?v={number}")


def _tiktok(host: str, steps: list[str], query: dict[str, str]) -> ClipLink | None:
    if host in {"vm.tiktok.com", "vt.tiktok.com"}:
        short = steps[0] if steps and _SHORT.fullmatch(steps[0]) else ""
        return ClipLink(Platform.TIKTOK, f"tiktok:{short}", f"https://{host}/{short}/") if short else None
    named = len(steps) == 3 and _USER.fullmatch(steps[0]) and steps[1] == "video" and _NUMBER.fullmatch(steps[2])
    if not named:
        return None
    return ClipLink(Platform.TIKTOK, f"tiktok:{steps[2]}", f"https://www.tiktok.com/{steps[0]}/video/{steps[2]}")


def _own(host: str, path: str) -> ClipLink:
    """A film file: of a web site, or (no host) of this very server."""
    url = f"https://{host}{path}" if host else path
    return ClipLink(Platform.OWN, f"own:{url}", url)


_READERS = {
    Platform.YOUTUBE: _youtube,
    Platform.FACEBOOK: _facebook,
    Platform.TIKTOK: _tiktok,
}

_DURATION = re.compile(r"P(?:(\d{1,3})D)?T?(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
_THAI = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def read_duration(text: str) -> int | None:
    """Seconds of an ISO 8601 duration such as PT1M5S (YouTube's Data API); None where it is none."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def read_length(text: str) -> int:
    """Seconds of what a person types: "1:05", "1:02:03" or plain seconds, in Thai digits too. Raises `Invalid`."""
    typed = text.strip().translate(_THAI)
    if found := _CLOCK.fullmatch(typed):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        total = (hours * 60 + minutes) * 60 + seconds
    elif re.fullmatch(r"[0-9]{1,5}", typed):
        total = int(typed)
    else:
        raise Invalid("อ่านความยาวของคลิปไม่ได้ ยังไม่ได้บันทึก โปรดพิมพ์เป็นนาที:วินาที เช่น 1:30")
    if not 1 <= total <= 6 * 3600:
        raise Invalid("ความยาวของคลิปต้องอยู่ระหว่าง 1 วินาทีถึง 6 ชั่วโมง ยังไม่ได้บันทึก โปรดแก้ไข")
    return total
