from django.apps import AppConfig


class WiringConfig(AppConfig):
    """The commands and checks of the house as a whole; it has no tables."""

    name = "ijm_cases"

    def ready(self):
        from ijm_cases import checks  # noqa: F401, PLC0415  registers them
