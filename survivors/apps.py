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
        # Before the apps above: they make tasks of what is called back here.
        import_string("survivors.from_above.register_resting")(self.stories_on, self.recall_stories)
        # Gates read models, which are not there yet while this file is imported.
        register_gate = import_string("cases.gates.register_gate")
        for status, judge in GATES:
            register_gate(Track.LEGAL, status, import_string(f"survivors.gates.{judge}"))

    @staticmethod
    def stories_on(consents):
        """Stories that were approved under these consents."""
        return import_string("survivors.telling.stories_on")(consents)

    @staticmethod
    def recall_stories(consent, *, by, now):
        """A consent has ended: the stories that rest on it are called back."""
        import_string("survivors.actions.stories.recall_with")(consent, by=by, now=now)

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
