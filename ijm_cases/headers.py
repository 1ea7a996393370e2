"""What every answer carries, whoever made it, and requests that other sites send in a visitor's name."""

from django.http import HttpResponseForbidden
from django.utils.translation import gettext as _

# What an answer has unless the view, or a middleware nearer to it, said something else.
EVERYWHERE = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store, private",  # static files say for themselves how long they may be kept
}
OURS = {"same-origin", "none"}  # none: the person typed the address or opened a bookmark


class EverywhereMiddleware:
    """The first of all: static files, redirects and errors get the same headers as pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in EVERYWHERE.items():
            response.setdefault(name, value)
        return response


class OtherSitesMiddleware:
    """Another site may link to a page and do nothing else: neither send, nor embed, nor fetch.

    Browsers say in Sec-Fetch-Site where a request comes from, and no script can change it. Programs that
    are no browsers say nothing and are let through: they have no visitor whose session they could use.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.headers.get("Sec-Fetch-Site", "none") in OURS or followed_a_link(request):
            return self.get_response(request)
        return HttpResponseForbidden(
            _("This was sent from another site, so it was refused."), content_type="text/plain; charset=utf-8"
        )


def followed_a_link(request):
    """A person pressed a link elsewhere, in a mail for instance, and it opens as a page of its own."""
    return (
        request.method in ("GET", "HEAD")
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    )
