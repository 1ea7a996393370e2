import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ijm_cases.settings")

application = get_wsgi_application()

from ijm_cases.checks import refuse_to_serve  # noqa: E402  needs the settings that the line above has read

refuse_to_serve()
