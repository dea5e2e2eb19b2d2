"""One petal, leaf or seed: a shaded blade stamped onto the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Field, Floats, Picture, smoothstep
from tools.paint.colour import ramp


@dataclass(frozen=True)
class Blade:
    """One blade: its root (in pixels), its direction, its size and its colours."""

    x: float
    y: float
    angle: float
    length: float
    width: float
    stops: Sequence[str]
    belly: float = 0.55
    tip: float = 0.75
    shadow: float = 0.4
    tone: float = 0.0
    streak: float = 0.05


def _half_width(blade: Blade, u: Field) -> Field:
    """Return the outline: widest at `belly`, the sharper the larger `tip`."""
    bent = np.clip(u, 0, 1) ** (np.log(0.5) / np.log(blade.belly))
    result: Floats = np.sin(np.pi * bent) ** blade.tip
    return result


def stamp(rng: np.random.Generator, picture: Picture, blade: Blade) -> None:
    """Paint the blade onto the picture in place, over its own soft shadow."""
    height, width, _ = picture.shape
    reach = 0.56 * blade.length + 0.75 * blade.width + 4
    middle_x = blade.x + 0.5 * blade.length * np.cos(blade.angle)
    middle_y = blade.y + 0.5 * blade.length * np.sin(blade.angle)
    left, right = max(0, int(middle_x - reach)), min(width, int(middle_x + reach))
    top, bottom = max(0, int(middle_y - reach)), min(height, int(middle_y + reach))
    phase = rng.uniform(0, 6.28, 3)
    if left >= right or top >= bottom:
        return
    dx = np.arange(left, right, dtype=np.float32)[None] + 0.5 - blade.x
    dy = np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5 - blade.y
    cos, sin = np.float32(np.cos(blade.angle)), np.float32(np.sin(blade.angle))
    u = (dx * cos + dy * sin) / blade.length
    v = (dy * cos - dx * sin) / (blade.width / 2)
    half = _half_width(blade, u).astype(np.float32)
    ends = np.maximum(-u, u - 1) * blade.length
    gap = np.maximum((np.abs(v) - half) * blade.width / 2, ends)
    area = picture[top:bottom, left:right]
    soft = smoothstep(blade.width * 0.32, -blade.width * 0.15, gap) * blade.shadow
    area *= 1 - soft[..., None]
    cover = np.clip(0.5 - gap, 0, 1)
    side = v / np.maximum(half, 0.05)
    veins = np.sin(side * 8 + phase[0]) + np.sin(side * 19 + phase[1] + u * 2) * 0.7
    tone = 0.12 + 0.7 * u - 0.16 * side * side + 0.09 * side + blade.tone
    tone += blade.streak * veins * np.clip(u * 3, 0, 1) - 0.16 * np.exp(-np.abs(side) * 14)
    area += (ramp(np.clip(tone, 0, 1), blade.stops) - area) * cover[..., None]
