"""How allauth behaves here: accounts are made by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from django.utils import timezone

from accounts import actions
from accounts.backends import came_under_duress
from accounts.models import SignIn, User
from accounts.reauthentication import is_fresh
from accounts.scope import become
from accounts.session_store import DEVICE
from audit.actions import record_apart

# What a browser says of itself, and what we call it; the first that is found counts.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


class Adapter(DefaultAccountAdapter):
    """No sign-up; system principals and people who left cannot sign in."""

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Nothing: wrong passwords are counted by axes, on account and address together. Allauth would count
        them on the account alone, and any stranger could lock a colleague out."""

    def authentication_failed(self, request, **credentials):
        """A wrong password is written down with the account it was for, and never what was typed."""
        super().authentication_failed(request, **credentials)
        typed = str(credentials.get("email") or "").lower()
        tried = User.objects.filter(email=typed, principal="").values_list("pk", flat=True).first()
        record_apart(
            "signin.fail", by=None, subject=User._meta.label, subject_id=str(tried or ""), step="password"
        )

    def pre_login(self, request, user, **kwargs):
        if user.principal:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user):
        super().login(request, user)
        request.session[DEVICE] = device_of(request.META.get("HTTP_USER_AGENT", ""))

    def post_login(self, request, user, **kwargs):
        become(user)  # nobody was looking until now, and nobody may record anything
        # The worker tells her leads, so that this takes no longer than any other sign-in.
        actions.enter(user, forced=came_under_duress(request), now=timezone.now())
        SignIn.objects.filter(expire_date__lt=timezone.now()).delete()
        return super().post_login(request, user, **kwargs)

    def send_password_reset_mail(self, user, email, context):
        """Whoever was invited and has no password yet has a link that runs out; this one would not."""
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)

    def set_password(self, user, password):
        """A new password ends every other sign-in at once."""
        super().set_password(user, password)
        here = context.request.session.session_key
        become(user)
        actions.end_sign_ins(user.pk, by=user, now=timezone.now(), but=here or "")

    def is_reauthentication_required(self, *, app):
        """Allauth's own pages ask as ours do: a sign-in of a moment ago counts too."""
        return not is_fresh(context.request)

    def reauthenticate(self, user, password):
        """By the address of the account itself: allauth's own table of addresses is not used here."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk


def device_of(agent):
    """Firefox, Windows: enough to know one's own device again, and no more."""
    known = (next((name for mark, name in of if mark in agent), "") for of in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, known))


def come_in(request, person):
    """Sign somebody in who has just chosen her password by a link; the gate asks for the second factor."""
    get_adapter().login(request, person)
    record_authentication(request, person, method="password")
    actions.enter(person, forced=False, now=timezone.now())
