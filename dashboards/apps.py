from django.apps import AppConfig
from django.utils.module_loading import import_string

from accounts.roles import Can
from survivors.panels import register_panel


class DashboardsConfig(AppConfig):
    name = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Reads models, which are not there yet while this file is imported.
        looked_at = import_string("dashboards.looked.looked_at")
        register_panel("trail", Can.VIEW_SURVIVOR_TRAIL, looked_at, "dashboards/_survivor_trail.html")
