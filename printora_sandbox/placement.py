"""The placement of a picture in a product's print area: moved, scaled and turned."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

MAX_SHIFT = 60  # % of the print area's width or height
MIN_SCALE, MAX_SCALE = 25, 300  # %
MAX_TURN = 180  # degrees

_SHIFT_STEP = 5
_SCALE_STEP = 10
_TURN_STEP = 15


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A picture's position, size and rotation, relative to the middle of the print area.

    ``x`` and ``y`` are % of the area's width and height, ``scale`` is % of the size that fits,
    ``turn`` is degrees clockwise.
    """

    x: int = 0
    y: int = 0
    scale: int = 100
    turn: int = 0

    @classmethod
    def from_form(cls, data: Mapping[str, str]) -> Self:
        """Return the placement in a form; a missing or invalid number gets its default."""
        default = cls()
        return cls.clamped(
            x=_number(data.get("x"), default.x),
            y=_number(data.get("y"), default.y),
            scale=_number(data.get("scale"), default.scale),
            turn=_number(data.get("turn"), default.turn),
        )

    @classmethod
    def from_konva(cls, metadata: object) -> Self:
        """Return the placement in a saved design; what the design lacks gets its default."""
        attrs = metadata.get("attrs") if isinstance(metadata, Mapping) else None
        return cls.from_form(_form_fields(attrs) if isinstance(attrs, Mapping) else {})

    def to_konva(self) -> dict[str, Any]:
        """Return the placement as an image node of Konva, the design editor's canvas library."""
        size = self.scale / 100
        position = {"x": self.x, "y": self.y, "rotation": self.turn}
        return {"className": "Image", "attrs": {**position, "scaleX": size, "scaleY": size}}

    @classmethod
    def clamped(cls, *, x: float, y: float, scale: float, turn: float) -> Self:
        """Return the nearest placement within the bounds."""
        return cls(
            x=_clamp(x, -MAX_SHIFT, MAX_SHIFT),
            y=_clamp(y, -MAX_SHIFT, MAX_SHIFT),
            scale=_clamp(scale, MIN_SCALE, MAX_SCALE),
            turn=_normalized_turn(turn),
        )

    def nudged(self, nudge: str) -> "Placement":
        """Return the placement after one press of a button; an unknown one changes nothing."""
        if nudge == "reset":
            return Placement()
        name, step = NUDGES.get(nudge, ("x", 0))
        return self.clamped(**{**vars(self), name: getattr(self, name) + step})

    def fields(self) -> dict[str, str]:
        """Return the numbers that differ from the default, as form fields."""
        default = vars(Placement())
        return {name: str(value) for name, value in vars(self).items() if value != default[name]}

    @property
    def left(self) -> int:
        """The position of the picture's middle, in % of the area's width from its left edge."""
        return 50 + self.x

    @property
    def top(self) -> int:
        """The position of the picture's middle, in % of the area's height from its upper edge."""
        return 50 + self.y

    @property
    def transform(self) -> str:
        """The rotation and scale as an SVG ``transform``."""
        return f"rotate({self.turn}) scale({self.scale / 100:g})"


DEFAULT_PLACEMENT = Placement()

# Each button's field and step, in the order of the buttons.
NUDGES: Mapping[str, tuple[str, int]] = {
    "left": ("x", -_SHIFT_STEP),
    "right": ("x", _SHIFT_STEP),
    "up": ("y", -_SHIFT_STEP),
    "down": ("y", _SHIFT_STEP),
    "smaller": ("scale", -_SCALE_STEP),
    "bigger": ("scale", _SCALE_STEP),
    "anticlockwise": ("turn", -_TURN_STEP),
    "clockwise": ("turn", _TURN_STEP),
}


def _form_fields(attrs: Mapping[str, Any]) -> dict[str, str]:
    """Return a canvas image's attributes as form fields."""
    names = {"x": "x", "y": "y", "scale": "scaleX", "turn": "rotation"}
    numbers = {name: attrs[key] for name, key in names.items() if _is_number(attrs.get(key))}
    if "scale" in numbers:
        numbers["scale"] *= 100
    return {name: str(value) for name, value in numbers.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(text: str | None, default: int) -> float:
    try:
        number = float(text or "")
    except ValueError:
        return default
    return number if math.isfinite(number) else default


def _clamp(value: float, minimum: int, maximum: int) -> int:
    return round(min(max(value, minimum), maximum))


def _normalized_turn(degrees: float) -> int:
    """Return the same rotation between -180 and 180 degrees."""
    return round(math.remainder(degrees, 2 * MAX_TURN))
