"""The description of the API, for whoever holds a token."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView

from accounts.roles import Can
from api.base import ScopedView
from api.doors import NeedsVerb


class SchemaView(ScopedView, SpectacularAPIView):
    """OpenAPI 3 of everything under /api/v1/."""

    needs = {"list": Can.USE_DESK}
    permission_classes = [NeedsVerb]


class TokenScheme(OpenApiAuthenticationExtension):
    """How the description names our sign-in."""

    target_class = "api.doors.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token ` and the key that `manage.py api_token` printed",
        }
