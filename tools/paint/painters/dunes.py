"""Dunes in perspective: a height map, a low light, one search for each column."""

from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Field, Floats, Picture, blur, halve, plane, sample, smoothstep
from tools.paint.colour import grain, mix, ramp, rgb
from tools.paint.noise import Noise

_MAP = 2200
_SPAN = 8.0
"""The map covers `_SPAN` units in both directions; the eye is in the middle of one edge."""


@dataclass(frozen=True)
class Desert:
    """The light and the lens of a dune scene."""

    sky: tuple[str, ...]
    shade: tuple[str, ...]
    haze: str
    sun_slope: float
    horizon: float
    zoom: float
    eye: float
    disc: tuple[float, float, float] | None = None
    disc_colour: str = "#ffffff"


def _heights(noise: Noise) -> Field:
    axis = (np.arange(_MAP, dtype=np.float32) + 0.5) * (_SPAN / _MAP)
    x, z = np.meshgrid(axis, axis)
    bend = 0.95 * noise.fbm(x * 0.42, z * 0.42, 3) + 0.1 * noise(x * 2.1, z * 2.1)
    height = np.zeros_like(x)
    for scale, tall, turn in ((0.62, 0.36, 0.25), (1.7, 0.075, -0.3)):
        phase = (x * np.cos(turn) + z * np.sin(turn) + bend * 1.35) * scale
        phase += 0.3 * noise.fbm(x * 0.5 + 9, z * 0.5, 2)
        u = phase - np.floor(phase)
        rise = np.where(u < 0.7, u / 0.7, (1 - u) / 0.3)
        crest = rise * rise * (1.9 - 0.9 * rise)
        height += tall * crest * (0.62 + 0.75 * noise.fbm(x * 0.5 - 4, z * 0.5 + 2, 2))
    result: Floats = height
    return result


def _shadow(height: Field, slope: float) -> Field:
    """Return how far each place lies below the lowest ray of a sun to the right."""
    fall = (slope * _SPAN / _MAP) * np.arange(_MAP, dtype=np.float32)
    roof = np.maximum.accumulate((height - fall)[:, ::-1], axis=1)[:, ::-1] + fall
    return smoothstep(0.0, 0.008, roof - height)


def _light(height: Field, slope: float) -> tuple[Field, Field]:
    cell = _SPAN / _MAP
    dz, dx = np.gradient(height, cell)
    lamp = np.array([1.0, slope * 1.3, -0.25]) / np.linalg.norm([1.0, slope * 1.3, -0.25])
    length = np.sqrt(dx * dx + dz * dz + 1)
    facing = (-dx * lamp[0] + lamp[1] - dz * lamp[2]) / length
    lit = np.clip(facing, 0, 1) * (1 - _shadow(height, slope))
    return blur(lit.astype(np.float32), 1), (facing * 0.5 + 0.5).astype(np.float32)


def _search(scene: Desert, height: Field, x: Field, y: Field) -> tuple[Field, Field]:
    """Return the distance of the sand at each pixel, and whether there is sand."""
    rows, columns = x.shape
    steps = np.geomspace(0.35, _SPAN - 0.1, 1500).astype(np.float32)
    lens = (x[0] - x[0].mean()) / scene.zoom
    map_x = (_SPAN / 2 + steps[:, None] * lens[None]) * (_MAP / _SPAN)
    map_z = np.broadcast_to(steps[:, None] * (_MAP / _SPAN), map_x.shape)
    level = sample(height, map_x, map_z)
    seen = (level - scene.eye) / steps[:, None] * scene.zoom
    seen = np.maximum.accumulate(seen, axis=0)
    slope = scene.horizon * y.max() - y[:, 0]
    far = np.empty((rows, columns), dtype=np.float32)
    index = np.arange(len(steps), dtype=np.float32)
    for column in range(columns):
        curve = seen[:, column] + index * 1e-7
        far[:, column] = np.interp(slope, curve, steps, left=steps[0], right=np.inf)
    return far, np.isfinite(far).astype(np.float32)


def _ripples(noise: Noise, x: Field, z: Field) -> Field:
    wander = noise.fbm(x * 2.2, z * 2.2, 3)
    phase = 300 * (z * 0.55 + x * 0.5) + 20 * wander
    wave = np.sin(phase) + 0.4 * np.sin(0.5 * phase + 2 * wander)
    fade = np.exp(-z * 1.2) * (0.45 + 0.55 * smoothstep(-0.4, 0.4, noise(x * 3, z * 3)))
    result: Floats = wave * fade
    return result


def _sky(scene: Desert, x: Field, y: Field) -> Picture:
    picture = ramp(np.clip(y / (scene.horizon * y.max()), 0, 1), scene.sky)
    if scene.disc is None:
        return picture
    across, down, radius = scene.disc
    away = np.hypot(x - across * x.max(), y - down * y.max())
    paint = rgb(scene.disc_colour)
    picture = mix(picture, paint, (0.3 * np.exp(-away / (radius * 3))).astype(np.float32))
    return mix(picture, paint, smoothstep(radius + 0.001, radius - 0.001, away) * 0.93)


def _paint(rng: np.random.Generator, scene: Desert, width: int, height: int) -> Picture:
    noise = Noise(rng)
    land = _heights(noise)
    lit, facing = _light(land, scene.sun_slope)
    x, y = plane(2 * width, 2 * height)
    far, sand = _search(scene, land, x, y)
    z = np.where(sand > 0, far, 1).astype(np.float32)
    world = _SPAN / 2 + z * ((x - x.mean()) / scene.zoom).astype(np.float32)
    map_x, map_z = world * (_MAP / _SPAN), z * (_MAP / _SPAN)
    glow, side = sample(lit, map_x, map_z), sample(facing, map_x, map_z)
    ripple = _ripples(noise, world, z)
    fleck = noise.fbm(world * 90, z * 90, 3, 0.75) * np.exp(-z * 1.3)
    tone = 0.12 + 0.2 * side + 0.62 * glow + ripple * (0.03 + 0.06 * glow) + 0.085 * fleck
    ground = ramp(np.clip(tone, 0, 1), scene.shade)
    ground = mix(ground, rgb(scene.haze), 0.85 * smoothstep(1.5, _SPAN * 1.15, z))
    return grain(rng, halve(mix(_sky(scene, x, y), ground, sand)))


def erg(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint amber dunes with long shadows in the last minutes of the day."""
    scene = Desert(
        sky=("#7f97a3", "#b9b6a8", "#e8c79d", "#f2c893"),
        shade=("#2b1c22", "#5a3033", "#a5552f", "#dc8d45", "#f6c983", "#fff0cf"),
        haze="#eabf8e",
        sun_slope=0.32,
        horizon=0.36,
        zoom=1.15,
        eye=0.62,
    )
    return _paint(rng, scene, width, height)


def blue_hour(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint the same sand under a rising moon."""
    scene = Desert(
        sky=("#16243a", "#2f4a66", "#7c93a0", "#d9c3b0"),
        shade=("#0e1626", "#1d2d46", "#3d5570", "#7f93a3", "#c9cdc6", "#f4ead8"),
        haze="#a9abaa",
        sun_slope=0.42,
        horizon=0.47,
        zoom=1.5,
        eye=0.66,
        disc=(0.7, 0.17, 0.06),
        disc_colour="#fbf1dc",
    )
    return _paint(rng, scene, width, height)
