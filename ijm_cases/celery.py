import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ijm_cases.settings")

app = Celery("ijm_cases")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
