"""Lay out the bars of the desk's chart; the template draws them as SVG."""

from dataclasses import dataclass

from .figures import Day

WIDTH, HEIGHT = 14 * 50, 120  # of the drawing, in its own units
_GAP = 10


@dataclass(frozen=True)
class Bar:
    """Hold one day's bar: where it stands, and what its label says."""

    day: Day
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Return where the label's middle is."""
        return self.x + self.width / 2

    @property
    def above(self) -> float:
        """Return the line that the number above the bar stands on."""
        return self.y - 6


def bars(days: list[Day]) -> list[Bar]:
    """Return a bar for each day, the highest as high as the drawing."""
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
