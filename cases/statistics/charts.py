"""Where the lines of a chart run: two series over the same parts of a period, drawn by a template. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 900, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 36.0, 790.0, 14.0, 204.0
_APART = 18.0  # labels at the ends of lines closer than this would overlap
_MOST_LABELS = 13
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Tick:
    """A grid line with its number, or a label below the chart."""

    place: float
    text: str


@dataclass(frozen=True)
class Line:
    """One series: its points, where it ends and where its label stands."""

    name: str
    points: str
    end_x: float
    end_y: float
    label_y: float
    last: int


@dataclass(frozen=True)
class Chart:
    """A drawing of two lines on a grid."""

    lines: tuple[Line, Line]
    grid: list[Tick]
    labels: list[Tick]
    left: float = _LEFT
    right: float = _RIGHT
    label_x: float = _RIGHT + 10


def draw(names: tuple[str, str], series: tuple[Sequence[int], Sequence[int]], labels: Sequence[str]) -> Chart | None:
    """Draw two series; None when there are too few points for a line."""
    if len(labels) < 2:
        return None
    top = scale(max(*series[0], *series[1]))
    first, second = (_line(name, values, top) for name, values in zip(names, series, strict=True))
    if abs(first.label_y - second.label_y) < _APART:
        first, second = _parted(first, second)
    grid = [Tick(_y(top * part // 4, top), f"{top * part // 4:,}") for part in range(5)]
    every = -(-len(labels) // _MOST_LABELS)
    below = [Tick(_x(place, len(labels)), text) for place, text in enumerate(labels) if place % every == 0]
    return Chart((first, second), grid, below)


def scale(most: int) -> int:
    """Return the number at the top of the scale: a round one, at least `most`, that four parts it evenly."""
    size = 4
    while True:
        for step in _STEPS[:-1]:
            if size * step >= most:
                return size * step
        size *= 10


def _line(name: str, values: Sequence[int], top: int) -> Line:
    places = [(_x(place, len(values)), _y(value, top)) for place, value in enumerate(values)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return Line(name, points, round(x, 1), round(y, 1), round(y, 1) + 4, values[-1])


def _parted(first: Line, second: Line) -> tuple[Line, Line]:
    """Move two labels apart, the higher line's upwards."""
    middle = (first.label_y + second.label_y) / 2
    up, down = round(middle - _APART / 2, 1), round(middle + _APART / 2, 1)
    higher = first.end_y <= second.end_y
    places = (up, down) if higher else (down, up)
    return _at(first, places[0]), _at(second, places[1])


def _at(line: Line, label_y: float) -> Line:
    return Line(line.name, line.points, line.end_x, line.end_y, label_y, line.last)


def _x(place: int, number: int) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * place / (number - 1), 1)


def _y(value: int, top: int) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * value / top, 1)
