"""How allauth behaves here: accounts are made by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """No sign-up; system principals and people who left cannot sign in."""

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        if user.principal:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)
