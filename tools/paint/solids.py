"""Turned pots: an outline rotated around an axis, as a signed distance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import Floats

Points = Floats
"""Positions or directions, shape (n, 3): x to the right, y up, z towards the eye."""

_CELLS = 320
_MARGIN = 0.22


@dataclass(frozen=True)
class Vessel:
    """A pot or a fruit: its place on the table, and its outline from the foot to the inner floor.

    The outline is a list of (radius, height) pairs; it may turn at the lip and go down inside.
    """

    x: float
    z: float
    outline: tuple[tuple[float, float], ...]
    colour: str
    gloss: float = 0.12
    lean: float = 0.0


def _curve(outline: Sequence[tuple[float, float]]) -> Floats:
    """Return a smooth curve through the outline's points; shape (400, 2)."""
    points = np.array(outline)
    ends = 2 * points[:1] - points[1:2], 2 * points[-1:] - points[-2:-1]
    padded = np.concatenate([ends[0], points, ends[1]])
    t = np.linspace(0, len(points) - 1, 400)
    index = np.minimum(t.astype(int), len(points) - 2)
    part = (t - index)[:, None]
    a, b, c, d = (padded[index + k] for k in range(4))
    bend = 2 * b + (c - a) * part + (2 * a - 5 * b + 4 * c - d) * part**2
    curve = 0.5 * (bend + (3 * b - a - 3 * c + d) * part**3)
    result: Floats = np.maximum(curve, 0)
    return result


def _enclosed(curve: Floats, r: Floats, y: Floats) -> NDArray[np.bool_]:
    """Return which points lie between the curve and the axis, by counting crossings."""
    ring = np.concatenate([[(-1.0, curve[0, 1])], curve, [(-1.0, curve[-1, 1])]])
    within = np.zeros(np.broadcast(r, y).shape, dtype=bool)
    for (r0, y0), (r1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        crosses = (y0 > y) != (y1 > y)
        within ^= crosses & (r < (r1 - r0) * (y - y0) / (y1 - y0) + r0)
    return within


class Solid:
    """The distance to one vessel, from a table by height and radius."""

    def __init__(self, vessel: Vessel) -> None:
        self.vessel = vessel
        curve = _curve(vessel.outline)
        foot = np.stack([np.linspace(0, curve[0, 0], 40), np.full(40, curve[0, 1])], axis=1)
        edge = np.concatenate([foot, curve]).astype(np.float32)
        self._wide = float(edge[:, 0].max()) + _MARGIN
        self._tall = float(edge[:, 1].max()) + 2 * _MARGIN
        span = np.linspace(0, 1, _CELLS, dtype=np.float32)
        r, y = span[None] * self._wide, span[:, None] * self._tall - _MARGIN
        reach = np.full((_CELLS, _CELLS), np.inf, dtype=np.float32)
        for edge_r, edge_y in edge:
            reach = np.minimum(reach, (r - edge_r) ** 2 + (y - edge_y) ** 2)
        reach = np.sqrt(reach)
        self._table = np.where(_enclosed(curve, r, y), -reach, reach).astype(np.float32)

    def __call__(self, p: Points) -> Points:
        """Return the distance from each point to the vessel, negative inside."""
        x = p[:, 0] - np.float32(self.vessel.x) - np.float32(self.vessel.lean) * p[:, 1]
        r = np.hypot(x, p[:, 2] - np.float32(self.vessel.z))
        last = np.float32(_CELLS - 1.001)
        y = (p[:, 1] + np.float32(_MARGIN)) * np.float32(1 / self._tall)
        row = np.clip(y, 0, 1) * last
        column = np.clip(r * np.float32(1 / self._wide), 0, 1) * last
        i, j = row.astype(np.int32), column.astype(np.int32)
        fy, fx = row - i, column - j
        upper = self._table[i, j] * (1 - fx) + self._table[i, j + 1] * fx
        lower = self._table[i + 1, j] * (1 - fx) + self._table[i + 1, j + 1] * fx
        near = upper * (1 - fy) + lower * fy
        beyond = np.maximum(r - self._wide, 0) + np.abs(y - np.clip(y, 0, 1)) * self._tall
        result: Floats = ((near + beyond * 0.6) * 0.88).astype(np.float32)
        return result
