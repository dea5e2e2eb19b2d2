"""Stencil prints: flat shapes, three inks, round dots, and drums that are slightly out of line."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Field, Picture, inside, plane, smoothstep
from tools.paint.colour import grain, overprint, paper, rgb
from tools.paint.noise import Noise


@dataclass(frozen=True)
class Drum:
    """One ink: its colour, the angle and pitch of its screen, and its misregistration."""

    ink: str
    angle: float
    pitch: float = 70
    slip: tuple[float, float] = (0.0, 0.0)


def _screen(tone: Field, x: Field, y: Field, drum: Drum, pixels: float) -> Field:
    """Convert a tone into round dots (or holes, above half), antialiased."""
    angle = np.radians(drum.angle)
    u = (x * np.cos(angle) + y * np.sin(angle)) * drum.pitch * 2 * np.pi
    v = (y * np.cos(angle) - x * np.sin(angle)) * drum.pitch * 2 * np.pi
    threshold = 0.5 - (np.cos(u) + np.cos(v)) / 4
    sharp = pixels / drum.pitch / 2.4
    dots = np.clip((tone - threshold) * sharp + 0.5, 0, 1)
    return np.where(tone >= 0.985, 1, np.where(tone <= 0.015, 0, dots)).astype(np.float32)


def _print(
    rng: np.random.Generator, sheet: Picture, drum: Drum, tone: Field, x: Field, y: Field
) -> Picture:
    pixels = min(x.shape)
    dots = _screen(tone, x, y, drum, pixels)
    noise = Noise(rng)
    patchy = 0.93 + 0.09 * noise.fbm(x * 4, y * 4, 4, 0.6)
    gaps = smoothstep(0.58, 0.85, noise(x * 150, y * 150)) * 0.22
    return overprint(sheet, rgb(drum.ink), np.clip(dots * (patchy - gaps), 0, 1))


def _print_all(rng: np.random.Generator, drums: Sequence[Drum], plates: Sequence[Field]) -> Picture:
    """Print the sheet once with every drum, each slightly out of line."""
    height, width = plates[0].shape
    x, y = plane(width, height)
    sheet = paper(rng, width, height, "#f5efe2")
    for drum, plate in zip(drums, plates, strict=True):
        slip = [round(share * min(width, height)) for share in drum.slip]
        sheet = _print(rng, sheet, drum, np.roll(np.clip(plate, 0, 1), slip, (0, 1)), x, y)
    return grain(rng, sheet, 0.006)


def _sky(x: Field, y: Field, horizon: float) -> tuple[Field, Field, Field]:
    """Draw two suns and a headland: the yellow, the coral and the blue plate."""
    pixels, tall = min(x.shape), float(y.max())
    first = inside(np.hypot(x - 0.585, y - 0.435 * tall) - 0.245, pixels)
    second = inside(np.hypot(x - 0.36, y - 0.30 * tall) - 0.155, pixels)
    coral = first * (0.35 + 0.65 * smoothstep(0.15, 0.68, y / tall))
    coral += 0.3 * smoothstep(0.35, 0.66, y / tall)
    left, right = smoothstep(0.62, 0.02, x), smoothstep(0.72, 1.0, x)
    land = inside(horizon - 0.11 * left - 0.055 * right - y, pixels)
    blue = 0.62 * smoothstep(0.42, 0.0, y / tall) * (1 - second)
    return second, coral, np.maximum(blue, 0.9 * land)


def _sea(noise: Noise, x: Field, y: Field, horizon: float) -> tuple[Field, Field, Field]:
    """Draw striped water and the reflection of the suns, plate by plate."""
    pixels = min(x.shape)
    swell = 0.006 * noise.fbm(x * 3, y * 9, 3)
    depth = np.clip((y - horizon) / (y.max() - horizon), 0, 1)
    wave = np.clip(depth + swell * 3, 0, 1) ** 0.62 * 9
    bands = inside((np.abs(wave % 1 - 0.5) - 0.16 - 0.12 * depth) * 0.02, pixels)
    reach = 0.12 + 0.1 * depth + 0.07 * noise(np.floor(wave + 0.5) * 1.7 + 0.4, 0 * wave)
    reflection = inside(np.abs(x - 0.585) - reach - 4 * swell, pixels)
    return 0.9 * reflection * (1 - bands), 0.7 * reflection * bands, bands * (0.5 + 0.5 * depth)


def two_suns(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Print a sun and its double over striped water in yellow, coral and blue."""
    x, y = plane(width, height)
    pixels, tall = min(width, height), float(y.max())
    frame = np.maximum(np.abs(x - 0.5) - 0.43, np.abs(y - tall / 2) - (tall / 2 - 0.07))
    horizon = 0.66 * tall
    water = inside(horizon - y, pixels)
    above, below = _sky(x, y, horizon), _sea(Noise(rng), x, y, horizon)
    plates = [
        (sky + (sea - sky) * water) * inside(frame, pixels)
        for sky, sea in zip(above, below, strict=True)
    ]
    drums = (
        Drum("#ffc629", 0),
        Drum("#f2543d", 45, slip=(0.0022, -0.0014)),
        Drum("#1d4f91", 75, slip=(-0.0016, 0.0018)),
    )
    return _print_all(rng, drums, plates)


