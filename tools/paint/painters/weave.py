"""Cloth: a warp and a weft, thread by thread."""

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import Picture, halve, plane
from tools.paint.colour import grain, rgb
from tools.paint.noise import Noise

_THREADS = 110
_STEP = 3
"""Threads in one step of a lozenge's stair."""

_PALETTE = ("#ebe0c8", "#cf9530", "#ab452b", "#1f3550", "#2f5d57", "#171a20", "#d9b48a")
_CREAM, _MUSTARD, _BRICK, _INDIGO, _PINE, _BLACK, _SAND = range(7)
_LOZENGE = (
    _CREAM, _BRICK, _BRICK, _CREAM, _INDIGO, _INDIGO, _INDIGO, _MUSTARD, _BLACK, _BRICK, _BRICK,
    _BRICK, _SAND, _PINE, _PINE, _CREAM, _INDIGO, _INDIGO, _INDIGO,
)  # fmt: skip
_BORDER = (
    _INDIGO, _INDIGO, _INDIGO, _CREAM, _BRICK, _BRICK, _MUSTARD, _BLACK, _BLACK, _CREAM, _PINE,
    _PINE, _PINE, _SAND,
)  # fmt: skip


def _pattern(columns: int, rows: int) -> NDArray[np.int64]:
    """Return the weft's colours: stepped lozenges between two striped borders."""
    across = np.abs(2 * np.arange(columns) - columns + 1) // (2 * _STEP)
    along = np.abs(2 * np.arange(rows) - rows + 1) // (2 * _STEP)
    stair = across[None] + along[:, None]
    turn = len(_LOZENGE) - 1
    chart: NDArray[np.int64] = np.array(_LOZENGE)[np.abs((stair + turn) % (2 * turn) - turn)]
    for row, paint in enumerate(_BORDER):
        chart[row] = chart[rows - 1 - row] = paint
    return chart


def cloth(rng: np.random.Generator, width: int, height: int) -> Picture:
    """Paint a cloth of stepped lozenges in indigo, brick, mustard and bone."""
    x, y = plane(2 * width, 2 * height)
    noise = Noise(rng)
    u = (x + 0.0016 * noise.fbm(x * 7, y * 7, 2)) * _THREADS
    v = (y + 0.0016 * noise.fbm(x * 7 + 40, y * 7, 2)) * _THREADS
    column, row = np.floor(u).astype(np.int32), np.floor(v).astype(np.int32)
    columns, rows = int(column.max()) + 1, int(row.max()) + 1
    column, row = np.clip(column, 0, columns - 1), np.clip(row, 0, rows - 1)
    design = _pattern(columns, rows)[row, column]
    paints = np.stack([rgb(code) for code in _PALETTE])
    stripe = np.where((np.arange(columns) // 3) % 5 == 0, 5, 3)
    over = (column + 2 * row) % 5 == 0
    fu, fv = u - np.floor(u) - 0.5, v - np.floor(v) - 0.5
    across, along = np.where(over, fu, fv), np.where(over, fv, fu)
    round_ = np.sqrt(np.clip(1 - (across * 1.96) ** 2, 0, 1))
    dip = np.where(over, 1 - 1.5 * along**2, 1 - 0.45 * along**2)
    twist = np.sin((across * 5 + np.where(over, v, u) * 2.2) * 6.28 + 1.4 * noise(u / 3, v / 3))
    fibre = noise(np.where(over, u * 6, u * 1.2), np.where(over, v * 1.2, v * 6))
    light = (0.4 + 0.62 * round_) * dip * (1 + 0.03 * twist + 0.035 * fibre)
    light *= 1 + 0.14 * -across
    dye = 1 + 0.1 * rng.standard_normal(rows)[row] * 0.6 + 0.05 * noise.fbm(x * 3, y * 3, 3)
    colour = np.where(over[..., None], paints[stripe[column]], paints[design])
    return grain(rng, halve((colour * (light * dye)[..., None]).astype(np.float32)), 0.004)
