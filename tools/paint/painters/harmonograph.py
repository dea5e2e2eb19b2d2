"""The drawing machine: two swinging pendulums move a pen, a turning table moves the sheet."""

from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Field, Floats, Picture
from tools.paint.colour import grain, mix, overprint, paper, rgb

_POINTS = 3_000_000


@dataclass(frozen=True)
class Swing:
    """One pass of the pen: its frequencies, phases, decay and length."""

    beats: tuple[float, float, float, float]
    phases: tuple[float, float, float, float]
    fade: float
    size: float
    turns: float


def _trace(swing: Swing, width: int, height: int) -> tuple[Field, Field]:
    """Return how much of the first and of the second ink the pen leaves on each pixel."""
    t = np.linspace(0, swing.turns * 2 * np.pi, _POINTS)
    die = np.exp(-swing.fade * t)
    f, p = swing.beats, swing.phases
    unit = min(width, height) / 2 * swing.size
    x = width / 2 + unit * die * (np.sin(f[0] * t + p[0]) + 0.62 * np.sin(f[1] * t + p[1])) / 1.62
    y = height / 2 + unit * die * (np.sin(f[2] * t + p[2]) + 0.62 * np.sin(f[3] * t + p[3])) / 1.62
    speed = np.hypot(np.gradient(x), np.gradient(y))
    column, row = np.floor(x - 0.5).astype(np.int64), np.floor(y - 0.5).astype(np.int64)
    fx, fy = x - 0.5 - column, y - 0.5 - row
    speed = np.stack([speed * (1 - _change(t)), speed * _change(t)])
    ink = np.zeros((2, width * height))
    for across, along, share in (
        (0, 0, (1 - fx) * (1 - fy)),
        (1, 0, fx * (1 - fy)),
        (0, 1, (1 - fx) * fy),
        (1, 1, fx * fy),
    ):
        key = (row + along) * width + column + across
        for number, weight in enumerate(share * speed):
            ink[number] += np.bincount(key, weights=weight, minlength=width * height)
    first, second = ink.reshape(2, height, width).astype(np.float32)
    return first, second


def _change(t: Floats) -> Floats:
    """Return the share of the second ink, which grows in the middle of the drawing."""
    share = np.clip((t / t[-1] - 0.42) / 0.16, 0, 1)
    result: Floats = share * share * (3 - 2 * share)
    return result


def pendulum(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Draw with a swinging pen, first in navy and then in vermilion, until it stops."""
    swing = Swing((3.0, 4.002, 4.001, 3.0), (2.82, 5.02, 1.48, 2.01), 0.0052, 0.95, 62)
    first, second = _trace(swing, width, height)
    sheet = paper(rng, width, height, "#f4ecdc")
    sheet = overprint(sheet, rgb("#16294a"), 1 - np.exp(-first * 0.95))
    sheet = overprint(sheet, rgb("#cf4a2c"), 1 - np.exp(-second * 0.95))
    return grain(rng, sheet, 0.006)


def chalk(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Draw with a slower machine, in chalk and ochre on a dark blue sheet."""
    swing = Swing((2.0, 3.003, 3.001, 2.0), (4.27, 5.46, 1.43, 5.62), 0.0045, 0.97, 84)
    first, second = _trace(swing, width, height)
    sheet = paper(rng, width, height, "#1b2b3c")
    sheet = mix(sheet, rgb("#efe6d2"), (1 - np.exp(-first * 0.8)) * 0.9)
    sheet = mix(sheet, rgb("#e0a23c"), (1 - np.exp(-second * 0.8)) * 0.95)
    return grain(rng, sheet, 0.006)
