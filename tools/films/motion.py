"""Moves the layers of a film: which picture is seen at which moment."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

from tools.films.drawing import HEIGHT, MAKER, MARK, WIDTH, Drawing, Sprite
from tools.films.script import Film

FPS = 25
# Seconds a scene stays: reading time decides, so films of four statements show each a little shorter.
TITLE, CLOSING = 2.4, 2.8
STATEMENT = {3: 2.6, 4: 2.2}
ENTER, LEAVE = 0.5, 0.28
# Lines of a block follow one another by this much.
STAGGER = 0.14
SLIDE = 44
# Orbiting dots: (ring radius, start in turns, turns per second).
ORBITS = ((172, 0.92, 0.045), (172, 0.40, 0.045), (132, 0.17, -0.06), (132, 0.66, -0.06))


@dataclass(frozen=True, slots=True)
class Scene:
    """What changes from scene to scene: the icon in the emblem and the lines of text. Times are seconds."""

    start: float
    end: float
    icon: Sprite
    lines: list[Sprite]


class Stage:
    """A film's layers, drawn once. `frame(second)` is the picture at that moment, WIDTH x HEIGHT, RGB."""

    def __init__(self, film: Film, look: int) -> None:
        self._film = film
        self._drawing = Drawing(look)
        draw = self._drawing.sprite
        self._ground = self._drawing.ground()
        self._corner = draw("corner", brand="ใสสะอาด", mark=MARK)
        self._rings = draw("rings")
        self._dots = [draw("dot", _number=number) for number in range(len(ORBITS))]
        self._scenes = self._script()
        segments = len(self._scenes)
        self._track = draw("track", _segments=segments, _full=False)
        self._played = draw("track", _segments=segments, _full=True)
        self.seconds = self._scenes[-1].end

    def frames(self) -> Iterator[Image.Image]:
        return (self.frame(number / FPS) for number in range(round(self.seconds * FPS)))

    def frame(self, second: float) -> Image.Image:
        picture = self._set(second)
        for scene in self._scenes:
            if scene.start <= second < scene.end:
                self._play(picture, scene, second)
        _put(picture, self._track)
        done = self._progress(second)
        _put(
            picture,
            Sprite(self._played.image.crop((0, 0, done, self._played.image.height)), self._played.x, self._played.y),
        )
        return picture

    def still(self) -> Image.Image:
        """The picture to show before the film is played: its title and a play mark."""
        picture = self._set(0)
        for sprite in (*self._scenes[0].lines, self._drawing.sprite("play")):
            _put(picture, sprite)
        return picture

    def _script(self) -> tuple[Scene, ...]:
        film, drawing = self._film, self._drawing
        count = len(film.statements)
        ends = [TITLE + STATEMENT[count] * number for number in range(count + 1)]
        times = list(pairwise([0, *ends, ends[-1] + CLOSING]))
        lines = [drawing.title(film)]
        lines += [
            drawing.lines("statement", 3, number=f"{number}/{count}", lead=each.lead, rest=each.rest)
            for number, each in enumerate(film.statements, 1)
        ]
        lines.append(drawing.lines("closing", 3, closing=film.closing, citation=film.citation, maker=MAKER))
        icons = [film.icon, *(each.icon for each in film.statements), "rosette-discount-check"]
        return tuple(
            Scene(start, end, drawing.sprite("icon", _icon=icon), block)
            for (start, end), icon, block in zip(times, icons, lines, strict=True)
        )

    def _set(self, second: float) -> Image.Image:
        """Everything that stays through the film: the drifting ground, the corners, the emblem's rings and dots."""
        share = second / self.seconds if second else 0.0
        spare_x, spare_y = self._ground.width - WIDTH, self._ground.height - HEIGHT
        left, top = spare_x * (0.15 + 0.7 * share), spare_y * (0.8 - 0.6 * share)
        box = (left, top, left + WIDTH, top + HEIGHT)
        picture = self._ground.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR, box=box)
        _put(picture, self._corner)
        _put(picture, self._rings)
        emblem_x, emblem_y = self._drawing.emblem
        for dot, (radius, start, speed) in zip(self._dots, ORBITS, strict=True):
            angle = 2 * math.pi * (start + speed * second)
            middle_x, middle_y = emblem_x + radius * math.cos(angle), emblem_y + radius * math.sin(angle)
            _put(picture, dot, x=middle_x - dot.image.width / 2, y=middle_y - dot.image.height / 2)
        return picture

    def _play(self, picture: Image.Image, scene: Scene, second: float) -> None:
        since, left = second - scene.start, scene.end - second
        last = scene is self._scenes[-1]
        going = 1.0 if last else min(1.0, left / LEAVE)
        came = min(1.0, since / ENTER)
        _put(picture, scene.icon, alpha=min(came * 2, going), scale=_overshoot(came) * (0.85 + 0.15 * going))
        for number, line in enumerate(scene.lines):
            # The title stands from the first frame, which players show before they play.
            eased = 1.0 if scene is self._scenes[0] else _ease(max(0.0, min(1.0, (since - STAGGER * number) / ENTER)))
            shift = SLIDE * (1 - eased) - SLIDE * (1 - going) ** 2
            _put(picture, line, x=line.x + shift, alpha=eased * going)

    def _progress(self, second: float) -> int:
        """How many pixels of the track have been played; every scene fills its own segment."""
        width, count = self._played.image.width, len(self._scenes)
        for number, scene in enumerate(self._scenes):
            if second < scene.end:
                share = (second + 1 / FPS - scene.start) / (scene.end - scene.start)
                return max(1, round(width * (number + share) / count))
        return width


def _ease(share: float) -> float:
    return 1 - (1 - share) ** 3


def _overshoot(share: float) -> float:
    """From 0.6 to 1 with a small swing beyond."""
    back = share - 1
    return 0.6 + 0.4 * (1 + 2.4 * back**3 + 1.4 * back**2)


def _put(
    picture: Image.Image,
    sprite: Sprite,
    *,
    x: float | None = None,
    y: float | None = None,
    alpha: float = 1,
    scale: float = 1,
) -> None:
    """Lays the sprite over the picture, between pixels where need be, `scale` about its own middle."""
    if alpha <= 0:
        return
    x, y = sprite.x if x is None else x, sprite.y if y is None else y
    image = sprite.image
    if scale != 1 or x != int(x) or y != int(y):
        width, height = image.size
        x, y = x + width * (1 - scale) / 2, y + height * (1 - scale) / 2
        size = (math.ceil(width * scale) + 1, math.ceil(height * scale) + 1)
        back = (1 / scale, 0, -(x - math.floor(x)) / scale, 0, 1 / scale, -(y - math.floor(y)) / scale)
        # Colours weighted by their cover, or clear black would bleed into the edges.
        image = (
            image.convert("RGBa")
            .transform(size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR)
            .convert("RGBA")
        )
    cover = image.getchannel("A")
    if alpha < 1:
        cover = cover.point([round(level * alpha) for level in range(256)])
    picture.paste(image.convert("RGB"), (math.floor(x), math.floor(y)), cover)
