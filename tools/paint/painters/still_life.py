"""Pots and fruit on a table by a north window."""

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import Floats, Picture
from tools.paint.colour import grain, to_srgb
from tools.paint.noise import Noise
from tools.paint.raymarch import Scene, Table, rays
from tools.paint.solids import Vessel

_BAND = 60
"""Rows computed at once, few enough for the processor's cache."""


def _film(linear: Floats) -> Floats:
    """Compress the highlights as film does."""
    light = linear * 0.62
    return to_srgb(light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14))


def _edges(thing: NDArray[np.int64], picture: Picture) -> NDArray[np.bool_]:
    """Return the pixels that need more than one ray."""
    edge = np.zeros(thing.shape, dtype=bool)
    for axis in (0, 1):
        step = np.abs(np.diff(picture.mean(axis=2), axis=axis)) > 0.035
        jump = (np.diff(thing, axis=axis) != 0) | step
        ahead = [(0, 0), (0, 0)]
        behind = [(0, 0), (0, 0)]
        ahead[axis], behind[axis] = (1, 0), (0, 1)
        edge |= np.pad(jump, ahead) | np.pad(jump, behind)
    return edge


def _render(rng: np.random.Generator, table: Table, width: int, height: int) -> Picture:
    scene = Scene(table, Noise(rng))
    picture = np.zeros((height, width, 3), dtype=np.float32)
    thing = np.zeros((height, width), dtype=np.int64)
    columns = np.arange(width, dtype=np.float32) + 0.5
    for top in range(0, height, _BAND):
        rows = np.arange(top, min(top + _BAND, height), dtype=np.float32) + 0.5
        y, x = (axis.ravel() for axis in np.meshgrid(rows, columns, indexing="ij"))
        light, met = scene.colour(*rays(table, width, height, x, y))
        picture[top : top + _BAND] = _film(light).reshape(-1, width, 3)
        thing[top : top + _BAND] = met.reshape(-1, width)
    row, column = np.nonzero(_edges(thing, picture))
    total = np.zeros((len(row), 3), dtype=np.float32)
    for dx, dy in ((0.125, 0.375), (0.625, 0.125), (0.375, 0.875), (0.875, 0.625)):
        x, y = (column + dx).astype(np.float32), (row + dy).astype(np.float32)
        total += _film(scene.colour(*rays(table, width, height, x, y))[0])
    picture[row, column] = total / 4
    return grain(rng, picture)


_BOTTLE = (
    (0.17, 0.0), (0.21, 0.03), (0.22, 0.3), (0.21, 0.52), (0.12, 0.66), (0.075, 0.76),
    (0.068, 0.98), (0.085, 1.03), (0.072, 1.05), (0.05, 1.03), (0.04, 0.98), (0.0, 0.96),
)  # fmt: skip
_JAR = (
    (0.16, 0.0), (0.2, 0.03), (0.31, 0.24), (0.3, 0.44), (0.2, 0.58), (0.19, 0.64),
    (0.215, 0.69), (0.19, 0.695), (0.165, 0.63), (0.18, 0.55), (0.2, 0.4), (0.0, 0.3),
)  # fmt: skip
_BOWL = (
    (0.12, 0.0), (0.14, 0.03), (0.24, 0.1), (0.34, 0.22), (0.38, 0.34), (0.365, 0.35),
    (0.32, 0.24), (0.22, 0.12), (0.0, 0.07),
)  # fmt: skip
_CUP = (
    (0.11, 0.0), (0.135, 0.02), (0.147, 0.1), (0.155, 0.2), (0.163, 0.295), (0.145, 0.308),
    (0.118, 0.27), (0.1, 0.15), (0.0, 0.08),
)  # fmt: skip
_PEAR = (
    (0.08, 0.0), (0.14, 0.03), (0.187, 0.09), (0.2, 0.165), (0.178, 0.25), (0.135, 0.335),
    (0.103, 0.41), (0.068, 0.465), (0.03, 0.482), (0.013, 0.47), (0.012, 0.55), (0.0, 0.56),
)  # fmt: skip
_PERSIMMON = (
    (0.07, 0.0), (0.12, 0.02), (0.16, 0.065), (0.175, 0.125), (0.16, 0.185), (0.115, 0.23),
    (0.06, 0.242), (0.025, 0.23), (0.0, 0.222),
)  # fmt: skip


def vessels(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint five chalky pots in a row, in the light of a north window."""
    table = Table(
        vessels=(
            Vessel(-0.62, -0.12, _JAR, "#c9a17c"),
            Vessel(-0.14, -0.34, _BOTTLE, "#e9e2d3"),
            Vessel(0.3, -0.3, tuple((r * 0.85, y * 1.18) for r, y in _BOTTLE), "#54666e"),
            Vessel(0.2, 0.22, _CUP, "#b9553a"),
            Vessel(0.74, -0.02, _BOWL, "#d8d0bd"),
        ),
        cloth="#b7a58c",
        background="#a9aca2",
        eye=(0.08, 1.05, 4.2),
        aim=(0.06, 0.63, -0.2),
        lens=3.6,
        lamp=(-0.85, 0.75, 0.55),
    )
    return _render(rng, table, width, height)


def pears(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint two pears and a persimmon beside a dark bowl, on a warm dark background."""
    table = Table(
        vessels=(
            Vessel(-0.42, 0.05, _PEAR, "#a89b3c", 0.3, 0.06),
            Vessel(-0.06, 0.3, tuple((r * 0.95, y * 0.9) for r, y in _PEAR), "#b8832e", 0.3, -0.1),
            Vessel(0.42, -0.12, tuple((r * 1.15, y * 1.25) for r, y in _BOWL), "#2d4a4d", 0.5),
            Vessel(0.52, 0.42, _PERSIMMON, "#cf6a24", 0.35),
            Vessel(0.05, -0.55, tuple((r * 0.9, y * 0.95) for r, y in _BOTTLE), "#6e3a2a", 0.45),
        ),
        cloth="#8d7459",
        background="#5b4a40",
        eye=(0.05, 1.25, 4.0),
        aim=(0.06, 0.36, 0.0),
        lens=5.3,
        lamp=(-0.95, 0.62, 0.4),
    )
    return _render(rng, table, width, height)
