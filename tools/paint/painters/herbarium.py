"""Pressed plants: a bending stem, and leaflets that shrink towards its end."""

from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Picture
from tools.paint.colour import grain, paper
from tools.paint.petals import Blade, stamp


@dataclass(frozen=True)
class Frond:
    """A stem from its root (shares of the short side), and the leaves along it."""

    x: float
    y: float
    angle: float
    length: float
    bend: float
    pairs: int
    leaf: float
    slender: float
    open: float
    stops: tuple[str, ...]


def _stem(frond: Frond, t: float, unit: float) -> tuple[float, float, float]:
    """Return the place and heading at the share `t` of the stem."""
    steps = np.linspace(0, t, 40)
    heading = frond.angle + frond.bend * steps**1.4
    stretch = frond.length * unit * t / 40
    x = frond.x * unit + np.cos(heading).sum() * stretch
    y = frond.y * unit + np.sin(heading).sum() * stretch
    return float(x), float(y), float(heading[-1])


def _grow(rng: np.random.Generator, picture: Picture, frond: Frond, unit: float) -> None:
    for step in range(90):
        x, y, heading = _stem(frond, (step + 0.5) / 90, unit)
        thick = unit * 0.0075 * (1.15 - step / 90)
        piece = Blade(
            x, y, heading, unit * frond.length / 55, thick, frond.stops[:3],
            tip=0.25, shadow=0.0, streak=0.0,
        )  # fmt: skip
        stamp(rng, picture, piece)
    for pair in range(frond.pairs):
        t = 0.2 + 0.78 * pair / frond.pairs
        x, y, heading = _stem(frond, t, unit)
        size = frond.leaf * unit * np.sin(np.pi * (0.16 + 0.82 * t) ** 0.8) ** 0.8
        for side in (-1, 1):
            length = max(size * rng.uniform(0.92, 1.06), unit * 0.012)
            blade = Blade(
                x,
                y,
                heading + side * (frond.open - 0.45 * t) + rng.normal(0, 0.035),
                length,
                length * frond.slender,
                frond.stops,
                belly=0.42,
                tip=0.85,
                shadow=0.09,
                tone=rng.normal(0, 0.05) + 0.07 * side,
                streak=0.035,
            )
            stamp(rng, picture, blade)
    x, y, heading = _stem(frond, 0.985, unit)
    end = frond.leaf * unit * 0.32
    stamp(rng, picture, Blade(x, y, heading, end, end * frond.slender, frond.stops, shadow=0.15))


def ferns(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Press three fronds, one of them rusted by autumn, on cream paper."""
    picture = paper(rng, width, height, "#f2ead9")
    unit = float(min(width, height))
    sage = ("#2c3f2f", "#4c6647", "#7d9168", "#aab58a")
    moss = ("#1c3029", "#2f5040", "#4f7558", "#86a07a")
    rust = ("#5a2a18", "#8f4a24", "#bb7838", "#dba765")
    fronds = (
        Frond(0.5, 1.41, -1.98, 0.93, -0.16, 24, 0.2, 0.17, 1.2, sage),
        Frond(0.51, 1.42, -1.66, 1.24, 0.22, 27, 0.225, 0.15, 1.2, moss),
        Frond(0.52, 1.41, -1.2, 0.84, 0.34, 20, 0.165, 0.2, 1.2, rust),
    )
    for frond in fronds:
        _grow(rng, picture, frond, unit)
    return grain(rng, picture, 0.006)
