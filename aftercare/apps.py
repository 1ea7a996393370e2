from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

from accounts.roles import Can
from aftercare.states import PaperKind
from cases.states import AftercareStatus, Track
from survivors.panels import register_panel
from survivors.states import Exploitation, Gender


class AftercareConfig(AppConfig):
    name = "aftercare"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Gates read models, which are not there yet while this file is imported.
        for judge in ("unfinished_care", "closing_without_approval"):
            gate = import_string(f"aftercare.gates.{judge}")
            import_string("cases.gates.register_gate")(Track.AFTERCARE, AftercareStatus.CLOSED, gate)
        import_string("cases.circles.register_need")("aftercare.", Can.VIEW_AFTERCARE)
        import_string("cases.circles.register_circle")("aftercare.TherapyNote", self.known_notes)
        rewrap = import_string("aftercare.rewrapping.rewrap_addresses")
        import_string("reference.sealed.register_rewrap")("addresses of homes", rewrap)
        lend_words = import_string("law.whom.lend_words")
        lend_words("papers", PaperKind.choices)
        lend_words("gender", Gender.choices)
        lend_words("exploitation", Exploitation.choices)
        rewrap = import_string("aftercare.rewrapping.rewrap_addresses")
        import_string("reference.sealed.register_rewrap")("addresses of homes", rewrap)
        summary = import_string("aftercare.panels.summary_of")
        import_string("survivors.from_above.register_resting")(
            import_string("aftercare.referring.resting_on"), self.end_referrals
        )
        register_panel("aftercare", Can.VIEW_AFTERCARE, summary, "aftercare/_summary.html")

    @staticmethod
    def end_referrals(consent, *, by, now):
        """A consent has ended: the referrals that rest on it end or are to be told."""
        return import_string("aftercare.actions.referrals.end_with")(consent, by=by, now=now)

    @staticmethod
    def known_notes(case):
        """Notes of therapy, for those who may know that there are any."""
        return apps.get_model("aftercare", "TherapyNote").objects.filter(case=case)
