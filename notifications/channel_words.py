"""The channels in words for those who choose them, and their addresses as a screen may show them."""

import json
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from notifications.states import Kind
from reference.sealed import SealBroken
from reference.templatetags.look import icon_name

ICONS = {
    Kind.MAIL: icon_name("mail"),
    Kind.PUSH: icon_name("bell-ring"),
    Kind.SMS: icon_name("message-square"),
    Kind.WHATSAPP: icon_name("message-circle"),
    Kind.TELEGRAM: icon_name("send"),
    Kind.SIGNAL: icon_name("shield-check"),
    Kind.OTHER: icon_name("radio"),
}
# (the question, an example under it, what to know before one chooses it)
ASKED = {
    Kind.MAIL: (
        _("E-mail address"),
        _("Another one than that with which you sign in."),
        _("Reaches you where you read mail. Often too slow at night."),
    ),
    Kind.PUSH: (
        "",
        "",
        _("On this telephone or computer, also while the page is closed. Costs nothing."),
    ),
    Kind.SMS: (
        _("Mobile telephone"),
        _("With the code of the country, as +63 917 123 4567."),
        _("Works on any telephone and without data. One line without any names."),
    ),
    Kind.WHATSAPP: (
        _("Mobile telephone with WhatsApp"),
        _("With the code of the country, as +63 917 123 4567."),
        _("The company can read the line that is sent. It holds no names."),
    ),
    Kind.TELEGRAM: (
        _("Your number at Telegram"),
        _("Write to our bot there; it answers with your number."),
        _("The company can read the line that is sent. It holds no names."),
    ),
    Kind.SIGNAL: (
        _("Mobile telephone with Signal"),
        _("With the code of the country, as +63 917 123 4567."),
        _("Nobody on the way can read the line that is sent."),
    ),
    Kind.OTHER: (
        _("Address of the service"),
        _("As your administrator gave it to you."),
        _("A service of your office."),
    ),
}
MAKERS = {
    "googleapis.com": "Google",
    "mozilla.com": "Mozilla",
    "apple.com": "Apple",
    "windows.com": "Microsoft",
}
DOTS = "•••"


def asked(kind):
    """(icon, question, example, what to know) of a channel."""
    return ICONS[kind], *ASKED[kind]


def masked_of(endpoint):
    """The address of an endpoint as its owner may recognise it over a shoulder."""
    try:
        return masked(endpoint.kind, endpoint.open_address())
    except SealBroken:
        return _("cannot be read any more: remove it and add it again")


def masked(kind, address):
    """Enough to recognise it by, too little to use it."""
    if kind == Kind.PUSH:
        return masked_browser(address)
    if kind == Kind.MAIL:
        name, _at, domain = address.rpartition("@")
        return f"{name[:1]}{DOTS}@{domain}"
    if address.startswith("+"):
        return f"{address[:3]} {address[3:4]}•• {DOTS} {address[-4:]}"
    return f"{DOTS}{address[-3:]}" if len(address) > 5 else DOTS


def masked_browser(subscription):
    """Who carries the notices of this browser."""
    host = urlsplit(json.loads(subscription)["endpoint"]).hostname or ""
    return next((maker for end, maker in MAKERS.items() if host.endswith(end)), host)
