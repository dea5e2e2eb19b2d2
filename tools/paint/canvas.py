"""Coordinates, blurring and resampling on float arrays."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.floating[Any]]
"""Any array of reals; nearly all of them are 32 bits wide."""

Field = Floats
"""One number per pixel, shape (height, width)."""

Picture = Floats
"""sRGB in 0..1, shape (height, width, 3)."""

Painter = Callable[[np.random.Generator, int, int], Picture]
"""A function that paints a picture of a width and a height, with a generator only."""


def plane(width: int, height: int) -> tuple[Field, Field]:
    """Return x and y of every pixel centre, with the short side running from 0 to 1."""
    unit = min(width, height)
    x = (np.arange(width, dtype=np.float32) + 0.5) / unit
    y = (np.arange(height, dtype=np.float32) + 0.5) / unit
    return np.broadcast_to(x, (height, width)), np.broadcast_to(y[:, None], (height, width))


def centred(width: int, height: int) -> tuple[Field, Field]:
    """Return x and y with the origin in the middle and the short side running from -1 to 1."""
    x, y = plane(width, height)
    unit = min(width, height)
    return 2 * x - width / unit, 2 * y - height / unit


def smoothstep(low: float, high: float, value: Field) -> Field:
    """Ease from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0, 1)
    result: Floats = t * t * (3 - 2 * t)
    return result


def inside(distance: Field, pixels: float) -> Field:
    """Convert a signed distance (negative inside) into antialiased coverage."""
    result: Floats = np.clip(0.5 - distance * pixels, 0, 1)
    return result


def resize(field: Field, width: int, height: int) -> Field:
    """Resample one channel with a bicubic filter."""
    image = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)


def halve(picture: Picture) -> Picture:
    """Average each 2 x 2 block: the second half of supersampling."""
    top, bottom = picture[0::2], picture[1::2]
    return (top[:, 0::2] + top[:, 1::2] + bottom[:, 0::2] + bottom[:, 1::2]) / 4


def blur(field: Field, radius: float) -> Field:
    """Blur by `radius` pixels: three box passes, which is a Gaussian to the eye."""
    half = max(1, round(radius))
    for axis in (0, 1):
        for _ in range(3):
            field = _box(field, half, axis)
    return field


def _box(field: Field, half: int, axis: int) -> Field:
    pad = [(0, 0), (0, 0)]
    pad[axis] = (half + 1, half)
    total = np.cumsum(np.pad(field, pad, mode="edge"), axis=axis, dtype=np.float64)
    size = 2 * half + 1
    ahead = np.take(total, range(size, total.shape[axis]), axis=axis)
    behind = np.take(total, range(total.shape[axis] - size), axis=axis)
    return ((ahead - behind) / size).astype(np.float32)


def sample(field: Field, x: Field, y: Field) -> Field:
    """Read a field between its pixels, clamped at the border; x and y are in pixels."""
    height, width = field.shape
    x = np.clip(x, 0, width - 1.001)
    y = np.clip(y, 0, height - 1.001)
    column, row = x.astype(np.int32), y.astype(np.int32)
    fx, fy = (x - column).astype(np.float32), (y - row).astype(np.float32)
    upper = field[row, column] * (1 - fx) + field[row, column + 1] * fx
    lower = field[row + 1, column] * (1 - fx) + field[row + 1, column + 1] * fx
    return upper * (1 - fy) + lower * fy
