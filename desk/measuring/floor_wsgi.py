"""The floor: the least Django that answers the same questions, for `manage.py bench` alone.

Session and person, nothing else: neither permissions nor audit, headers nor languages. It signs in as the
superuser of the embedded server, past the second lock.
"""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from ijm_cases.settings import database

settings.DATABASES["default"].update(database(os.environ["FLOOR_DATABASE_URL"]))
# Without triggers: those of the product want to know who is looking.
options = settings.DATABASES["default"].setdefault("OPTIONS", {})
options["options"] = f"{options.get('options', '')} -c session_replication_role=replica".strip()
django.setup()
settings.ROOT_URLCONF = "desk.measuring.floor"
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = WSGIHandler()
