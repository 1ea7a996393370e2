from django.apps import AppConfig
from django.utils.module_loading import import_string

from cases.states import AftercareStatus, Track


class AftercareConfig(AppConfig):
    name = "aftercare"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Gates read models, which are not there yet while this file is imported.
        gate = import_string("aftercare.gates.unfinished_care")
        import_string("cases.gates.register_gate")(Track.AFTERCARE, AftercareStatus.CLOSED, gate)
