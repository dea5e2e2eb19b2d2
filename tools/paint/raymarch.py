"""Render solids on a table: rays from the eye, soft shadows from a window."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import Floats
from tools.paint.colour import rgb, to_linear
from tools.paint.noise import Noise
from tools.paint.solids import Points, Solid, Vessel

_BACKGROUND_Z = -1.5
_STEPS = 90
_SLACK = np.float32(0.012)
"""How much a solid shrinks when it casts a shadow, so that it casts none on itself."""


@dataclass(frozen=True)
class Table:
    """A still life: its vessels, the colours around them, the eye and the window."""

    vessels: tuple[Vessel, ...]
    cloth: str
    background: str
    eye: tuple[float, float, float]
    aim: tuple[float, float, float]
    lens: float
    lamp: tuple[float, float, float]


class Scene:
    """Everything that a ray can hit: the table, the background, the vessels."""

    def __init__(self, table: Table, noise: Noise) -> None:
        self.table, self.noise = table, noise
        self.solids = [Solid(v) for v in table.vessels]
        self.paints = to_linear(
            np.stack(
                [
                    rgb(c)
                    for c in (table.cloth, table.background, *(v.colour for v in table.vessels))
                ]
            )
        ).astype(np.float32)
        self.gloss = np.array([0.0, 0.0, *(v.gloss for v in table.vessels)], dtype=np.float32)
        lamp = np.array(table.lamp)
        self.lamp = (lamp / np.linalg.norm(lamp)).astype(np.float32)

    def each(self, p: Points) -> Points:
        """Return the distance from each point to each thing; shape (things, n)."""
        return np.stack([p[:, 1], p[:, 2] - _BACKGROUND_Z, *(solid(p) for solid in self.solids)])

    def __call__(self, p: Points) -> Points:
        """Return the distance from each point to the nearest thing."""
        near = np.minimum(p[:, 1], p[:, 2] - np.float32(_BACKGROUND_Z))
        for solid in self.solids:
            near = np.minimum(near, solid(p))
        result: Floats = near
        return result

    def march(self, origin: Points, ray: Points) -> Points:
        """Return how far each ray travels until it hits something."""
        far = np.zeros(len(ray), dtype=np.float32)
        alive = np.arange(len(ray))
        for _ in range(_STEPS):
            near = self(origin[alive] + ray[alive] * far[alive, None])
            far[alive] += near
            alive = alive[(near > 0.0006) & (far[alive] < 12)]
            if not len(alive):
                break
        return far

    def shade_from(self, p: Points, normal: Points) -> Points:
        """Return how much of the window lights each point, from 0 to 1."""
        seen = np.ones(len(p), dtype=np.float32)
        scatter = np.modf(np.abs(p @ np.array([7919, 3571, 6271], dtype=np.float32)))[0]
        far = (0.05 + 0.06 * scatter).astype(np.float32)  # uneven starts hide the steps
        start = p + normal * np.float32(0.012)
        alive = np.nonzero(normal @ self.lamp > 0)[0]
        for _ in range(56):
            near = np.full(len(alive), 9, dtype=np.float32)
            spot = start[alive] + self.lamp * far[alive, None]
            for solid in self.solids:
                near = np.minimum(near, solid(spot))
            seen[alive] = np.minimum(seen[alive], 0.5 + 4.5 * (near + _SLACK) / far[alive])
            far[alive] += np.clip(0.8 * near, 0.012, 0.1)
            alive = alive[(seen[alive] > 0.0) & (far[alive] < 3.5)]
            if not len(alive):
                break
        seen = np.clip(seen, 0, 1)
        return seen * seen * (3 - 2 * seen)

    def openness(self, p: Points, normal: Points) -> Points:
        """Return how open the space above each point is, from 0 to 1."""
        shut = np.zeros(len(p), dtype=np.float32)
        for reach, weight in ((0.03, 0.9), (0.08, 0.7), (0.18, 0.55), (0.36, 0.4)):
            shut += weight * (reach - self(p + normal * np.float32(reach))) / reach
        result: Floats = np.clip(1 - 0.42 * shut, 0.08, 1)
        return result

    def normal(self, p: Points) -> Points:
        """Return the direction in which the distance grows."""
        step = np.float32(0.01)
        slope = np.zeros_like(p)
        for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
            offset = np.array(corner, dtype=np.float32)
            slope += offset * self(p + offset * step)[:, None]
        result: Floats = slope / np.linalg.norm(slope, axis=1, keepdims=True)
        return result

    def colour(self, eye: Points, ray: Points) -> tuple[Points, NDArray[np.int64]]:
        """Return the light of each ray (linear), and the number of the thing that it hits."""
        p = eye + ray * self.march(np.broadcast_to(eye, ray.shape), ray)[:, None]
        thing = self.each(p).argmin(axis=0)
        n = self.normal(p)
        sun = np.clip(n @ self.lamp, 0, 1) * self.shade_from(p, n)
        open_ = self.openness(p, n)
        bounce = np.clip(0.5 - 0.5 * n[:, 1], 0, 1) * np.exp(-2.2 * p[:, 1])
        speck = self.noise.fbm(p[:, 0] * 9 + 3 * p[:, 2], p[:, 1] * 9 + 7 * thing, 4, 0.65)
        paint = self.paints[thing] * (1 + 0.09 * speck[:, None])
        fade = np.clip(1.0 - 0.26 * p[:, 0] - 0.16 * p[:, 1], 0.35, 1.5)
        key = np.array([2.35, 2.1, 1.75], dtype=np.float32) * (sun * fade)[:, None]
        fill = (
            np.array([0.33, 0.38, 0.46], dtype=np.float32)
            * (open_ * (0.7 + 0.3 * n[:, 1]))[:, None]
        )
        warm = self.paints[0] * (0.55 * bounce * open_)[:, None]
        half = self.lamp - ray
        half /= np.linalg.norm(half, axis=1, keepdims=True)
        shine = np.clip((n * half).sum(axis=1), 0, 1) ** 38 * self.gloss[thing] * (sun > 0)
        return (paint * (key + fill + warm) + (shine * sun)[:, None] * 2.0), thing


def rays(table: Table, width: int, height: int, x: Points, y: Points) -> tuple[Points, Points]:
    """Return the eye, and the direction of the ray through each point (in pixels)."""
    eye, aim = np.array(table.eye), np.array(table.aim)
    ahead = (aim - eye) / np.linalg.norm(aim - eye)
    right = np.cross(ahead, (0, 1, 0))
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    unit = min(width, height)
    u, v = (2 * x - width) / unit, (height - 2 * y) / unit
    ray = u[:, None] * right + v[:, None] * up + table.lens * ahead
    ray /= np.linalg.norm(ray, axis=1, keepdims=True)
    return eye.astype(np.float32), ray.astype(np.float32)
