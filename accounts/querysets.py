from django.contrib.auth.base_user import BaseUserManager
from django.db import models


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
