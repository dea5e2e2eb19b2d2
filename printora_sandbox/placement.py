"""Where a picture sits in a product's print area: moved, scaled and turned, within bounds."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

SHIFT_MAX = 60  # % of the print area's width or height
SCALE_MIN, SCALE_MAX = 25, 300  # %
TURN_MAX = 180  # degrees

_SHIFT_STEP = 5
_SCALE_STEP = 10
_TURN_STEP = 15


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A picture's place, from the middle of the print area.

    ``x`` and ``y`` are % of the area's width and height, ``scale`` is % of the size that fits,
    ``turn`` is degrees clockwise.
    """

    x: int = 0
    y: int = 0
    scale: int = 100
    turn: int = 0

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self:
        """Return the placement in a form; what is no number, or missing, is as it was at first."""
        usual = cls()
        return cls.within_bounds(
            x=_number(data.get("x"), usual.x),
            y=_number(data.get("y"), usual.y),
            scale=_number(data.get("scale"), usual.scale),
            turn=_number(data.get("turn"), usual.turn),
        )

    @classmethod
    def of_konva(cls, metadata: object) -> Self:
        """Return the placement that a saved design describes, as far as it does."""
        attrs = metadata.get("attrs") if isinstance(metadata, Mapping) else None
        return cls.read(_percent_scale(attrs) if isinstance(attrs, Mapping) else {})

    def as_konva(self) -> dict[str, Any]:
        """Return the placement as the design editor's canvas library writes an image."""
        size = self.scale / 100
        place = {"x": self.x, "y": self.y, "rotation": self.turn}
        return {"className": "Image", "attrs": {**place, "scaleX": size, "scaleY": size}}

    @classmethod
    def within_bounds(cls, *, x: float, y: float, scale: float, turn: float) -> Self:
        """Return the nearest placement that is allowed."""
        return cls(
            x=_clamped(x, -SHIFT_MAX, SHIFT_MAX),
            y=_clamped(y, -SHIFT_MAX, SHIFT_MAX),
            scale=_clamped(scale, SCALE_MIN, SCALE_MAX),
            turn=_turned(turn),
        )

    def nudged(self, step: str) -> "Placement":
        """Return the placement after one press of a button; an unknown one changes nothing."""
        if step == "reset":
            return Placement()
        name, by = STEPS.get(step, ("x", 0))
        return self.within_bounds(**{**vars(self), name: getattr(self, name) + by})

    def fields(self) -> dict[str, str]:
        """Return what differs from the first placement, as form fields."""
        usual = vars(Placement())
        return {name: str(value) for name, value in vars(self).items() if value != usual[name]}

    @property
    def left(self) -> int:
        """Where the picture's middle is, in % of the area's width from its left edge."""
        return 50 + self.x

    @property
    def top(self) -> int:
        """Where the picture's middle is, in % of the area's height from its upper edge."""
        return 50 + self.y

    @property
    def transform(self) -> str:
        """The turn and scale as SVG writes them."""
        return f"rotate({self.turn}) scale({self.scale / 100:g})"


AS_IT_FITS = Placement()

# What each button does, in the order in which they stand.
STEPS: Mapping[str, tuple[str, int]] = {
    "left": ("x", -_SHIFT_STEP),
    "right": ("x", _SHIFT_STEP),
    "up": ("y", -_SHIFT_STEP),
    "down": ("y", _SHIFT_STEP),
    "smaller": ("scale", -_SCALE_STEP),
    "bigger": ("scale", _SCALE_STEP),
    "anticlockwise": ("turn", -_TURN_STEP),
    "clockwise": ("turn", _TURN_STEP),
}


def _percent_scale(attrs: Mapping[str, Any]) -> dict[str, str]:
    """Return a canvas image's attributes as the form names them."""
    named = {"x": "x", "y": "y", "scale": "scaleX", "turn": "rotation"}
    found = {name: attrs[key] for name, key in named.items() if _is_number(attrs.get(key))}
    if "scale" in found:
        found["scale"] *= 100
    return {name: str(value) for name, value in found.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(text: str | None, usual: int) -> float:
    try:
        number = float(text or "")
    except ValueError:
        return usual
    return number if math.isfinite(number) else usual


def _clamped(value: float, least: int, most: int) -> int:
    return round(min(max(value, least), most))


def _turned(degrees: float) -> int:
    """Return the same direction between -180 and 180."""
    return round(math.remainder(degrees, 2 * TURN_MAX))
