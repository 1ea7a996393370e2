"""E-mail by SMTP. What leaves: an alias, a code, a count, a time and a link. Nothing of any case."""

import contextlib
import logging
import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from notifications.channels.channel import BadAddress, Channel, Handed, Outgoing
from notifications.channels.texts import written
from notifications.states import Kind, Outcome

logger = logging.getLogger(__name__)


class Mail(Channel):
    """One message to one address, under a number of its own that stays however often it is sent."""

    kind = Kind.MAIL

    def ready(self) -> bool:
        return True

    def normal(self, address: str) -> str:
        """Nobody has two addresses that differ by capitals alone."""
        address = address.strip().lower()
        try:
            validate_email(address)
        except ValidationError as wrong:
            raise BadAddress(_("This is not an e-mail address.")) from wrong
        return address

    def hand_over(self, outgoing: Outgoing) -> Handed:
        try:
            message = compose(outgoing)
        except Exception as broken:  # nothing has left the house: what is put right is sent by itself
            logger.error("mail could not be written: %s", type(broken).__name__)
            return Handed(Outcome.TEMPORARY, type(broken).__name__)
        try:
            line = message.get_connection().__enter__()
        except (OSError, smtplib.SMTPException) as broken:  # nobody has been told anything yet
            return Handed(Outcome.TEMPORARY, type(broken).__name__)
        try:
            line.send_messages([message])
        except (OSError, smtplib.SMTPException) as broken:
            return what_broke(broken)
        finally:
            with contextlib.suppress(OSError, smtplib.SMTPException):  # how they part changes nothing
                line.close()
        return Handed(Outcome.ACCEPTED)


def what_broke(broken):
    """A refusal is for good or for now; a line that broke in the middle leaves us without knowledge."""
    name = type(broken).__name__
    if isinstance(broken, smtplib.SMTPRecipientsRefused):
        outcome = refused(broken)
        return Handed(outcome, name, dead=outcome is Outcome.PERMANENT)
    if isinstance(broken, smtplib.SMTPResponseException):
        return Handed(by_code(broken.smtp_code), name)
    if isinstance(broken, (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError)):
        return Handed(Outcome.UNKNOWN, name)
    return Handed(Outcome.TEMPORARY, name)


def compose(outgoing):
    """The mail in the language of the person who gets it."""
    subject, body = written(outgoing, "mail")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{outgoing.message}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        subject, body + "\n", settings.DEFAULT_FROM_EMAIL, [outgoing.address], headers=headers
    )


def refused(refusal):
    """Refused for good only when every address was."""
    codes = [code for code, _words in refusal.recipients.values()]
    return Outcome.PERMANENT if all(code >= 500 for code in codes) else Outcome.TEMPORARY


def by_code(code):
    return Outcome.PERMANENT if code >= 500 else Outcome.TEMPORARY
