"""The controls of a placement: buttons that nudge the picture, and sliders."""

from dataclasses import dataclass

from printora_sandbox.placement import MAX_SCALE, MAX_SHIFT, MAX_TURN, MIN_SCALE, Placement


@dataclass(frozen=True, kw_only=True)
class NudgeButton:
    """One button; ``symbol`` is visible, ``label`` is its accessible name."""

    name: str
    label: str
    symbol: str


@dataclass(frozen=True, kw_only=True)
class Slider:
    """A slider for one number of a placement."""

    name: str
    label: str
    unit: str
    minimum: int
    maximum: int
    value: int


NUDGE_BUTTONS = (
    NudgeButton(name="left", label="Move left", symbol="←"),
    NudgeButton(name="right", label="Move right", symbol="→"),
    NudgeButton(name="up", label="Move up", symbol="↑"),
    NudgeButton(name="down", label="Move down", symbol="↓"),
    NudgeButton(name="smaller", label="Make smaller", symbol="−"),
    NudgeButton(name="bigger", label="Make bigger", symbol="+"),
    NudgeButton(name="anticlockwise", label="Turn left", symbol="↺"),
    NudgeButton(name="clockwise", label="Turn right", symbol="↻"),
)


def placement_sliders(placement: Placement) -> tuple[Slider, ...]:
    """Return a slider for each number of a placement."""
    return (
        _shift_slider("x", "Left to right", placement.x),
        _shift_slider("y", "Top to bottom", placement.y),
        Slider(
            name="scale",
            label="Size",
            unit="%",
            minimum=MIN_SCALE,
            maximum=MAX_SCALE,
            value=placement.scale,
        ),
        Slider(
            name="turn",
            label="Turn",
            unit="°",
            minimum=-MAX_TURN,
            maximum=MAX_TURN,
            value=placement.turn,
        ),
    )


def _shift_slider(name: str, label: str, value: int) -> Slider:
    return Slider(
        name=name, label=label, unit="%", minimum=-MAX_SHIFT, maximum=MAX_SHIFT, value=value
    )
