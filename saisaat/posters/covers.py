"""The cover of a clip whose platform gives no picture."""

import hashlib
import io

from PIL import Image

from saisaat.domain.phrases import Phrase
from saisaat.typesetting import Job, RenderPool, RenderRefused

_QUALITY = 88
_TOO_LONG = "%(what)sยาวเกินที่ว่างบนภาพปก ข้อความเดิมยังอยู่ครบ โปรดตัดให้สั้นลง"
_FIELDS = {"title": Phrase("ชื่อคลิป"), "owner": Phrase("เจ้าของ")}


def clip_cover(title: str, owner: str, kicker: str, pool: RenderPool) -> bytes:
    """A JPEG of 1280×720 with the title and whose clip it is. Raises RenderRefused naming what is too long."""
    seed = int(hashlib.sha256(title.encode()).hexdigest()[:4], 16)
    data = {"title": title, "owner": owner, "kicker": kicker, "_seed": seed}
    rendered = pool.render(Job("posters/clip_cover.typ", data, text="breakable", fonts=("Kanit",), missing="replace"))
    if rendered.overflow:
        slot = rendered.overflow[0].slot
        raise RenderRefused(_TOO_LONG, field=slot, what=_FIELDS[slot])
    out = io.BytesIO()
    with Image.open(io.BytesIO(rendered.data)) as png:
        png.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
