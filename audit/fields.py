from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast


class KeptJSONField(models.JSONField):
    """JSON whose text stays as it was written, so that a hash over it can be made again."""

    def db_type(self, connection):
        return "json"

    def from_db_value(self, value, expression, connection):
        """The driver has read the text already, unlike that of a column of the binary kind."""
        return value

    def get_transform(self, name):
        """Look into it as into the binary kind, which alone can be compared."""
        if transform := models.Field.get_transform(self, name):
            return transform
        return lambda lhs: KeyTransform(name, Cast(lhs, models.JSONField()))
