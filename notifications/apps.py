from django.apps import AppConfig
from django.utils.module_loading import import_string


class NotificationsConfig(AppConfig):
    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # The addresses read models, which are not there yet while this file is imported.
        rewrap = import_string("notifications.rewrapping.rewrap_addresses")
        import_string("reference.sealed.register_rewrap")("addresses of channels", rewrap)
