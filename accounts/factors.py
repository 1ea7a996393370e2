"""Forms of the second factor: a code works once, a passkey may stand for the password too."""

import hashlib

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.webauthn import forms as webauthn
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from audit.actions import record_apart

# A code is taken from one step before to one step after its own; for that long it must not come again.
CODE_LIVES_SECONDS = 120
DEMO_ADDRESS = "@demo.example"


class OnceMixin:
    """A code that somebody looked at over a shoulder is worth nothing once it was used."""

    step = "code"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs.update(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w-short"}
        )
        self.fields["code"].widget.attrs.pop("placeholder", None)

    def add_error(self, field, error):
        """A wrong code is written down with the account it was for, and never what was typed."""
        super().add_error(field, error)
        if field == "code" and error.code != "required":
            record_apart(
                "signin.fail", by=None, subject=self.user._meta.label, subject_id=str(self.user.pk),
                step=self.step,
            )  # fmt: skip

    def clean_code(self):
        # The secrets of the demonstration are printed for everybody; scripts sign in twice in half a minute.
        demo = settings.EMBEDDED and self.user.email.endswith(DEMO_ADDRESS)
        if demo:
            typed = normalize_user_code(self.cleaned_data["code"])
            cache.delete(f"allauth.mfa.totp.used?user={self.user.pk}&code={typed}")
        code = super().clean_code()
        if demo:
            return code
        used = hashlib.sha256(f"{self.user.pk}:{code}".encode()).hexdigest()
        if not cache.add(f"code-used:{used}", 1, timeout=CODE_LIVES_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnceMixin, base.AuthenticateForm):
    """The code at the door."""


class ReauthenticateForm(OnceMixin, base.ReauthenticateForm):
    """The code when it is asked again."""

    step = "code again"


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A passkey, which may be enough by itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
        self.fields["passwordless"].label = _("Let me sign in with it alone, without my password")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _("The device then asks for your finger, face or PIN.")
