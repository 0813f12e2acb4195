"""Whether a number can be one of its kind: check digits and dates. Pure."""

from datetime import date

_EARLIEST, _LATEST = 1900, 2100


def has_birth_date(number: str) -> bool:
    """Whether a resident ID number of 18 or 15 figures has a date where it must; a mistyped last figure changes nothing."""
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return _EARLIEST <= day.year < _LATEST


def luhn(number: str) -> bool:
    """Whether the figures of a card number add up."""
    figures = [int(figure) for figure in reversed(number) if figure.isdigit()]
    doubled = [sum(divmod(2 * figure, 10)) for figure in figures[1::2]]
    return bool(figures) and (sum(figures[::2]) + sum(doubled)) % 10 == 0
