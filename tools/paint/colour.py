"""Palettes mixed in OKLab, inks printed over one another, paper and grain."""

from collections.abc import Sequence

import numpy as np

from tools.paint.canvas import Field, Floats, Picture, blur

_STEPS = 1024
_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def rgb(code: str) -> Floats:
    """Read `#rrggbb`."""
    return np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)], dtype=np.float32)


def to_linear(srgb: Floats) -> Floats:
    """Undo the sRGB transfer curve."""
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def to_srgb(linear: Floats) -> Floats:
    """Apply the sRGB transfer curve, clipping what no screen can show."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def ramp(t: Field, stops: Sequence[str], at: Sequence[float] | None = None) -> Picture:
    """Colour a field in 0..1 along `stops`, mixed in OKLab for clear colours between."""
    positions = np.linspace(0, 1, len(stops)) if at is None else np.asarray(at)
    lab = np.cbrt(to_linear(np.stack([rgb(s) for s in stops])) @ _LMS.T) @ _LAB.T
    steps = np.linspace(0, 1, _STEPS)
    mixed = np.stack([np.interp(steps, positions, lab[:, i]) for i in range(3)], axis=-1)
    linear = (mixed @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_LMS).T
    table = to_srgb(linear.astype(np.float32)).astype(np.float32)
    place = np.clip(t, 0, 1) * (_STEPS - 1)
    low = np.minimum(place.astype(np.int32), _STEPS - 2)
    part = (place - low).astype(np.float32)[..., None]
    result: Floats = table[low] * (1 - part) + table[low + 1] * part
    return result


def mix(under: Picture, over: Floats, cover: Field) -> Picture:
    """Lay opaque paint over a picture."""
    return under + (over - under) * cover[..., None]


def overprint(under: Picture, ink: Floats, cover: Field) -> Picture:
    """Lay transparent ink over a picture, as a press does."""
    return under * (1 - cover[..., None] * (1 - ink))


def flat(width: int, height: int, code: str) -> Picture:
    """Return a canvas of one colour."""
    return np.broadcast_to(rgb(code), (height, width, 3)).copy()


def grain(rng: np.random.Generator, picture: Picture, amount: float = 0.008) -> Picture:
    """Hide banding with soft, mostly grey noise."""
    height, width, _ = picture.shape
    fine = rng.standard_normal((height, width), dtype=np.float32)
    soft = blur(fine, 1)
    soft /= soft.std()
    noise = (soft * 0.8 + fine * 0.35) * amount
    return np.clip(picture + noise[..., None], 0, 1).astype(np.float32)


def paper(rng: np.random.Generator, width: int, height: int, code: str) -> Picture:
    """Return a sheet of a colour with the faint cloudiness of real paper."""
    cloud = blur(rng.standard_normal((height, width), dtype=np.float32), max(width, height) / 160)
    tooth = blur(rng.standard_normal((height, width), dtype=np.float32), 2)
    shade = 0.003 * cloud / cloud.std() + 0.005 * tooth / tooth.std()
    result: Floats = (flat(width, height, code) * (1 + shade[..., None])).astype(np.float32)
    return result
