"""Leaded glass: a drawing cut into panes, each with its own melt."""

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import Field, Floats, Picture, blur, halve, plane, smoothstep
from tools.paint.colour import grain, mix, rgb
from tools.paint.noise import Noise

Panes = NDArray[np.int32]

_SKY = ("#e8b04c", "#e39a4a", "#d67a45", "#b9574a", "#6f7f8c", "#4a7c96", "#356a8e", "#28557f")
_HILLS = ("#7f9a52", "#4f7f55", "#2f6655", "#1f4a4c")
_WATER = ("#5fa3a8", "#3a7f98", "#27608a", "#1c4570", "#173557")


def _nearest(rng: np.random.Generator, x: Field, y: Field, count: int) -> Panes:
    """Return the number of the nearest of `count` scattered points."""
    spots = rng.uniform((0, 0), (float(x.max()), float(y.max())), (count, 2)).astype(np.float32)
    for _ in range(6):  # push the points apart, so that no pane is a splinter
        gap = spots[:, None] - spots[None]
        square = (gap**2).sum(axis=2) + 1e-4
        np.fill_diagonal(square, np.inf)
        spots += (gap / square[..., None] ** 1.5).sum(axis=1) * np.float32(6e-5 * 200 / count)
    best = np.full(x.shape, np.inf, dtype=np.float32)
    pane = np.zeros(x.shape, dtype=np.int32)
    for number, (sx, sy) in enumerate(spots):
        away = (x - sx) ** 2 + (y - sy) ** 2
        closer = away < best
        best[closer] = away[closer]
        pane[closer] = number
    return pane


def _design(rng: np.random.Generator, x: Field, y: Field) -> tuple[Panes, Panes]:
    """Cut the window: return each point's pane, and the colour band it belongs to."""
    tall = float(y.max())
    sun_x, sun_y = 0.5, 0.37 * tall
    away = np.hypot(x - sun_x, y - sun_y)
    turn = (np.arctan2(y - sun_y, x - sun_x) / (2 * np.pi)) % 1
    ring = np.digitize(away, (0.115, 0.19, 0.285, 0.4, 0.53, 0.68, 0.85)).astype(np.int32)
    parts = np.array([1, 12, 16, 16, 20, 24, 24, 28])[ring]
    sector = np.floor(turn * parts + 0.5 * (ring % 2)).astype(np.int32) % parts
    pane = 1000 + ring * 100 + sector
    band = ring.copy()
    noise = Noise(rng)
    cuts = _nearest(rng, x * 0.62, y, 120)
    edges = (0.585, 0.635, 0.69, 0.745, 0.79, 0.835, 0.88, 0.94)
    for number, edge in enumerate(edges):
        hilly = 0.075 if number < 4 else 0.016
        line = edge * tall + hilly * noise.fbm(x[:1] * (1.6 if number < 4 else 3) + 7 * number,
                                               np.full_like(x[:1], number * 3.3), 2)  # fmt: skip
        under = y > line
        pane = np.where(under, 10_000 * (number + 1) + cuts, pane)
        band = np.where(under, 20 + number, band)
    return pane.astype(np.int32), band.astype(np.int32)


def _lead(pane: Panes, pixels: float) -> Field:
    """Return how deep in the lead each point is: 1 in the middle of a came, 0 on glass."""
    edge = np.zeros(pane.shape, dtype=np.float32)
    edge[:, 1:] += pane[:, 1:] != pane[:, :-1]
    edge[1:] += pane[1:] != pane[:-1]
    edge[: int(pixels * 2)] = edge[-int(pixels * 2) :] = 1
    edge[:, : int(pixels * 2)] = edge[:, -int(pixels * 2) :] = 1
    soft = blur(np.clip(edge, 0, 1), pixels)
    result: Floats = np.clip(soft * pixels * 2.4, 0, 1)
    return result


def harbour(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Glaze a window of a sun going down over hills and water."""
    x, y = plane(2 * width, 2 * height)
    pane, band = _design(rng, x, y)
    codes = dict(enumerate(_SKY))
    codes |= {20 + i: code for i, code in enumerate(_HILLS)}
    codes |= {24 + i: code for i, code in enumerate(_WATER)}
    codes[0] = "#f7e3a4"
    table = np.zeros((32, 3), dtype=np.float32)
    for number, code in codes.items():
        table[number] = rgb(code)
    key = (pane.astype(np.int64) * 2654435761) % 997
    jitter = rng.normal(0, 1, (997, 3)).astype(np.float32)
    jitter = (jitter * 0.018 + jitter[:, :1] * 0.075).astype(np.float32)
    glass = table[band] * (1 + jitter[key])
    noise = Noise(rng)
    tilt = rng.uniform(0, 6.28, 997).astype(np.float32)[key]
    u, v = x * np.cos(tilt) + y * np.sin(tilt), y * np.cos(tilt) - x * np.sin(tilt)
    melt = noise.warped(u * 4 + tilt, v * 13, 0.6, 3)
    seed = smoothstep(0.5, 0.75, noise(u * 60, v * 60)) * 0.07
    sun = np.exp(-np.hypot(x - 0.5, y - 0.37 * y.max()) * 1.7)
    glass = glass * (0.74 + 0.17 * melt + 0.55 * sun + seed)[..., None]
    lead = _lead(pane, 2 * min(width, height) / 330)
    halo = 1 - 0.5 * smoothstep(0.02, 0.5, blur(lead, 12))
    glass = glass * halo[..., None]
    metal = rgb("#15151a") * (0.75 + 1.5 * smoothstep(0.72, 1.0, lead))[..., None]
    picture = mix(glass, metal.astype(np.float32), smoothstep(0.36, 0.5, lead))
    return grain(rng, _bloom(halve(picture.astype(np.float32))), 0.006)


def _bloom(picture: Picture) -> Picture:
    """Let the brightest panes glow over their leads."""
    bright = np.clip(picture - 0.55, 0, 1)
    radius = min(picture.shape[:2]) / 60
    glow = np.stack([blur(bright[..., c], radius) for c in range(3)], axis=-1)
    return (1 - (1 - np.clip(picture, 0, 1)) * (1 - 0.55 * glow)).astype(np.float32)
