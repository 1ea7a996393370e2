from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import F, Func


class UserManager(BaseUserManager):
    """People sign in by mail address."""

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class InvitationQuerySet(models.QuerySet):
    def open_at(self, now):
        """Those whose link still works."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now, user__is_active=True)


class DutyQuerySet(models.QuerySet):
    def current(self):
        """Duties of today, by the calendar of each office."""
        today = Func(F("office__time_zone"), function="app_today_in", output_field=models.DateField())
        return self.filter(days__contains=today)


class AwayQuerySet(models.QuerySet):
    def current(self):
        """Those that hold at this moment, by the clock of the database."""
        now = Func(function="app_now", output_field=models.DateTimeField())
        return self.filter(ended_at=None, starts_at__lte=now, until__gt=now)

    def overlapping(self, starts_at, until):
        """Those that hold on some moment of a period."""
        return self.filter(ended_at=None, starts_at__lt=until, until__gt=starts_at)


def factors_of(user_id):
    """The second factors of a person: passkeys, and the app that shows codes."""
    return Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
