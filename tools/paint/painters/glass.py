"""Leaded glass: a drawing cut into panes, each with streaks of its own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import Field, Picture, blur, halve, plane, smoothstep
from tools.paint.colour import grain, mix, rgb
from tools.paint.noise import Noise

Panes = NDArray[np.int64]

_KEYS = 997
_SKY = ("#f7e3a4", "#e39a4a", "#d67a45", "#b9574a", "#6f7f8c", "#4a7c96", "#356a8e", "#28557f")
_HILLS = ("#7f9a52", "#4f7f55", "#2f6655", "#1f4a4c")
_WATER = ("#5fa3a8", "#3a7f98", "#27608a", "#1c4570", "#173557")
_NIGHT = ("#f4ecd2", "#a9bcb4", "#7d9ca3", "#547f92", "#3a6580", "#2c5070", "#24415f", "#1d3450")
_DARK_HILLS = ("#b8793f", "#7d5a3c", "#4a4a41", "#2b3a3d")
_DARK_WATER = ("#8fb0ac", "#4f7f8c", "#2f5f74", "#22485f", "#1a364c")


def _nearest(rng: np.random.Generator, x: Field, y: Field, count: int) -> Panes:
    """Return the number of the nearest of `count` scattered points."""
    spots = rng.uniform((0, 0), (float(x.max()), float(y.max())), (count, 2)).astype(np.float32)
    for _ in range(6):  # push the points apart, so that no pane is too small
        gap = spots[:, None] - spots[None]
        square = (gap**2).sum(axis=2) + 1e-4
        np.fill_diagonal(square, np.inf)
        spots += (gap / square[..., None] ** 1.5).sum(axis=1) * np.float32(0.012 / count)
    best = np.full(x.shape, np.inf, dtype=np.float32)
    pane = np.zeros(x.shape, dtype=np.int64)
    for number, (spot_x, spot_y) in enumerate(spots):
        away = (x - spot_x) ** 2 + (y - spot_y) ** 2
        closer = away < best
        best[closer] = away[closer]
        pane[closer] = number
    return pane


def _rings(x: Field, y: Field, radii: tuple[float, ...], parts: tuple[int, ...]) -> Panes:
    """Cut rings about the origin into sectors, each ring half a sector on from the last."""
    turn = (np.arctan2(y, x) / (2 * np.pi)) % 1
    ring = np.digitize(np.hypot(x, y), radii)
    share = np.array(parts)[ring]
    sector = np.floor(turn * share + 0.5 * (ring % 2)).astype(np.int64) % share
    pane: Panes = ring * 100 + sector
    return pane


def _evening(rng: np.random.Generator, x: Field, y: Field, sun: float) -> tuple[Panes, Panes]:
    """Cut a sun over hills and water: return each point's pane and its paint."""
    tall = float(y.max())
    radii = (0.115, 0.19, 0.285, 0.4, 0.53, 0.68, 0.85)
    pane = _rings(x - 0.5, y - sun * tall, radii, (1, 12, 16, 16, 20, 24, 24, 28))
    paint = pane // 100
    noise = Noise(rng)
    cuts = _nearest(rng, x * 0.62, y, 120)
    for number, edge in enumerate((0.585, 0.635, 0.69, 0.745, 0.79, 0.835, 0.88, 0.94)):
        hill = number < len(_HILLS)
        across = x[:1] * (1.6 if hill else 3) + 7 * number
        sway = noise.fbm(across, np.full_like(across, number * 3.3), 2)
        under = y > edge * tall + (0.075 if hill else 0.016) * sway
        pane = np.where(under, 10_000 * (number + 1) + cuts, pane)
        paint = np.where(under, len(_SKY) + number, paint)
    return pane, paint


def _lead(pane: Panes, pixels: float) -> Field:
    """Return the depth of each point in the lead: 1 in the middle of a strip, 0 on glass."""
    edge = np.zeros(pane.shape, dtype=np.float32)
    edge[:, 1:] += pane[:, 1:] != pane[:, :-1]
    edge[1:] += pane[1:] != pane[:-1]
    rim = int(pixels * 2)
    edge[:rim] = edge[-rim:] = edge[:, :rim] = edge[:, -rim:] = 1
    deep: Field = np.clip(blur(np.clip(edge, 0, 1), pixels) * pixels * 2.4, 0, 1)
    return deep


def _melt(rng: np.random.Generator, x: Field, y: Field, key: Panes) -> Field:
    """Return the streaks and bubbles of the glass; each pane has an angle of its own."""
    noise = Noise(rng)
    tilt = rng.uniform(0, 6.28, _KEYS).astype(np.float32)[key]
    u, v = x * np.cos(tilt) + y * np.sin(tilt), y * np.cos(tilt) - x * np.sin(tilt)
    streak = noise.warped(u * 4 + tilt, v * 13, 0.6, 3)
    melt: Field = 0.17 * streak + 0.07 * smoothstep(0.5, 0.75, noise(u * 60, v * 60))
    return melt


def _glaze(
    rng: np.random.Generator, pane: Panes, colours: Picture, x: Field, y: Field, light: Field
) -> Picture:
    """Colour the panes and the lead, and add the light behind them."""
    key = (pane * 2_654_435_761) % _KEYS
    vary = rng.normal(0, 1, (_KEYS, 3)).astype(np.float32)
    vary = vary * 0.018 + vary[:, :1] * 0.075
    glass = colours * (1 + vary[key]) * (0.74 + light + _melt(rng, x, y, key))[..., None]
    lead = _lead(pane, min(pane.shape) / 330)
    glass = glass * (1 - 0.5 * smoothstep(0.02, 0.5, blur(lead, 12)))[..., None]
    metal = rgb("#15151a") * (0.75 + 1.5 * smoothstep(0.72, 1.0, lead))[..., None]
    picture = halve(mix(glass, metal, smoothstep(0.36, 0.5, lead)).astype(np.float32))
    bright = np.clip(picture - 0.55, 0, 1)
    radius = min(picture.shape[:2]) / 60
    glow = np.stack([blur(bright[..., c], radius) for c in range(3)], axis=-1)
    return grain(rng, 1 - (1 - np.clip(picture, 0, 1)) * (1 - 0.55 * glow), 0.006)


def _window(
    rng: np.random.Generator, width: int, height: int, paints: Sequence[str], sun: float
) -> Picture:
    """Paint the view in these colours, with its sun at a share `sun` of the height."""
    x, y = plane(2 * width, 2 * height)
    pane, paint = _evening(rng, x, y, sun)
    colours = np.stack([rgb(code) for code in paints])[paint]
    light = 0.55 * np.exp(-np.hypot(x - 0.5, y - sun * y.max()) * 1.7)
    return _glaze(rng, pane, colours, x, y, light)


def harbour(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint a window with a sunset over hills and water."""
    return _window(rng, width, height, (*_SKY, *_HILLS, *_WATER), 0.37)


def later(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint the same view by moonlight, with the last daylight on the hills."""
    return _window(rng, width, height, (*_NIGHT, *_DARK_HILLS, *_DARK_WATER), 0.26)
