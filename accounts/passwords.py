"""What a password may be, beside what Django asks of it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotTooLong:
    """Hashing a very long one costs the server more than it protects anybody."""

    def validate(self, password, user=None):
        if len(password) > settings.PASSWORD_MAX_LENGTH:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self):
        return _("The password may have at most %(length)s characters.") % {
            "length": settings.PASSWORD_MAX_LENGTH
        }
