"""The bars of the dashboard's chart; the template draws them as SVG."""

from dataclasses import dataclass

from .metrics import Day

WIDTH, HEIGHT = 14 * 50, 120  # of the drawing, in its own units
_GAP = 10
_LABEL_OFFSET = 6


@dataclass(frozen=True)
class Bar:
    """The bar of one day: its place and its size."""

    day: Day
    x: float
    y: float
    width: float
    height: float

    @property
    def label_x(self) -> float:
        """Return the middle of its labels."""
        return self.x + self.width / 2

    @property
    def label_y(self) -> float:
        """Return the baseline of the number above it."""
        return self.y - _LABEL_OFFSET


def bars(days: list[Day]) -> list[Bar]:
    """Return a bar for each day; the highest has the height of the drawing."""
    highest = max((day.count for day in days), default=0) or 1
    step = WIDTH / max(len(days), 1)
    return [
        Bar(
            day=day,
            x=round(place * step + _GAP / 2, 1),
            y=round(HEIGHT - HEIGHT * day.count / highest, 1),
            width=round(step - _GAP, 1),
            height=round(HEIGHT * day.count / highest, 1),
        )
        for place, day in enumerate(days)
    ]
