from django.apps import AppConfig


class CasefilesConfig(AppConfig):
    name = "casefiles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from casefiles.sending import case_as_file  # noqa: PLC0415  the models are there only now
        from cases.files_out import register_writer  # noqa: PLC0415

        register_writer(case_as_file)
