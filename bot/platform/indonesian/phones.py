"""Phone numbers (and e-wallets, which are phone numbers)."""

import re

import phonenumbers

_REGION = "ID"
_ONLY_A_NUMBER = re.compile(r"\+?[0-9() .\-]+")


def normalise_phone(value: str | int | None) -> str | None:
    """`0812-3456-7890`, `62812...` and `+62 812-...` are all `+6281234567890` (E.164).

    None when it is no valid number, so that a text can be asked "are you a phone?". A number cell that lost its
    leading zero is understood. Numbers of other countries need their +.
    """
    text = "" if value is None else str(value).strip()
    # phonenumbers reads letters as keys and drops what follows a number: "0812... a.n. Rara" would become another one.
    if len(text) > 30 or not _ONLY_A_NUMBER.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def format_phone(e164: str) -> str:
    """A normalised number as people dial it: `0812-3456-7890`; numbers of other countries with their +.

    Text that is not a normalised number comes back as it is.
    """
    if normalise_phone(e164) != e164:
        return e164
    number = phonenumbers.parse(e164, _REGION)
    domestic = number.country_code == phonenumbers.country_code_for_region(_REGION)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if domestic else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)
