from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, case_or_404, inside, sent
from cases.models import Case
from exchange import actions, forms, forms_keys
from exchange.models import Export, OfficeKey
from exchange.states import ExportKind
from exchange.views.exports import effects
from prosecutions.models import Accused
from survivors.models import Survivor


@requires(Can.EXPORT_DATA, of=Case)
@require_http_methods(["GET", "POST"])
@fresh
def case_file_add(request, pk):
    """Ask for a whole case as a file; a second person always says yes first."""
    case = case_or_404(pk)
    people = sum(model.objects.filter(case=case).count() for model in (Survivor, Accused))

    def act(**_answers):
        return actions.request_export(
            by=request.user, now=timezone.now(), kind=ExportKind.CASE_FILE, rows=people, case_id=case.pk,
            **form.facts(),
        )  # fmt: skip

    form = forms_keys.CaseFileAddForm(sent(request))
    context = inside(case, "team", submit=_("Ask for the case file"), effects=whole_case_effects())
    page = "exchange/case_file_add.html"
    return answer(request, form, act, done=Export.get_absolute_url, page=page, context=context)


def whole_case_effects():
    """What follows, before anybody presses the button."""
    return [
        {"icon": "users", "text": _("A second person must say yes first: it is the whole story of a case.")},
        {
            "icon": "shield",
            "text": _(
                "Names, numbers, addresses and texts of therapy never stand in it; titles and notes do."
            ),
        },
        {
            "icon": "eye",
            "text": _(
                "For another organisation, days of birth become years, and whoever did not agree is left out."
            ),
        },
        *(line for line in effects() if line["icon"] not in ("users",)),
    ]


@requires(Can.EXPORT_DATA)
@require_safe
def key_list(request):
    """Offices that files can be sealed for, and the keys that still wait to be compared."""
    keys = OfficeKey.objects.select_related("added_by", "checked_by", "ended_by").order_by("name", "added_at")
    context = {
        "waiting": [key for key in keys if not key.checked_at and not key.ended_at],
        "live": [key for key in keys if key.checked_at and not key.ended_at],
        "over": [key for key in keys if key.ended_at],
        "back": reverse("exchange:export-list"),
    }
    return render(request, "exchange/key_list.html", context)


@requires(Can.EXPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def key_add(request):
    form = forms_keys.KeyAddForm(sent(request))

    def act(**answers):
        return actions.add_key(by=request.user, now=timezone.now(), **answers)

    context = {"submit": _("Add the key"), "back": reverse("exchange:key-list")}
    page = "exchange/key_add.html"
    return answer(request, form, act, done=OfficeKey.get_absolute_url, page=page, context=context)


@requires(Can.EXPORT_DATA, of=OfficeKey)
@require_http_methods(["GET", "POST"])
@fresh
def key_check(request, pk):
    return decide(request, pk, actions.check_key, _("It is the same"), "exchange/key_check.html")


@requires(Can.EXPORT_DATA, of=OfficeKey)
@require_http_methods(["GET", "POST"])
def key_end(request, pk):
    return decide(request, pk, actions.end_key, _("Use it no more"), "exchange/key_end.html")


def decide(request, pk, action, submit, page):
    """A page that asks once more before something happens to a key."""
    key = get_object_or_404(OfficeKey.objects.select_related("added_by"), pk=pk)
    form = forms.ConfirmForm(sent(request))
    context = {"key": key, "submit": submit, "back": reverse("exchange:key-list")}

    def act():
        return action(pk, by=request.user, now=timezone.now())

    return answer(request, form, act, done=OfficeKey.get_absolute_url, page=page, context=context)