_GROUND = 0.8


def _arch(x: Field, y: Field, half: float, top: float) -> Field:
    """Return the coverage of a round arch that stands on the ground."""
    sides = np.maximum(np.abs(x - 0.36) - half, top + half - y)
    crown = np.hypot(x - 0.36, y - top - half) - half
    return inside(np.maximum(np.minimum(sides, crown), y - _GROUND), min(x.shape))


def _stair(x: Field, y: Field) -> tuple[Field, Field]:
    """Return the coverage of six steps, and the position of each point across its step."""
    across = (x - 0.52) / 0.0683
    step = np.floor(np.clip(across, 0, 6))
    solid = np.maximum(_GROUND - 0.068 * step - y, np.maximum(0.52 - x, x - 0.93))
    return inside(np.maximum(solid, y - _GROUND), min(x.shape)), across - step


def arches(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Print an arch within an arch, a stair and a ball in pink, green and black."""
    x, y = plane(width, height)
    pixels = min(width, height)
    stair, across = _stair(x, y)
    outer, middle, door = (
        _arch(x, y, half, top) * (1 - stair)
        for half, top in ((0.24, 0.17), (0.165, 0.245), (0.09, 0.32))
    )
    ball = inside(np.hypot(x - 0.79, y - 0.285) - 0.112, pixels)
    shade = np.clip(np.hypot(x - 0.745, y - 0.24) / 0.2, 0, 1) ** 1.6
    floor = inside(np.maximum(np.abs(y - 0.865) - 0.065, np.abs(x - 0.5) - 0.43), pixels)
    background = inside(np.maximum(np.abs(x - 0.5) - 0.43, np.abs(y - 0.435) - 0.365), pixels)
    background = background * (1 - outer) * (1 - stair)
    pink = background * (0.28 + 0.3 * smoothstep(0.8, 0.05, y)) + outer - middle + 0.85 * floor
    pink = np.maximum(pink + door * smoothstep(0.3, 0.8, y), 0.95 * ball)
    green = (middle - door) * (0.55 + 0.45 * smoothstep(0.8, 0.2, y))
    green += stair * (0.35 + 0.6 * across * smoothstep(0.35, 0.8, y))
    green += 0.35 * floor * smoothstep(0.93, 0.07, x)
    black = 0.72 * ball * shade + 0.5 * stair * smoothstep(0.85, 1, across)
    black += 0.9 * door * smoothstep(0.75, 0.3, y)
    drums = (
        Drum("#f4716a", 15),
        Drum("#1f7a5c", 75, slip=(0.0018, 0.002)),
        Drum("#22252e", 45, slip=(-0.0016, 0.0012)),
    )
    return _print_all(rng, drums, (pink, green, black))
