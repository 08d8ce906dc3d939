"""Telephone numbers: one spelling to keep (E.164), one mask to show."""

import phonenumbers

from loyalty.errors import NotAPhoneError


def normal(spelling: str, region: str = "RU") -> str:
    """The number as E.164. Telegram sends contacts with or without the plus.

    Raises NotAPhoneError: when it can't be a number of any country.
    """
    for candidate in (spelling, f"+{spelling}"):
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise NotAPhoneError


def masked(phone: str) -> str:
    """What others may see of a number: `…67-89`."""
    return f"…{phone[-4:-2]}-{phone[-2:]}"


def readable(phone: str) -> str:
    """The number as people write it: `+7 912 345-67-89`."""
    number = phonenumbers.parse(phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
