"""The script with which a browser shows notices; from the root, so that it may open any page of ours."""

from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import public


@cache
def script():
    return (settings.BASE_DIR / "static" / "push-worker.js").read_bytes()


@public
@require_safe
def push_worker(request):
    """The same for everybody; the browser asks for it again by itself and must get the newest."""
    answer = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer
