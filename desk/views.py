"""The pages that compose several apps: my day, search, and the page of a case."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.models import Case


@requires(Can.USE_DESK)
@require_safe
def home(request):
    return render(request, "desk/home.html")


@requires(Can.USE_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    return render(request, "desk/search.html")


@requires(Can.VIEW_CASE, of=Case)
@require_safe
def case_page(request, pk):
    case = get_object_or_404(Case.objects.for_list(), pk=pk)
    return render(request, "desk/case_page.html", {"case": case})
