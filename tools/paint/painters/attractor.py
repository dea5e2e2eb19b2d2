"""Strange attractors: the visits of a moving point, counted and developed like a photograph."""

from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Field, Floats, Picture, blur
from tools.paint.colour import grain, mix, overprint, paper, rgb

_WALKERS = 200_000


@dataclass(frozen=True)
class Orbit:
    """A map of the plane, x' = sin(a y) + c cos(a x) and so on, and its place on the sheet."""

    a: float
    b: float
    c: float
    d: float
    clifford: bool
    zoom: float
    turn: float
    rounds: int


def _next_point(orbit: Orbit, x: Field, y: Field) -> tuple[Field, Field]:
    if orbit.clifford:
        return (
            np.sin(orbit.a * y) + orbit.c * np.cos(orbit.a * x),
            np.sin(orbit.b * x) + orbit.d * np.cos(orbit.b * y),
        )
    return np.sin(orbit.a * y) - np.cos(orbit.b * x), np.sin(orbit.c * x) - np.cos(orbit.d * y)


def _expose(rng: np.random.Generator, orbit: Orbit, width: int, height: int) -> tuple[Field, Field]:
    """Count the visits to each pixel, and measure the steps that ended there."""
    x, y = rng.uniform(-1, 1, (2, _WALKERS)).astype(np.float32)
    count: Floats = np.zeros(width * height)
    stride: Floats = np.zeros(width * height)
    scale, cos, sin = min(width, height) / 2 * orbit.zoom, np.cos(orbit.turn), np.sin(orbit.turn)
    middle_x, middle_y = np.float32(0), np.float32(0)
    for round_ in range(orbit.rounds):
        nx, ny = _next_point(orbit, x, y)
        if round_ == 20:
            middle_x, middle_y = (nx.min() + nx.max()) / 2, (ny.min() + ny.max()) / 2
        if round_ > 20:
            px, py = nx - middle_x, ny - middle_y
            jitter = rng.random((2, _WALKERS), dtype=np.float32) - 0.5
            column = (width / 2 + scale * (px * cos - py * sin) + jitter[0]).astype(np.int32)
            row = (height / 2 + scale * (px * sin + py * cos) + jitter[1]).astype(np.int32)
            good = (column >= 0) & (column < width) & (row >= 0) & (row < height)
            key = row[good] * width + column[good]
            count += np.bincount(key, minlength=width * height)
            length = np.hypot(nx - x, ny - y)[good]
            stride += np.bincount(key, weights=length, minlength=width * height)
        x, y = nx, ny
    mean = stride / np.maximum(count, 1)
    return count.reshape(height, width).astype(np.float32), mean.reshape(height, width).astype(
        np.float32
    )


def _develop(count: Field, contrast: float) -> Field:
    """Compress the counts as film does: gently in the shadows, hard in the lights."""
    fine = 0.75 * count + 0.25 * blur(count, 1)
    white = np.quantile(fine[fine > 0], 0.995)
    tone = np.log1p(fine / white * 60) / np.log1p(60)
    result: Floats = np.clip(tone, 0, 1) ** contrast
    return result


def silk(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Print a de Jong attractor in rust and indigo on bone paper."""
    orbit = Orbit(1.4, -2.3, 2.4, -2.1, clifford=False, zoom=0.46, turn=0.0, rounds=420)
    count, stride = _expose(rng, orbit, width, height)
    tone = _develop(count, 0.92)
    warm = np.clip(blur(stride, 2) / 3.2, 0, 1)
    sheet = paper(rng, width, height, "#f1e8d8")
    sheet = overprint(sheet, rgb("#a63d1e"), tone * warm)
    sheet = overprint(sheet, rgb("#1f3f58"), tone * (1 - warm) + 0.35 * tone**3)
    return grain(rng, sheet, 0.006)


def lantern(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Expose a Clifford attractor as pale smoke on bottle green."""
    orbit = Orbit(-1.4, 1.6, 1.0, 0.7, clifford=True, zoom=0.56, turn=0.5, rounds=420)
    count, stride = _expose(rng, orbit, width, height)
    tone = _develop(count, 1.3)
    warm = np.clip(blur(stride, 2) / 2.6, 0, 1)
    night = paper(rng, width, height, "#10251f")
    light = mix(night, rgb("#8fb8a0"), tone * (1 - 0.6 * warm))
    light = mix(light, rgb("#e8a23c"), tone * warm * 0.9)
    return grain(rng, mix(light, rgb("#fff4dd"), tone**3 * 0.85), 0.006)
