"""The map of the site with one page more that does nothing: what the others are compared with."""

from django.http import HttpResponse
from django.urls import path

from accounts.access import signed_in
from ijm_cases import urls


@signed_in
def hello(request):
    """The least that a signed-in request costs: session, person, the one transaction."""
    return HttpResponse(f"hello {request.user.pk}")


urlpatterns = [path("hello/", hello, name="hello"), *urls.urlpatterns]
