"""The product with one page more, `hello`; for `manage.py bench` alone."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "desk.benchmarks"
application = get_wsgi_application()
