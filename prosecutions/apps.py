from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

from accounts.roles import Can
from cases.states import LegalStatus, Track


class ProsecutionsConfig(AppConfig):
    name = "prosecutions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # The registries and gates read models, which are not there yet while this file is imported.
        register_gate = import_string("cases.gates.register_gate")
        for gate in ("charges_without_an_outcome", "matters_before_a_court"):
            register_gate(Track.LEGAL, LegalStatus.CLOSED, import_string(f"prosecutions.gates.{gate}"))
        register_keys = import_string("cases.keys.register_keys")
        register_keys("accused", Can.VIEW_ACCUSED, self.accused_keys)
        register_keys("network", Can.VIEW_ACCUSED, self.network_keys)
        import_string("survivors.from_above.register_accused")(self.accused_in)
        import_string("survivors.from_above.register_secrets")(self.secrets_of)

    @staticmethod
    def accused_keys(case):
        """(key, words) of the accused of a case."""
        rows = apps.get_model("prosecutions", "Accused").objects.filter(case=case)
        return [(row.key, row.called) for row in rows.order_by("key")]

    @staticmethod
    def accused_in(case_ids):
        """(case, local key) of whoever is accused or suspected: they consent to nothing for a survivor."""
        rows = apps.get_model("prosecutions", "Accused").objects.filter(case__in=case_ids)
        return set(rows.exclude(standing="mentioned").values_list("case_id", "key"))

    @staticmethod
    def secrets_of(case):
        """Names of the accused, courts and dockets: no story for others holds them."""
        secret = import_string("survivors.from_above.Secret")
        for row in apps.get_model("prosecutions", "Accused").objects.filter(case=case).order_by("key"):
            yield from (secret("accused", row.code, name) for name in (row.name, *row.aliases))
            yield from (secret("place", row.code, place) for place in row.places)
        for row in apps.get_model("prosecutions", "Proceeding").objects.filter(case=case):
            yield secret("place", "", row.court)
            yield secret("number", "", row.docket)

    @staticmethod
    def network_keys(case):
        """(key, words) of the networks of a case."""
        rows = apps.get_model("prosecutions", "Network").objects.filter(case=case)
        return [(row.key, row.name) for row in rows.order_by("key")]
