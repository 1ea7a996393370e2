from django.apps import AppConfig

from reference.sealed import register_rewrap


class ExchangeConfig(AppConfig):
    name = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from exchange.rewrapping import rewrap_batches, rewrap_exports  # noqa: PLC0415  the models are there only now

        register_rewrap("exports", rewrap_exports)
        register_rewrap("batches", rewrap_batches)
