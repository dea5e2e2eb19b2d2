"""Gradient noise, and the ways to add up its octaves."""

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import Field, Floats

_SIZE = 256


class Noise:
    """Smooth, seeded noise over the plane, roughly in -1..1."""

    def __init__(self, rng: np.random.Generator) -> None:
        order = rng.permutation(_SIZE)
        self._order = np.concatenate([order, order]).astype(np.int32)
        angle = rng.uniform(0, 2 * np.pi, _SIZE)
        self._gx = np.cos(angle).astype(np.float32)
        self._gy = np.sin(angle).astype(np.float32)

    def __call__(self, x: Floats, y: Floats) -> Field:
        """Return the noise at each point."""
        x, y = np.broadcast_arrays(np.asarray(x, np.float32), np.asarray(y, np.float32))
        left, top = np.floor(x), np.floor(y)
        fx, fy = x - left, y - top
        column, row = left.astype(np.int32) & 255, top.astype(np.int32) & 255
        first, second = self._order[column], self._order[column + 1]
        ease_x = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
        ease_y = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
        upper = self._gradient(first + row, fx, fy)
        upper += ease_x * (self._gradient(second + row, fx - 1, fy) - upper)
        lower = self._gradient(first + row + 1, fx, fy - 1)
        lower += ease_x * (self._gradient(second + row + 1, fx - 1, fy - 1) - lower)
        return (upper + ease_y * (lower - upper)) * np.float32(1.5)

    def _gradient(self, key: NDArray[np.int32], fx: Field, fy: Field) -> Field:
        corner = self._order[key]
        return self._gx[corner] * fx + self._gy[corner] * fy

    def fbm(self, x: Field, y: Field, octaves: int = 5, gain: float = 0.5) -> Field:
        """Add up octaves, each twice as fine and `gain` as strong."""
        total = np.zeros(np.broadcast(x, y).shape, dtype=np.float32)
        weight, scale, norm = 1.0, 1.0, 0.0
        for octave in range(octaves):
            total += weight * self(x * scale + 17.3 * octave, y * scale - 9.1 * octave)
            norm += weight
            weight *= gain
            scale *= 2.02
        return total / np.float32(norm)

    def ridged(self, x: Field, y: Field, octaves: int = 5, gain: float = 0.5) -> Field:
        """Add up folded octaves, for crests; the result is in 0..1."""
        total = np.zeros(np.broadcast(x, y).shape, dtype=np.float32)
        weight, scale, norm = 1.0, 1.0, 0.0
        for octave in range(octaves):
            fold = 1 - np.abs(self(x * scale + 31.7 * octave, y * scale + 5.3 * octave))
            total += weight * fold * fold
            norm += weight
            weight *= gain
            scale *= 2.05
        return total / np.float32(norm)

    def warped(self, x: Field, y: Field, strength: float, octaves: int = 4) -> Field:
        """Bend the plane by its own noise, then read it again."""
        dx = self.fbm(x + 5.2, y + 1.3, octaves)
        dy = self.fbm(x - 3.7, y + 8.1, octaves)
        return self.fbm(x + strength * dx, y + strength * dy, octaves + 1)
