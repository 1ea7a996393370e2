"""Who may come in: the token, its pace, and the verb of the act."""

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.throttling import SimpleRateThrottle

from api.actions import digest_of
from api.models import ApiToken


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token ...`. A session opens nothing here, so no form of another site can act."""

    def authenticate(self, request):
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"token":
            return None
        if len(words) != 2:
            raise exceptions.AuthenticationFailed(_("Send the header as: Authorization: Token <key>."))
        tokens = ApiToken.objects.select_related("user").filter(revoked_at=None)
        token = tokens.filter(digest=digest_of(words[1].decode("latin-1"))).first()
        if token is None or not token.user.is_active or token.user.principal:
            raise exceptions.AuthenticationFailed(_("This token is not valid."))
        today = timezone.now().date()
        if token.last_used_on != today:
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        return token.user, token

    def authenticate_header(self, request):
        return 'Token realm="api"'


class TokenThrottle(SimpleRateThrottle):
    """So many requests a minute for each token."""

    cache = caches["redis"]  # the default one lies in the database
    scope = "token"

    def get_rate(self):
        return settings.API_RATE

    def get_cache_key(self, request, view):
        return f"api-rate-{request.auth.pk}" if request.auth else None


class NeedsVerb(BasePermission):
    """The person holds the verb of the act. Outside the need to know the record is not there."""

    def has_permission(self, request, view):
        if not request.user.is_authenticated:
            return False
        if request.user.can(view.need()):
            if "pk" in view.kwargs and not request.user.agrees_on(view.need()):
                return request.user.can_on(view.need(), view.get_object().office_id)
            return True
        if "pk" in view.kwargs:
            view.get_object()
        return False
