"""Stencil prints: flat shapes, three inks, round dots, and a drum that never quite lines up."""

from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Field, Floats, Picture, inside, plane, smoothstep
from tools.paint.colour import grain, overprint, paper, rgb
from tools.paint.noise import Noise


@dataclass(frozen=True)
class Drum:
    """One ink: its colour, the angle and pitch of its screen, and its misregistration."""

    ink: str
    angle: float
    pitch: float = 84
    shift: tuple[float, float] = (0.0, 0.0)


def _screen(tone: Field, x: Field, y: Field, drum: Drum, pixels: float) -> Field:
    """Turn a tone into round dots (or holes, above half), antialiased."""
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


def two_suns(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Print a sun and its double over striped water in coral, yellow and blue."""
    x, y = plane(width, height)
    pixels, tall = min(width, height), float(y.max())
    noise = Noise(rng)
    frame = np.maximum(np.abs(x - 0.5) - 0.43, np.abs(y - tall / 2) - (tall / 2 - 0.07))
    within = inside(frame, pixels)
    horizon = 0.66 * tall
    sea = inside(horizon - y, pixels)
    first = np.hypot(x - 0.585, y - 0.435 * tall) - 0.245
    second = np.hypot(x - 0.36, y - 0.30 * tall) - 0.155
    swell = 0.006 * noise.fbm(x * 3, y * 9, 3)
    depth = np.clip((y - horizon) / (tall - horizon), 0, 1)
    stripe = (
        np.abs(((np.clip(depth + swell * 3, 0, 1) ** 0.62 * 9) % 1) - 0.5) - 0.16 - 0.12 * depth
    )
    bands = inside(stripe * 0.02, pixels) * sea
    wave = np.floor(np.clip(depth + swell * 3, 0, 1) ** 0.62 * 9 + 0.5)
    spread = 0.12 + 0.1 * depth + 0.07 * noise(wave * 1.7 + 0.4, 0 * wave) + swell * 4
    glade = inside(np.abs(x - 0.585) - spread, pixels) * sea
    hill = horizon - 0.11 * smoothstep(0.62, 0.02, x) * (1 + 0.25 * noise.fbm(x * 5, 0 * y, 4))
    hill = hill - 0.055 * smoothstep(0.72, 1.0, x) * (1 + 0.3 * noise.fbm(x * 7, 0 * y + 4, 4))
    land = inside(hill - y, pixels) * (1 - sea)
    yellow = inside(second, pixels) + glade * (1 - bands) * 0.9
    coral = inside(first, pixels) * (0.35 + 0.65 * smoothstep(0.15, 0.68, y / tall)) * (1 - sea)
    coral += glade * bands * 0.7 + 0.3 * smoothstep(0.35, 0.66, y / tall) * (1 - sea)
    blue = land * (0.82 + 0.18 * smoothstep(0.5, 0.66, y / tall)) + bands * (0.5 + 0.5 * depth)
    blue += 0.62 * smoothstep(0.42, 0.0, y / tall) * (1 - inside(second, pixels))
    drums = (Drum("#ffc629", 0), Drum("#f2543d", 45, 70), Drum("#1d4f91", 75, 70))
    sheet = paper(rng, width, height, "#f5efe2")
    slips = ((0.0, 0.0), (0.0022, -0.0014), (-0.0016, 0.0018))
    for drum, tone, slip in zip(drums, (yellow, coral, blue), slips, strict=True):
        moved = np.roll(np.clip(tone, 0, 1) * within, [round(s * pixels) for s in slip], (0, 1))
        sheet = _print(rng, sheet, drum, moved, x, y)
    return grain(rng, sheet, 0.006)


def arches(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Print a stair, a ball and three arches in pink, green and black."""
    x, y = plane(width, height)
    pixels = min(width, height)
    ground = 0.8

    def arch(middle: float, half: float, top: float) -> Field:
        body = np.maximum(np.abs(x - middle) - half, top + half - y)
        result: Floats = np.maximum(
            np.minimum(body, np.hypot(x - middle, y - top - half) - half), y - ground
        )
        return result

    wall = inside(np.maximum(np.abs(x - 0.5) - 0.43, np.abs(y - 0.435) - 0.365), pixels)
    big, middle, small = arch(0.36, 0.24, 0.17), arch(0.36, 0.165, 0.245), arch(0.36, 0.09, 0.32)
    step = np.floor(np.clip((x - 0.52) / 0.0683, 0, 6))
    stair = np.maximum(ground - 0.068 * step - y, np.maximum(0.52 - x, x - 0.93))
    stair = inside(np.maximum(stair, y - ground), pixels)
    edge_x = (x - 0.52) / 0.0683 - step
    ball = np.hypot(x - 0.79, y - 0.285) - 0.112
    shade = np.clip(np.hypot(x - 0.745, y - 0.24) / 0.2, 0, 1) ** 1.6
    floor = inside(np.maximum(np.abs(y - 0.865) - 0.065, np.abs(x - 0.5) - 0.43), pixels)
    open_ = inside(big, pixels) * (1 - stair)
    pink = wall * (0.28 + 0.3 * smoothstep(0.8, 0.05, y)) * (1 - open_) * (1 - stair)
    pink += (inside(big, pixels) - inside(middle, pixels)) * (1 - stair) + floor * 0.85
    pink += inside(small, pixels) * smoothstep(0.3, 0.8, y) * (1 - stair)
    pink = np.where(inside(ball, pixels) > 0.5, 0.95, pink)
    green = (inside(middle, pixels) - inside(small, pixels)) * (
        0.55 + 0.45 * smoothstep(0.8, 0.2, y)
    )
    green = green * (1 - stair) + stair * (0.35 + 0.6 * edge_x * smoothstep(0.35, 0.8, y))
    green += floor * 0.35 * smoothstep(0.93, 0.07, x)
    black = inside(ball, pixels) * shade * 0.72
    cast = np.hypot((x - 0.83) / 1.6, y - 0.452) - 0.035
    black += stair * inside(cast, pixels) * 0.0 + 0.5 * stair * smoothstep(0.85, 1, edge_x)
    black += inside(small, pixels) * smoothstep(0.75, 0.3, y) * 0.9 * (1 - stair)
    drums = (Drum("#f4716a", 15, 70), Drum("#1f7a5c", 75, 70), Drum("#22252e", 45, 70))
    sheet = paper(rng, width, height, "#f5efe2")
    slips = ((0.0, 0.0), (0.0018, 0.002), (-0.0016, 0.0012))
    for drum, tone, slip in zip(drums, (pink, green, black), slips, strict=True):
        moved = np.roll(np.clip(tone, 0, 1), [round(s * pixels) for s in slip], (0, 1))
        sheet = _print(rng, sheet, drum, moved.astype(np.float32), x, y)
    return grain(rng, sheet, 0.006)
