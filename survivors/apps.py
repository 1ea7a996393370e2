from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

from accounts.roles import Can
from cases.keys import register_codes, register_keys
from cases.states import LegalStatus, Track

GATES = (
    (LegalStatus.RELIEF, "relief_without_approval"),
    (LegalStatus.PRE_TRIAL, "prosecution_without_consent"),
    (LegalStatus.PRE_TRIAL, "prosecution_without_risk_note"),
    (LegalStatus.TRIAL, "prosecution_without_consent"),
    (LegalStatus.TRIAL, "prosecution_without_risk_note"),
)


class SurvivorsConfig(AppConfig):
    name = "survivors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register_keys("survivor", Can.VIEW_SURVIVOR, self.survivor_keys)
        register_codes("survivors.Survivor", self.survivor_codes)
        # Gates read models, which are not there yet while this file is imported.
        register_gate = import_string("cases.gates.register_gate")
        for status, judge in GATES:
            register_gate(Track.LEGAL, status, import_string(f"survivors.gates.{judge}"))

    @staticmethod
    def survivor_keys(case):
        """(key, what staff call the person) of the survivors of a case."""
        rows = apps.get_model("survivors", "Survivor").objects.filter(case=case)
        return [(row.key, row.called) for row in rows.order_by("key")]

    @staticmethod
    def survivor_codes(ids):
        """{id: S-1}: the trail names survivors by code alone."""
        rows = apps.get_model("survivors", "Survivor").objects.filter(pk__in=ids)
        return {str(row.pk): row.code for row in rows}
