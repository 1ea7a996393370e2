"""The secrets of second factors lie in the database sealed with the master keys."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from reference.sealed import rewrap, unwrap, wrap

ABOUT = "allauth.mfa.Authenticator"
SECRETS = {
    Authenticator.Type.TOTP: ("secret",),
    Authenticator.Type.RECOVERY_CODES: ("seed", "migrated_codes"),
}


class Adapter(DefaultMFAAdapter):
    """Sealed secrets, and nobody without a factor."""

    def encrypt(self, text):
        return b64encode(wrap(text.encode(), ABOUT)).decode()

    def decrypt(self, encrypted_text):
        return unwrap(b64decode(encrypted_text), ABOUT).decode()

    def can_delete_authenticator(self, authenticator):
        """The last factor stays: without one the person would be outside at once."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user, type):  # noqa: A002  allauth's own name
        """What a new passkey is called until she calls it something else."""
        taken = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": taken + 1}

    def _get_site_name(self):
        return settings.MFA_TOTP_ISSUER


def rewrap_all():
    """Every secret of a second factor under the master key in use; how many had another."""
    changed = 0
    for factor in Authenticator.objects.filter(type__in=SECRETS).iterator():
        fresh = {name: renewed(factor.data[name]) for name in SECRETS[factor.type] if name in factor.data}
        if any(factor.data[name] != value for name, value in fresh.items()):
            factor.data = {**factor.data, **fresh}
            factor.save(update_fields=["data"])
            changed += 1
    return changed


def renewed(value):
    if isinstance(value, list):
        return [renewed(each) for each in value]
    return b64encode(rewrap(b64decode(value), ABOUT)).decode()
