"""Reaction and diffusion, coloured like a glazed tile."""

from collections.abc import Sequence

import numpy as np

from tools.paint.canvas import Field, Picture, blur, centred, plane, resize, smoothstep
from tools.paint.colour import grain, ramp
from tools.paint.noise import Noise

_COARSE = 4
"""The reaction runs on a grid this many times coarser than the picture."""


def _spread(value: Field) -> Field:
    """Return the nine-point Laplacian, with closed edges."""
    padded = np.pad(value, 1, mode="edge")
    north, south = padded[:-2, 1:-1], padded[2:, 1:-1]
    west, east = padded[1:-1, :-2], padded[1:-1, 2:]
    corners = padded[:-2, :-2] + padded[:-2, 2:] + padded[2:, :-2] + padded[2:, 2:]
    return 0.2 * (north + south + west + east) + 0.05 * corners - value


def _grow(rng: np.random.Generator, feed: Field, kill: Field, rounds: int) -> Field:
    """Run Gray and Scott's reaction and return the second substance."""
    u = np.ones_like(feed)
    v = np.where(blur(rng.random(feed.shape, dtype=np.float32), 3) > 0.52, 0.5, 0.0)
    v = v.astype(np.float32)
    for _ in range(rounds):
        burn = u * v * v
        u += np.float32(1.0) * _spread(u) - burn + feed * (1 - u)
        v += np.float32(0.5) * _spread(v) + burn - (feed + kill) * v
    return v


def _tile(
    rng: np.random.Generator, drift: Field, width: int, height: int, glaze: Sequence[str]
) -> Picture:
    """Paint a pattern: a maze where `drift` is 0, islands where it is 1."""
    feed = (0.040 - 0.003 * drift).astype(np.float32)
    kill = (0.0595 + 0.0053 * drift).astype(np.float32)
    v = resize(_grow(rng, feed, kill, 5200), width, height)
    level = smoothstep(0.06, 0.30, v)
    unit = min(width, height)
    across, down = plane(width, height)
    dome = level * 0.55 + 0.45 * np.clip(v / 0.36, 0, 1)
    pits = Noise(rng).fbm(across * 120, down * 120, 2)
    relief = dome * unit / 62 + 0.25 * pits * unit / 800
    dy, dx = np.gradient(blur(relief.astype(np.float32), 1))
    length = np.sqrt(dx * dx + dy * dy + 1)
    facing = np.clip((0.55 * dx + 0.6 * dy + 0.58) / length, 0, 1)
    shine = np.clip((0.33 * dx + 0.36 * dy + 0.87) / length, 0, 1) ** 60
    hollow = smoothstep(0.0, 0.5, dome - blur(dome.astype(np.float32), unit / 110) + 0.32)
    tone = 0.1 + 0.34 * dome + 0.46 * facing * (0.45 + 0.55 * hollow) + 0.05 * pits
    picture = ramp(np.clip(tone, 0, 1), glaze)
    return grain(rng, np.clip(picture + 0.16 * (shine * level)[..., None], 0, 1), 0.006)


def reef(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint a maze that breaks into islands towards the bottom, in celadon."""
    x, y = plane(width // _COARSE, height // _COARSE)
    drift = np.clip(y / y.max() + 0.28 * Noise(rng).fbm(x * 1.4, y * 1.4, 3), 0, 1)
    glaze = ("#12302f", "#24544f", "#4f857a", "#93b7a3", "#d5dfc8", "#f6f1e0")
    return _tile(rng, drift, width, height, glaze)


def atoll(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint a round maze in a sea of islands, in terracotta."""
    x, y = centred(width // _COARSE, height // _COARSE)
    ragged = 0.16 * Noise(rng).fbm(x * 1.6, y * 1.6, 3)
    drift = smoothstep(0.45, 0.85, np.hypot(x + 0.25, y) + ragged)
    glaze = ("#3a1712", "#7a3122", "#b65a38", "#d98d60", "#efc9a0", "#fbeed8")
    return _tile(rng, drift, width, height, glaze)
