"""Whether a number can be one of its kind: check digits and dates. Pure."""

from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10x98765432"
_CODE_CHARACTERS = "0123456789abcdefghjklmnpqrtuwxy"
_CODE_LENGTH = 18
_EARLIEST, _LATEST = 1900, 2100


def has_birth_date(number: str) -> bool:
    """Whether a resident ID number of 18 or 15 figures has a date where it must; a mistyped last figure changes nothing."""
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return _EARLIEST <= day.year < _LATEST


def id_weights(number: str) -> bool:
    """Whether the last figure of an 18-figure ID number is the one that the others ask for (GB 11643)."""
    if len(number) != _CODE_LENGTH or not number[:-1].isdigit():
        return False
    total = sum(int(figure) * weight for figure, weight in zip(number[:-1], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[-1]


def luhn(number: str) -> bool:
    """Whether the figures of a card number add up."""
    figures = [int(figure) for figure in reversed(number) if figure.isdigit()]
    doubled = [sum(divmod(2 * figure, 10)) for figure in figures[1::2]]
    return bool(figures) and (sum(figures[::2]) + sum(doubled)) % 10 == 0


def credit_code(code: str) -> bool:
    """Whether the last character of a unified social credit code, in small letters, is right (GB 32100)."""
    if len(code) != _CODE_LENGTH or not set(code) <= set(_CODE_CHARACTERS):
        return False
    total = sum(_CODE_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(code[:-1]))
    return _CODE_CHARACTERS[(31 - total % 31) % 31] == code[-1]
