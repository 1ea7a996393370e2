from django.apps import AppConfig
from django.utils.module_loading import import_string

from accounts.roles import Can
from survivors.panels import register_panel


class RightsConfig(AppConfig):
    name = "rights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Reads models, which are not there yet while this file is imported.
        summary = import_string("rights.panels.summary_of")
        register_panel("rights", Can.WRITE_SURVIVOR, summary, "rights/_summary.html")
        import_string("cases.circles.register_need")("rights.", Can.WRITE_SURVIVOR)
