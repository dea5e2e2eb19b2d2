"""Truchet tiles: each square connects its four sides in pairs, which makes long strands."""

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import Field, Picture, halve, plane
from tools.paint.colour import grain, mix, paper, rgb
from tools.paint.noise import Noise

_TILES = 9
_INKS = ("#17324a", "#c9472f", "#e0a030", "#2f6b62", "#8a2f3b", "#d98f78")

Tiles = NDArray[np.int64]


class _Strands:
    """The connected sides of all tiles, as a forest of parents."""

    def __init__(self, kinds: Tiles) -> None:
        self.rows, self.columns = kinds.shape
        self._parent = list(range(2 * (self.rows + 1) * (self.columns + 1)))
        for row in range(self.rows):
            for column in range(self.columns):
                north, east, south, west = self.sides(row, column)
                pairs = (
                    ((north, west), (south, east)),
                    ((north, east), (south, west)),
                    ((north, south), (west, east)),
                )[int(kinds[row, column])]
                for one, other in pairs:
                    self._parent[self.root(one)] = self.root(other)

    def sides(self, row: int, column: int) -> tuple[int, int, int, int]:
        """Return the numbers of a tile's north, east, south and west sides."""
        wide = self.columns + 1
        level = wide * (self.rows + 1)
        cell = row * wide + column
        return cell, level + cell + 1, cell + wide, level + cell

    def root(self, side: int) -> int:
        """Return the side that represents the whole strand."""
        while self._parent[side] != side:
            self._parent[side] = self._parent[self._parent[side]]
            side = self._parent[side]
        return side


def _colours(rng: np.random.Generator, kinds: Tiles) -> Tiles:
    """Give each strand one ink; shape (rows, columns, 2) for a tile's two strands."""
    strands = _Strands(kinds)
    ink = rng.integers(0, len(_INKS), 2 * (strands.rows + 1) * (strands.columns + 1))
    chosen = np.zeros((*kinds.shape, 2), dtype=np.int64)
    for row in range(strands.rows):
        for column in range(strands.columns):
            north, _, south, west = strands.sides(row, column)
            second = west if kinds[row, column] == 2 else south
            chosen[row, column] = ink[strands.root(north)], ink[strands.root(second)]
    return chosen


def _strand(picture: Picture, offset: Field, where: Field, ink: Tiles, pixels: float) -> Picture:
    """Paint one strand (`offset` from its middle line, in tiles) with a rim, ribs and a shadow."""
    reach = np.abs(offset)
    shade = np.clip(1 - (reach - 0.3) / 0.17, 0, 1) ** 2 * 0.42 * where
    picture = picture * (1 - shade[..., None])
    rim = np.clip((0.31 - reach) * pixels + 0.5, 0, 1) * where
    body = np.clip((0.278 - reach) * pixels + 0.5, 0, 1) * where
    groove = np.clip((np.abs(reach - 0.1) - 0.013) * pixels + 0.5, 0, 1)
    paints = np.stack([rgb(code) for code in _INKS])[ink]
    lit = 1.06 - 2.6 * reach**2
    picture = mix(picture, rgb("#f3ead8"), rim)
    return mix(picture, (paints * (lit * (0.5 + 0.5 * groove))[..., None]), body)


def detour(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint tangled cords in six colours on a bone ground."""
    x, y = plane(2 * width, 2 * height)
    u, v = x * _TILES, y * _TILES
    column, row = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
    shape = (int(row.max()) + 1, int(column.max()) + 1)
    kinds = rng.choice(3, shape, p=(0.39, 0.39, 0.22))
    colours = _colours(rng, kinds)[row, column]
    kind = kinds[row, column]
    fu, fv = u - column, v - row
    fu = np.where(kind == 1, 1 - fu, fu)
    crossing = kind == 2
    pixels = 2 * min(width, height) / _TILES
    first = np.where(crossing, fu - 0.5, np.hypot(fu, fv) - 0.5)
    second = np.where(crossing, fv - 0.5, np.hypot(1 - fu, 1 - fv) - 0.5)
    picture = paper(rng, 2 * width, 2 * height, "#e6dac2")
    every = np.ones_like(fu)
    picture = _strand(picture, first, every, colours[..., 0], pixels)
    picture = _strand(picture, second, every, colours[..., 1], pixels)
    wear = Noise(rng).fbm(x * 30, y * 30, 3)
    picture *= (1 + 0.035 * wear)[..., None]
    return grain(rng, halve(picture.astype(np.float32)), 0.006)
