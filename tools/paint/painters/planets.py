"""Planets: a giant with rings, and an eclipse of the sun."""

import numpy as np

from tools.paint.canvas import Field, Picture, blur, centred, inside, smoothstep
from tools.paint.colour import flat, grain, mix, ramp, rgb
from tools.paint.noise import Noise

_BANDS = ("#6b4a37", "#c79b6b", "#efe0c2", "#b5764a", "#e6cfa4", "#8b8f86", "#d8b88a", "#f2e6cf",
          "#a8623e", "#dcc196", "#7d6a58")  # fmt: skip


def _stars(rng: np.random.Generator, picture: Picture, count: int) -> Picture:
    height, width, _ = picture.shape
    light = np.zeros((height, width), dtype=np.float32)
    rows, columns = rng.integers(0, height, count), rng.integers(0, width, count)
    np.add.at(light, (rows, columns), (rng.pareto(1.9, count) * 0.35 + 0.15).astype(np.float32))
    light = np.minimum(light, 9)
    spread = 0.25 * light + 3.2 * blur(light, 1) + 8 * blur(np.maximum(light - 3, 0), 4)
    tint = ramp(rng.random((height, width), dtype=np.float32), ("#ffdfb8", "#fff6e8", "#cfe0f0"))
    return np.clip(picture + tint * np.clip(spread, 0, 1)[..., None], 0, 1).astype(np.float32)


def _globe(noise: Noise, x: Field, y: Field, radius: float, tilt: float) -> tuple[Picture, Field]:
    """Return the giant's face and its coverage; x and y are measured from its middle."""
    away = np.hypot(x, y)
    z = np.sqrt(np.clip(1 - (away / radius) ** 2, 0, 1))
    u = (x * np.cos(tilt) + y * np.sin(tilt)) / radius
    v = (y * np.cos(tilt) - x * np.sin(tilt)) / radius
    pole, depth = v * np.cos(0.35) + z * np.sin(0.35), z * np.cos(0.35) - v * np.sin(0.35)
    latitude = np.arcsin(np.clip(pole, -1, 1))
    longitude = np.arctan2(u, depth)
    swirl = noise.warped(longitude * 1.3, latitude * 5, 0.8, 4)
    fine = noise.warped(longitude * 3.2 + 2 * swirl, latitude * 22, 0.9, 4)
    band = noise.fbm(0 * latitude, latitude * 3.3 + 0.1 * swirl + 0.022 * fine, 4, 0.62)
    face = ramp(np.clip(0.5 + 0.75 * band + 0.04 * fine, 0, 1), _BANDS)
    lit = np.clip((-0.62 * x - 0.34 * y) / radius + 0.7 * z, 0, 1)
    limb = 0.25 + 0.75 * np.sqrt(z)
    light = smoothstep(-0.02, 0.85, lit) * limb
    return (face * light[..., None] * 1.12).astype(np.float32), away - radius


def _rings(
    rng: np.random.Generator, x: Field, y: Field, radius: float, tilt: float
) -> tuple[Picture, Field, Field]:
    """Return the rings' colours, their coverage, and on which side of the globe they are."""
    u = x * np.cos(tilt) + y * np.sin(tilt)
    v = (y * np.cos(tilt) - x * np.sin(tilt)) / 0.23
    reach = np.hypot(u, v) / radius
    steps = rng.normal(0, 1, 900).astype(np.float32)
    rough = np.convolve(steps, np.ones(9) / 9, "same") + 0.4 * np.convolve(
        steps, np.ones(2), "same"
    )
    line = np.interp(reach, np.linspace(1.2, 2.4, 900), rough).astype(np.float32)
    cover = smoothstep(1.28, 1.36, reach) * (1 - smoothstep(2.2, 2.24, reach))
    gap = 1 - smoothstep(0.028, 0.02, np.abs(reach - 1.93)) * 0.92
    inner = 0.45 + 0.55 * smoothstep(1.4, 1.62, reach)
    cover = cover * gap * inner * np.clip(0.72 + 0.22 * line, 0.05, 0.97)
    paint = ramp(np.clip(0.55 + 0.2 * line, 0, 1), ("#6e5a47", "#b99e7c", "#ecdcbd"))
    shade = smoothstep(1.02, 0.94, np.hypot(x - 0.62 * (x * 0.72 + y * 0.42),
                                           y - 0.62 * (x * 0.42 + y * 0.25)) / radius)  # fmt: skip
    behind = smoothstep(-0.02, 0.05, 0.72 * x + 0.42 * y) * (v < 0)
    paint = paint * (1 - 0.93 * shade * behind)[..., None]
    return paint.astype(np.float32), cover.astype(np.float32), v


