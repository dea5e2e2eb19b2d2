"""Flower heads arranged by the golden angle."""

import numpy as np

from tools.paint.canvas import Picture, centred, smoothstep
from tools.paint.colour import flat, grain, mix, paper, rgb
from tools.paint.petals import Blade, stamp

_GOLDEN = np.pi * (3 - np.sqrt(5))


def dahlia(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint a coral dahlia, petal over petal, on dark green."""
    x, y = centred(width, height)
    fall = np.exp(-((x + 0.5) ** 2 + (y + 0.6) ** 2) * 0.55).astype(np.float32)
    picture = mix(flat(width, height, "#0f1f1d"), rgb("#32524a"), fall * 0.8)
    unit = min(width, height)
    count = 430
    middle_x, middle_y = 0.5 * width, 0.52 * height
    for number in range(count, 0, -1):
        age = number / count
        angle = number * _GOLDEN + rng.normal(0, 0.03)
        root = unit * (0.25 * age**0.62 - 0.021)
        length = unit * (0.045 + 0.165 * age**0.8) * rng.uniform(0.94, 1.06)
        light = 0.14 * np.cos(angle + 2.3) + 0.3 * (age - 0.62)
        picture_stops = ("#3c0c16", "#8f1f2a", "#d4523f", "#f08a68", "#fbcba6")
        blade = Blade(
            x=middle_x + root * np.cos(angle),
            y=middle_y + root * np.sin(angle),
            angle=angle,
            length=length,
            width=length * (0.52 - 0.16 * age),
            stops=picture_stops,
            belly=0.6,
            tip=0.8,
            shadow=0.5,
            tone=light,
        )
        stamp(rng, picture, blade)
    return grain(rng, picture)


def _ray_florets(rng: np.random.Generator, picture: Picture, unit: float) -> None:
    height, width, _ = picture.shape
    for circle, count in ((0, 34), (1, 29), (2, 21)):
        for number in range(count):
            angle = (number + 0.5 * circle) * 2 * np.pi / count + rng.normal(0, 0.045)
            length = unit * (0.205 - 0.016 * circle) * rng.uniform(0.88, 1.1)
            blade = Blade(
                x=width / 2 + unit * 0.27 * np.cos(angle),
                y=height / 2 + unit * 0.27 * np.sin(angle),
                angle=angle + rng.normal(0, 0.07),
                length=length,
                width=length * rng.uniform(0.3, 0.38),
                stops=("#8a4a12", "#c97e15", "#e9ab25", "#f3c64f", "#f8dc8a"),
                belly=0.5,
                tip=0.85,
                shadow=0.14,
                tone=rng.normal(0, 0.05) + 0.06 * np.cos(angle + 2.3),
            )
            stamp(rng, picture, blade)


def sunflower(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint a sunflower's seeds inside three circles of petals, on pale paper."""
    picture = paper(rng, width, height, "#efe9dc")
    unit = float(min(width, height))
    _ray_florets(rng, picture, unit)
    x, y = centred(width, height)
    heart = smoothstep(0.63, 0.57, np.hypot(x, y))
    picture = mix(picture, rgb("#24170d"), heart)
    count = 1450
    for number in range(count, 0, -1):
        age = number / count
        angle = number * _GOLDEN
        root = unit * 0.295 * np.sqrt(age)
        bloom = np.clip((age - 0.72) / 0.28, 0, 1)
        length = unit * (0.0145 + 0.0125 * age)
        stops = ("#1a0f0a", "#3b2213", "#6b4420", "#b98a3e")
        if age < 0.2:
            stops = ("#2b2a12", "#55561f", "#8b8a37", "#c6bd6a")
        elif bloom > 0 and number % 3:
            stops = ("#3a1d0a", "#8a4d12", "#cf8a1c", "#f0c04a")
        blade = Blade(
            x=width / 2 + root * np.cos(angle),
            y=height / 2 + root * np.sin(angle),
            angle=angle,
            length=length * (1 + 0.3 * bloom),
            width=length * (0.72 - 0.1 * bloom),
            stops=stops,
            tip=0.7,
            shadow=0.35,
            tone=0.1 * np.cos(angle + 2.3) + rng.normal(0, 0.04),
            streak=0.03,
        )
        stamp(rng, picture, blade)
    return grain(rng, picture, 0.006)
