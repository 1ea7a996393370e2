"""The link by which a new colleague chooses a password: works once, for a time."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions import digest_of
from accounts.models import Invitation


def link_of(invitation, token):
    """The address to mail. The token stands in it once; the page answers to a copy in the session."""
    return settings.SITE_URL + reverse("accounts:invitation-accept", args=[invitation.pk]) + f"?t={token}"


def invitation_for(pk, token, now):
    """The invitation of this link, if it still works."""
    return (
        Invitation.objects.open_at(now).filter(pk=pk, digest=digest_of(token)).select_related("user").first()
    )


def mail_invitation(person, link):
    """Mail the link; nothing else is said."""
    with translation.override(person.language):
        text = _("You have been given an account. Choose your password here: %(link)s") % {"link": link}
        send_mail(_("Your account"), text, None, [person.email])
