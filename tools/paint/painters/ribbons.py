"""Ribbons that follow a wind and never touch."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tools.paint.canvas import Floats, Picture, halve
from tools.paint.colour import grain, paper, rgb
from tools.paint.noise import Noise

_CELLS = 420
"""The short side of the map of occupied cells."""

_PAD = 30
"""Cells beyond the edge, all of them occupied."""

Path = Floats
Disc = NDArray[np.bool_]
Cuts = NDArray[np.int64]


@dataclass(frozen=True)
class Wind:
    """The bends of the ribbons, their widths and lengths, and their colours."""

    scale: float
    swing: float
    lean: float
    widths: Sequence[float]
    tries: Sequence[int]
    max_length: float
    margin: float
    paints: Sequence[str]
    odds: Sequence[float]
    sheet: str


class _Weather:
    """The direction of the wind at every cell, and the occupied cells."""

    def __init__(self, rng: np.random.Generator, wind: Wind, wide: float, tall: float) -> None:
        noise = Noise(rng)
        self.columns, self.rows = int(wide * _CELLS), int(tall * _CELLS)
        self._discs: dict[int, NDArray[np.bool_]] = {}
        x, y = np.meshgrid(np.arange(self.columns) / _CELLS, np.arange(self.rows) / _CELLS)
        x, y = x.astype(np.float32), y.astype(np.float32)
        swirl = noise.warped(x * wind.scale, y * wind.scale, 0.5, 2)
        self.angle = (wind.lean + wind.swing * swirl).tolist()
        self._occupied = np.ones((self.rows + 2 * _PAD, self.columns + 2 * _PAD), dtype=bool)
        rim = _PAD + int(wind.margin * _CELLS)
        self._occupied[rim:-rim, rim:-rim] = False

    def _window(self, x: float, y: float, reach: float) -> tuple[NDArray[np.bool_], Disc]:
        """Return the cells around a place, and which of them a disc of this reach covers."""
        cells = max(1, round(reach * _CELLS))
        if cells not in self._discs:
            span = np.arange(-cells, cells + 1)
            self._discs[cells] = np.hypot(span, span[:, None]) <= cells + 0.3
        column, row = int(x * _CELLS) + _PAD, int(y * _CELLS) + _PAD
        area = self._occupied[row - cells : row + cells + 1, column - cells : column + cells + 1]
        return area, self._discs[cells]

    def free(self, x: float, y: float, reach: float) -> bool:
        """Return whether a disc of this radius touches no occupied cell."""
        if not (0 <= x * _CELLS < self.columns and 0 <= y * _CELLS < self.rows):
            return False
        area, disc = self._window(x, y, reach)
        return not (area & disc).any()

    def follow(self, x: float, y: float, reach: float, length: float) -> list[tuple[float, float]]:
        """Walk with the wind for up to `length` (against it if negative), while there is room."""
        step = 0.004 if length > 0 else -0.004
        path: list[tuple[float, float]] = []
        for _ in range(int(abs(length) / 0.004)):
            if not self.free(x, y, reach):
                break
            path.append((x, y))
            angle = self.angle[int(y * _CELLS)][int(x * _CELLS)]
            x, y = x + step * np.cos(angle), y + step * np.sin(angle)
        return path

    def occupy(self, path: Path, reach: float) -> None:
        """Mark the cells that a ribbon covers."""
        for x, y in path:
            area, disc = self._window(float(x), float(y), reach)
            area |= disc


def _outline(path: Path, width: float) -> Path:
    """Return the polygon of a ribbon around its middle line."""
    direction = np.gradient(path, axis=0)
    direction /= np.linalg.norm(direction, axis=1, keepdims=True) + 1e-9
    side = np.stack([-direction[:, 1], direction[:, 0]], axis=1)
    half = side * (width / 2)
    return np.concatenate([path + half, (path - half)[::-1]])


def _draw(
    rng: np.random.Generator, sheet: ImageDraw.ImageDraw, path: Path, width: float,
    pixels: float, wind: Wind,
) -> None:  # fmt: skip
    paint = rgb(str(rng.choice(list(wind.paints), p=list(wind.odds)))) * 255
    split = rng.random() < 0.3 and len(path) > 60
    cuts: Cuts = np.sort(rng.integers(10, len(path) - 10, 3)) if split else np.array([], int)
    for number, piece in enumerate(np.split(path, cuts)):
        if len(piece) < 4:
            continue
        if number % 2:
            paint = rgb(str(rng.choice(list(wind.paints), p=list(wind.odds)))) * 255
        shape = _outline(piece, width) * pixels
        tone = tuple(int(v) for v in np.clip(paint * rng.uniform(0.96, 1.04), 0, 255))
        sheet.polygon([(float(x), float(y)) for x, y in shape], fill=tone)


def _paint(rng: np.random.Generator, wind: Wind, width: int, height: int) -> Picture:
    unit = min(width, height)
    weather = _Weather(rng, wind, width / unit, height / unit)
    image = Image.new("RGB", (2 * width, 2 * height), wind.sheet)
    pen = ImageDraw.Draw(image)
    for size, tries in zip(wind.widths, wind.tries, strict=True):
        reach = size * 0.5 + 0.0035
        for _ in range(tries):
            x, y = rng.uniform(0, (width / unit, height / unit))
            length = wind.max_length * rng.uniform(0.35, 1)
            back = weather.follow(x, y, reach, -length / 2)
            ahead = weather.follow(x, y, reach, length / 2)
            path = np.array(back[::-1] + ahead[1:], dtype=np.float32)
            if len(path) < max(14, size / 0.004 * 1.6):
                continue
            weather.occupy(path, size * 0.5)
            _draw(rng, pen, path, size, 2.0 * unit, wind)
    flat_ = halve(np.asarray(image, dtype=np.float32) / 255)
    tooth = paper(rng, width, height, "#ffffff")
    return grain(rng, flat_ * tooth, 0.007)


def currents(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Send broad and narrow ribbons down one slow bend."""
    wind = Wind(
        scale=0.75,
        swing=2.6,
        lean=0.9,
        widths=(0.085, 0.05, 0.028, 0.014, 0.007),
        tries=(120, 900, 4000, 9000, 14000),
        max_length=1.0,
        margin=0.06,
        paints=("#1d2b36", "#c4452f", "#d99a2b", "#3f7275", "#e6b8a0", "#8fa89a"),
        odds=(0.21, 0.17, 0.17, 0.18, 0.15, 0.12),
        sheet="#f6efe1",
    )
    return _paint(rng, wind, width, height)


def barley(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Comb a field of narrow blades, gold over dark earth."""
    wind = Wind(
        scale=1.1,
        swing=1.1,
        lean=-1.15,
        widths=(0.016, 0.011, 0.007),
        tries=(3500, 5000, 9000),
        max_length=0.5,
        margin=0.0,
        paints=("#e2b04a", "#c98a2b", "#f0d48c", "#8c6a2f", "#6d7f4a", "#b9563a"),
        odds=(0.27, 0.22, 0.18, 0.14, 0.12, 0.07),
        sheet="#22231c",
    )
    return _paint(rng, wind, width, height)
