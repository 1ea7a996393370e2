from django.apps import AppConfig
from django.utils.module_loading import import_string


class HooksConfig(AppConfig):
    name = "hooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # It reads models, which are not there yet while this file is imported.
        rewrap = import_string("hooks.rewrapping.rewrap_secrets")
        import_string("reference.sealed.register_rewrap")("secrets of webhooks", rewrap)
