"""How every endpoint is described; imported by the settings of the API, so below everything here."""

from drf_spectacular.openapi import AutoSchema

from api.errors import refusals


class Described(AutoSchema):
    """Names the refusals of reading too; acts name theirs where they stand."""

    def get_response_serializers(self):
        said = super().get_response_serializers()
        if isinstance(said, dict):
            return said
        return {200: said, **refusals(*((400,) if self._is_list_view(said) else (404,)), 401, 403, 429)}
