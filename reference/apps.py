from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string


class ReferenceConfig(AppConfig):
    name = "reference"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import_string("reference.checks.sealing_keys_are_whole")
        rewrap = import_string("reference.second_factor.rewrap_all")
        import_string("reference.sealed.register_rewrap")("second factors", rewrap)
        # A web server runs no checks of Django's when it starts, and must not start without its keys either.
        if settings.SERVED:
            import_string("reference.sealed.ring")()
