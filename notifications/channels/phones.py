"""Telephone numbers as they are kept and compared: E.164."""

import re

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberType

from notifications.channels.channel import BadAddress

NO_TEXTS = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PAGER,
    PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
}


def normal_number(typed: str) -> str:
    """+639171234567 from whatever way it was typed, as long as the country is named."""
    text = re.sub(r"^\s*00", "+", typed.strip())
    if not text.startswith("+"):
        raise BadAddress(_("Begin with + and the code of the country, for example +63 917 123 4567."))
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        raise BadAddress(_("This is not a telephone number.")) from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise BadAddress(_("There is no such number in that country. Look at each digit once more."))
    if phonenumbers.number_type(number) in NO_TEXTS:
        raise BadAddress(_("This line takes no messages. Give the number of a mobile telephone."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
