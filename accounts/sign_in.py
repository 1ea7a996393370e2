"""How allauth behaves here: accounts are made by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context

from accounts.reauthentication import is_fresh


class Adapter(DefaultAccountAdapter):
    """No sign-up; system principals and people who left cannot sign in."""

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        if user.principal:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app):
        """Allauth's own pages ask as ours do: a sign-in of a moment ago counts too."""
        return not is_fresh(context.request)

    def reauthenticate(self, user, password):
        """By the address of the account itself: allauth's own table of addresses is not used here."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk
