"""Views as they should not be, for the tests of what stands in front of all views."""

from django.http import HttpResponse
from django.urls import include, path

from accounts.access import public, signed_in
from accounts.models import Office
from accounts.reauthentication import fresh
from ijm_cases import urls


@signed_in
def breaks(request):
    """Writes, and then falls over."""
    Office.objects.create(key="half", name="Half done", country="PH", currency="PHP", time_zone="Asia/Manila")
    raise RuntimeError


def says_nothing(request):
    return HttpResponse("I declare no need")


@public
def open_to_all(request):
    return HttpResponse("come in")


@signed_in
@fresh
def needs_a_fresh_word(request):
    return HttpResponse(f"{request.method} {request.POST.getlist('word')}")


urlpatterns = [
    path("fresh/", needs_a_fresh_word),
    path("breaks/", breaks),
    path("says-nothing/", says_nothing),
    path("open/", open_to_all),
    path("", include(urls.urlpatterns)),
]