def giant(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint a banded giant and its rings in front of a few warm stars."""
    x, y = centred(width, height)
    noise = Noise(rng)
    dust = noise.warped(x * 0.9, y * 0.9, 1.2)
    night = ramp(np.clip(0.45 + 0.55 * dust, 0, 1), ("#0b0d10", "#101317", "#1d1a1a", "#2c2420"))
    picture = _stars(rng, night, 900)
    px, py, radius, tilt = x - 0.22, y - 0.02, 0.6, -0.38
    paint, cover, side = _rings(rng, px, py, radius, tilt)
    picture = mix(picture, paint, cover)
    face, edge = _globe(noise, px, py, radius, tilt)
    throw = np.hypot((px * np.cos(tilt) + py * np.sin(tilt)), side + 0.5) / radius
    face = (
        face
        * (1 - 0.5 * smoothstep(1.42, 1.5, throw) * (1 - smoothstep(1.95, 2.1, throw)))[..., None]
    )
    pixels = min(width, height) / 2
    picture = mix(picture, face.astype(np.float32), inside(edge, pixels))
    haze = np.exp(-np.abs(edge) * 55) * smoothstep(0.0, 0.7, (-0.72 * px - 0.42 * py) / radius)
    picture = mix(picture, rgb("#f5e3c4"), (0.3 * haze).astype(np.float32))
    return grain(rng, mix(picture, paint, cover * (side > 0)), 0.007)


def totality(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint the moon in front of the sun, with only the corona visible."""
    x, y = centred(width, height)
    y = y + 0.12
    noise = Noise(rng)
    away = np.hypot(x, y)
    radius = 0.4
    angle = np.arctan2(y, x)
    lift = np.log(np.maximum(away, 0.05) / radius)
    bend = 0.35 * noise(np.cos(angle) * 1.3 + lift, np.sin(angle) * 1.3)
    ca, sa = np.cos(angle + bend * lift), np.sin(angle + bend * lift)
    plume = noise.fbm(ca * 1.6 + 4, sa * 1.6 + lift * 0.12, 3)
    hair = noise.fbm(ca * 11, sa * 11 + lift * 0.45, 4, 0.62)
    reach = 0.16 + 0.17 * np.clip(0.5 + 1.3 * plume, 0, 1.4) + 0.07 * np.abs(ca)
    out = np.maximum(away - radius, 0)
    glow = np.exp(-out / reach) * (0.8 + 0.5 * hair * smoothstep(0, 0.15, out)) * 0.82
    glow += 0.55 * np.exp(-out / 0.028)
    picture = ramp(
        np.clip(glow, 0, 1),
        ("#0a1016", "#16242c", "#35505a", "#8fa6a3", "#e9dfc6", "#fffaf0"),
        (0, 0.1, 0.26, 0.52, 0.8, 1),
    )
    picture = _stars(rng, picture, 240)
    flare = smoothstep(0.42, 0.75, noise(ca * 4 + 9, sa * 4)) * np.exp(-out / 0.014)
    picture = mix(picture, rgb("#e8654a"), (0.9 * flare).astype(np.float32))
    disc = flat(width, height, "#0b0e12")
    shine = (0.05 * np.clip(0.5 + noise.fbm(x * 4, y * 4, 5), 0, 1)).astype(np.float32)
    disc = disc + shine[..., None] * rgb("#9fb4b8")
    picture = mix(picture, disc, inside(away - radius, min(width, height) / 2))
    return grain(rng, picture, 0.007)
