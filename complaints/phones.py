"""Phone numbers: read as people type them, kept as E.164, shown and masked. Pure."""

import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

HOME_REGION = "CN"
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class NotAPhoneNumber(ValueError):
    """What was typed is no phone number, or none that takes text messages."""


def mobile(typed: str) -> str:
    """Return a mobile number as E.164 (`+8613800000001`). Raises NotAPhoneNumber."""
    number = _parsed(typed)
    if phonenumbers.number_type(number) not in _MOBILE:
        raise NotAPhoneNumber(typed)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def is_mobile(number: str) -> bool:
    """Tell whether an E.164 number takes text messages; an empty one does not."""
    return bool(number) and phonenumbers.number_type(_parsed(number)) in _MOBILE


def any_number(typed: str) -> str:
    """Return a mobile or fixed number as E.164. Raises NotAPhoneNumber."""
    return phonenumbers.format_number(_parsed(typed), PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """Write an E.164 number as people at home do: `138 0000 0001`; a foreign one keeps its country code."""
    parsed = _parsed(number)
    form = (
        PhoneNumberFormat.NATIONAL
        if phonenumbers.region_code_for_number(parsed) == HOME_REGION
        else PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, form)


def national(number: str) -> str:
    """Return the digits of an E.164 number as dialled at home: `13800000001`, `07008123456`."""
    parsed = _parsed(number)
    if phonenumbers.region_code_for_number(parsed) != HOME_REGION:
        return number
    return "".join(
        character for character in phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL) if character.isdigit()
    )


def spellings(number: str) -> tuple[str, ...]:
    """Return the spellings of an E.164 number in a text; blanks, hyphens and full-width digits are the masking's matter."""
    return (number, number.lstrip("+"), national(number), national(number).lstrip("0")) if number else ()


def _parsed(typed: str) -> phonenumbers.PhoneNumber:
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", typed), HOME_REGION)
    except NumberParseException as error:
        raise NotAPhoneNumber(typed) from error
    if not phonenumbers.is_valid_number(number):
        raise NotAPhoneNumber(typed)
    return number
