from django.apps import AppConfig
from django.utils.module_loading import import_string


class ApiConfig(AppConfig):
    name = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_string("hooks.telling.register_records")(import_string("api.telling.nouns"))
