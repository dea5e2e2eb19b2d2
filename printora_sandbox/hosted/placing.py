"""The controls that place a picture: buttons that nudge it, and sliders."""

from dataclasses import dataclass

from printora_sandbox.placement import SCALE_MAX, SCALE_MIN, SHIFT_MAX, TURN_MAX, Placement


@dataclass(frozen=True, kw_only=True)
class Step:
    """One button; ``mark`` is drawn on it, ``label`` is read out."""

    name: str
    label: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Slider:
    """One number of a placement, with its bounds."""

    name: str
    label: str
    unit: str
    least: int
    most: int
    value: int


STEPS = (
    Step(name="left", label="Move left", mark="←"),
    Step(name="right", label="Move right", mark="→"),
    Step(name="up", label="Move up", mark="↑"),
    Step(name="down", label="Move down", mark="↓"),
    Step(name="smaller", label="Make smaller", mark="−"),
    Step(name="bigger", label="Make bigger", mark="+"),
    Step(name="anticlockwise", label="Turn left", mark="↺"),
    Step(name="clockwise", label="Turn right", mark="↻"),
)


def sliders_of(placement: Placement) -> tuple[Slider, ...]:
    """Return a slider for each number."""
    return (
        _shift("x", "Left to right", placement.x),
        _shift("y", "Top to bottom", placement.y),
        Slider(
            name="scale",
            label="Size",
            unit="%",
            least=SCALE_MIN,
            most=SCALE_MAX,
            value=placement.scale,
        ),
        Slider(
            name="turn",
            label="Turn",
            unit="°",
            least=-TURN_MAX,
            most=TURN_MAX,
            value=placement.turn,
        ),
    )


def _shift(name: str, label: str, value: int) -> Slider:
    return Slider(name=name, label=label, unit="%", least=-SHIFT_MAX, most=SHIFT_MAX, value=value)
