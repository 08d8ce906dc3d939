"""Telephone numbers: one spelling to keep (E.164), one to read."""

import phonenumbers

from loyalty.errors import NotAPhoneError


def normal(spelling: str, region: str = "RU") -> str:
    """The number as people at a Russian desk type it, brought to E.164.

    Raises NotAPhoneError: when it can't be a number.
    """
    return _e164(spelling, region)


def from_telegram(spelling: str) -> str:
    """A contact's number, brought to E.164: always international, often without its plus.

    Raises NotAPhoneError: when it can't be a number of any country.
    """
    return _e164("+" + spelling.lstrip("+"), None)


def _e164(spelling: str, region: str | None) -> str:
    try:
        number = phonenumbers.parse(spelling, region)
    except phonenumbers.NumberParseException as wrong:
        raise NotAPhoneError from wrong
    if not phonenumbers.is_possible_number(number):
        raise NotAPhoneError
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable(phone: str) -> str:
    """The number as people write it: `+7 912 345-67-89`."""
    number = phonenumbers.parse(phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
