"""Ink on water: every pixel is traced back through the drops that moved it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Field, Picture, halve, plane
from tools.paint.colour import grain, paper, rgb
from tools.paint.noise import Noise


@dataclass(frozen=True)
class Drop:
    """One touch of the brush: its place, its radius and its ink (0 is clear water)."""

    x: float
    y: float
    radius: float
    ink: int


def _trace_back(drops: Sequence[Drop], x: Field, y: Field) -> tuple[Field, Field]:
    """Return each point's ink, and its distance from the middle of its drop."""
    size = x.size
    ink = np.zeros(size, dtype=np.float32)
    offset = np.zeros(size, dtype=np.float32)
    alive = np.arange(size)
    px, py = x.ravel().copy(), y.ravel().copy()
    for drop in reversed(drops):
        dx, dy = px - drop.x, py - drop.y
        square = dx * dx + dy * dy
        caught = square < drop.radius**2
        ink[alive[caught]] = drop.ink
        offset[alive[caught]] = np.sqrt(square[caught]) / drop.radius
        keep = ~caught
        alive, square = alive[keep], square[keep]
        pull = np.sqrt(1 - drop.radius**2 / square)
        px, py = drop.x + dx[keep] * pull, drop.y + dy[keep] * pull
    return ink.reshape(x.shape), offset.reshape(x.shape)


def _stir(noise: Noise, x: Field, y: Field, scale: float, force: float) -> tuple[Field, Field]:
    """Move the plane along the curl of a noise, which keeps every area."""
    step = np.float32(0.01)
    up = noise.fbm(x * scale, (y + step) * scale, 2)
    down = noise.fbm(x * scale, (y - step) * scale, 2)
    right = noise.fbm((x + step) * scale, y * scale, 2)
    left = noise.fbm((x - step) * scale, y * scale, 2)
    reach = force / (2 * step) / scale
    return x + (up - down) * reach, y - (right - left) * reach


def _comb(x: Field, y: Field, teeth: float, pull: float, sharp: float) -> tuple[Field, Field]:
    """Pull a comb with `teeth` for each unit down the sheet."""
    near = np.abs((x * teeth) % 1 - 0.5) / teeth
    return x, y - pull * sharp / (sharp + near)


def _inked(
    rng: np.random.Generator, ink: Field, offset: Field, inks: Sequence[str], sheet: str
) -> Picture:
    height, width = ink.shape
    picture = paper(rng, width, height, sheet)
    noise = Noise(rng)
    x, y = plane(width, height)
    pool = 0.86 + 0.14 * noise.fbm(x * 3, y * 3, 4) + 0.1 * (offset**2 - 0.5)
    for number, code in enumerate(inks, start=1):
        cover = np.where(ink == number, np.clip(pool, 0, 1), 0).astype(np.float32)
        picture *= 1 - cover[..., None] * (1 - rgb(code))
    return picture


def _rings(
    rng: np.random.Generator, where: tuple[float, float], count: int, inks: Sequence[int]
) -> list[Drop]:
    drops = []
    for turn in range(count):
        x, y = np.array(where) + rng.normal(0, 0.012, 2)
        radius = float(rng.uniform(0.07, 0.1))
        drops.append(Drop(float(x), float(y), radius, inks[turn % len(inks)]))
    return drops


def rings(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint indigo rings on water, moved once by a breath of wind."""
    x, y = plane(2 * width, 2 * height)
    noise = Noise(rng)
    x, y = _stir(noise, x, y, 1.1, 0.16)
    x, y = _stir(noise, x + 3, y + 1, 2.6, 0.014)
    x, y = x - 3, y - 1
    drops = _rings(rng, (0.64, 0.44), 26, (1, 0))
    drops += _rings(rng, (0.30, 0.86), 18, (2, 0))
    drops += _rings(rng, (0.70, 0.98), 7, (3, 0))
    drops += _rings(rng, (0.60, 0.42), 8, (1, 0))
    ink, offset = _trace_back(drops, x, y)
    picture = _inked(rng, ink, offset, ("#1d3557", "#23262b", "#c8452d"), "#f3ecdd")
    return grain(rng, halve(picture), 0.006)


def combed(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint drops of five colours that a comb has pulled in two directions."""
    x, y = plane(2 * width, 2 * height)
    wide, tall = float(x.max()), float(y.max())
    noise = Noise(rng)
    x, y = _stir(noise, x, y, 0.9, 0.05)
    x, y = _comb(x, y, 9, 0.17, 0.012)
    y, x = _comb(y, x, 3.5, 0.22, 0.03)
    drops = []
    for _ in range(230):
        place = rng.uniform((-0.3, -0.3), (wide + 0.3, tall + 0.3))
        colour = int(rng.choice((1, 2, 3, 4, 5), p=(0.31, 0.23, 0.17, 0.15, 0.14)))
        drops.append(Drop(float(place[0]), float(place[1]), float(rng.uniform(0.04, 0.1)), colour))
    ink, offset = _trace_back(drops, x, y)
    inks = ("#1f3b4d", "#8c2f2b", "#d79a3c", "#e9dcc3", "#4f7a74")
    return grain(rng, halve(_inked(rng, ink, offset, inks, "#efe4cd")), 0.006)
