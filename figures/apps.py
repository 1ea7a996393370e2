from django.apps import AppConfig

from audit.sealing import MORE_TO_SEAL


class FiguresConfig(AppConfig):
    name = "figures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from figures.months_seal import seal_month  # noqa: PLC0415  the models are there only now

        MORE_TO_SEAL.append(seal_month)
