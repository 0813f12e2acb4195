"""The drawing of twelve months: beside one another what came, and what was reported in time with the late on top. Pure."""

from dataclasses import dataclass

from .figures import Month, highest

WIDTH, HEIGHT, LEFT, TOP, FOOT = 720, 200, 32, 12, 26
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Bar:
    """One column: its place, width, upper edge and height."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Column:
    """One month of the drawing."""

    month: Month
    middle: float
    bars: list[Bar]


@dataclass(frozen=True)
class Line:
    """A line across, with its number."""

    y: float
    label: int


@dataclass(frozen=True)
class Chart:
    """The whole drawing."""

    columns: list[Column]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    foot: int = HEIGHT - 8
    base: int = HEIGHT - FOOT


def chart_of(months: list[Month]) -> Chart:
    """Draw the months."""
    step = next((one for one in _STEPS if highest(months) <= one * 4), _STEPS[-1])
    top = -(-highest(months) // step) * step
    room = HEIGHT - TOP - FOOT
    unit, place = room / top, (WIDTH - LEFT) / len(months)
    lines = [Line(round(HEIGHT - FOOT - one * unit, 1), one) for one in range(0, top + 1, step)]
    return Chart([_column(one, LEFT + number * place, place, unit) for number, one in enumerate(months)], lines)


def _column(month: Month, x: float, place: float, unit: float) -> Column:
    width, base = place * 0.3, HEIGHT - FOOT
    parts = [("came", x + place * 0.18, 0, month.came), ("done", x + place * 0.52, 0, month.in_time)]
    parts.append(("late", x + place * 0.52, month.in_time, month.late))
    bars = [
        Bar(kind, round(left, 1), round(base - (below + n) * unit, 1), round(width, 1), round(n * unit, 1))
        for kind, left, below, n in parts
        if n
    ]
    return Column(month, round(x + place / 2, 1), bars)
