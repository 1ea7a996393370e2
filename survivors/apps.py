from django.apps import AppConfig


class SurvivorsConfig(AppConfig):
    name = "survivors"
    default_auto_field = "django.db.models.BigAutoField"
