from django.apps import AppConfig
from django.utils.module_loading import import_string


class CasesConfig(AppConfig):
    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # The keys read models, which are not there yet while this file is imported.
        import_string("reference.sealed_fields.register_keys")(import_string("cases.sealing.CaseKeys")())
        rewrap = import_string("cases.sealing.rewrap_keys")
        import_string("reference.sealed.register_rewrap")("data keys of cases", rewrap)
