"""Rows of mountains, each paler than the one in front."""

from dataclasses import dataclass

import numpy as np

from tools.paint.canvas import Field, Floats, Picture, inside, plane, sample, smoothstep
from tools.paint.colour import grain, mix, ramp, rgb
from tools.paint.noise import Noise


@dataclass(frozen=True)
class Range:
    """The look of a mountain scene; heights are shares of the picture's height."""

    sky: tuple[str, ...]
    far: str
    middle: str
    near: str
    mist: str
    sun: tuple[float, float, float]
    sun_colour: str
    skyline: float
    foot: float
    layers: int


def _sky(view: Range, noise: Noise, x: Field, y: Field) -> Picture:
    drift = noise.warped(x * 1.2, y * 5, 0.7)
    picture = ramp(np.clip(y / (y.max() * view.skyline * 1.08) + 0.05 * drift, 0, 1), view.sky)
    across, down, radius = view.sun
    away = np.hypot(x - across * x.max(), y - down * y.max())
    glow = np.exp(-away / (radius * 4.5))
    picture = mix(picture, rgb(view.sun_colour), (0.5 * glow).astype(np.float32))
    disc = inside(away - radius, min(x.shape))
    return mix(picture, rgb(view.sun_colour), disc * 0.94)


def _profile(noise: Noise, across: Field, nearness: float, layer: int) -> Field:
    stretch = 1.1 + 0.9 * nearness
    bulk = noise.fbm(across * stretch + 13.7 * layer, np.full_like(across, 3.1 * layer), 3)
    crag = noise.ridged(across * stretch * 2.6, np.full_like(across, 7.7 * layer), 6, 0.52)
    trees = noise.fbm(across * 95, np.full_like(across, 1.9 * layer), 3, 0.7)
    result: Floats = bulk * 0.75 + crag * 0.42 + trees * 0.045 * nearness**2
    return result


def _layer(
    view: Range, noise: Noise, picture: Picture, x: Field, y: Field, layer: int, foot: float
) -> Picture:
    nearness = layer / (view.layers - 1)
    reach = y.max() * view.skyline
    base = reach + (foot - reach) * nearness**1.25
    lift = (0.105 + 0.1 * nearness) * y.max() * 0.8
    crest = base - lift * (_profile(noise, x[:1], nearness, layer) - 0.25)
    below = y - crest
    cover = inside(-below, min(x.shape))
    slope = noise.ridged(x * 5 + below * 2.5, y * 9 - layer, 5, 0.55)
    tone = np.full_like(y, nearness) + (slope - 0.5) * (0.06 + 0.12 * nearness)
    paint = ramp(np.clip(tone, 0, 1), (view.far, view.middle, view.near), (0, 0.55, 1))
    pool = smoothstep(0.0, 0.26 * y.max(), below + 0.05 * noise.fbm(x * 2.2, y * 7 + layer, 4))
    paint = mix(paint, rgb(view.mist), pool * (0.78 - 0.62 * nearness**1.6))
    return mix(picture, paint, cover)


def _scene(rng: np.random.Generator, view: Range, x: Field, y: Field) -> Picture:
    noise = Noise(rng)
    foot = y.max() * view.foot
    picture = _sky(view, noise, x, y)
    for layer in range(view.layers):
        picture = _layer(view, noise, picture, x, y, layer, foot)
    return picture


def _water(rng: np.random.Generator, view: Range, scene: Picture) -> Picture:
    height, width, _ = scene.shape
    x, y = plane(width, height)
    shore = round(view.foot * height)
    noise = Noise(rng)
    depth = (y[shore:] - y[shore, 0]) / (y.max() - y[shore, 0])
    far = 1 / (0.03 + depth)
    swell = noise.fbm(x[shore:] * (2 + 0.5 * far), 17 * np.log(0.03 + depth), 3, 0.45)
    shift = swell * (0.004 + 0.035 * depth)
    rows = shore - 1 - (y[shore:] - y[shore, 0]) * min(width, height) * 1.02
    rows = rows + shift * height
    columns = np.arange(width) + shift * width * 0.25
    above = scene[:shore]
    reflection = np.stack([sample(above[..., c], columns, rows) for c in range(3)], axis=-1) * 0.95
    reflection = mix(reflection, rgb(view.near), 0.03 + 0.25 * depth)
    glint = smoothstep(0.25, 0.75, swell) * (0.22 - 0.12 * depth)
    edge = np.exp(-depth * 55) * 0.5
    reflection = mix(reflection, rgb(view.mist), np.maximum(glint, edge))
    return np.concatenate([scene[:shore], reflection.astype(np.float32)])


def nine_ridges(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint blue mountain ranges on a pale, rosy morning."""
    view = Range(
        sky=("#8fa9b5", "#c9cfc9", "#efdcc3", "#f3cfae"),
        far="#b9c0bf",
        middle="#587583",
        near="#12242e",
        mist="#e9d9c6",
        sun=(0.7, 0.25, 0.062),
        sun_colour="#fbeed3",
        skyline=0.44,
        foot=1.02,
        layers=9,
    )
    return grain(rng, _scene(rng, view, *plane(width, height)))


def fjord(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint a low red sun over a fjord, and its reflection in the water."""
    view = Range(
        sky=("#2e4a52", "#6f8580", "#d3a983", "#e98f5f"),
        far="#b98b76",
        middle="#5b5a5c",
        near="#14212a",
        mist="#e2a781",
        sun=(0.42, 0.33, 0.058),
        sun_colour="#ffe9c9",
        skyline=0.43,
        foot=0.61,
        layers=6,
    )
    scene = _scene(rng, view, *plane(width, height))
    return grain(rng, _water(rng, view, scene))
