from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

from accounts.roles import Can
from cases.circles import register_circle
from cases.keys import register_codes, register_keys


class OperationsConfig(AppConfig):
    name = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register_keys("venue", Can.VIEW_OPERATION, self.venue_keys)
        register_codes("operations.Operation", self.operation_codes)
        register_circle("operations.Operation", self.known_operations)
        register_circle("operations.Headcount", self.known_headcounts)
        # The names read models, which are not there yet while this file is imported.
        rewrap = import_string("operations.rewrapping.rewrap_names")
        import_string("reference.sealed.register_rewrap")("names in lookouts", rewrap)

    @staticmethod
    def venue_keys(case):
        """(key, words) of the places of a case."""
        rows = apps.get_model("operations", "Venue").objects.filter(case=case)
        return [(row.key, row.name or row.get_kind_display()) for row in rows.order_by("key")]

    @staticmethod
    def known_operations(case):
        """What was carried out, and the plans on which the viewer is named."""
        return apps.get_model("operations", "Operation").objects.filter(case=case)

    @staticmethod
    def known_headcounts(case):
        """Those that hang from no plan that the viewer may not know of."""
        return apps.get_model("operations", "Headcount").objects.filter(case=case)

    @staticmethod
    def operation_codes(ids):
        """{id: o1} for the trail."""
        rows = apps.get_model("operations", "Operation").objects.filter(pk__in=ids)
        return {str(pk): key for pk, key in rows.values_list("pk", "key")}
