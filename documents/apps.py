from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from documents.keys import rewrap_all  # noqa: PLC0415  models are there only now
        from reference.sealed import register_rewrap  # noqa: PLC0415

        register_rewrap("documents", rewrap_all)
