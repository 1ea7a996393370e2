from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, sent
from exchange import actions
from exchange.htcds.dictionary import ENTITIES, OF_ENTITY
from exchange.htcds.forms import HtcdsAddForm
from exchange.htcds.profiles import KEPT
from exchange.htcds.tables import NOT_HELD
from exchange.kinds import pick_survivors
from exchange.models import Export
from exchange.views.exports import effects


@requires(Can.EXPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def htcds_add(request):
    """A file of the standard."""

    def act(**_answers):
        facts = form.facts()
        rows = pick_survivors(facts["filters"]).count()
        return actions.request_export(by=request.user, now=timezone.now(), rows=rows, **facts)

    form = HtcdsAddForm(sent(request), person=request.user)
    context = {
        "submit": _("Ask for the file"), "back": reverse("exchange:export-list"),
        "effects": [*effects(), *effects_of_standard()],
    }  # fmt: skip
    page = "exchange/htcds_add.html"
    return answer(request, form, act, done=Export.get_absolute_url, page=page, context=context)


def effects_of_standard():
    return [
        {
            "icon": "user-check",
            "text": _("Whoever did not agree is left out when the file leaves us, and counted by reason."),
        },
        {
            "icon": "user-x",
            "text": _("Accused people are named to courts and agencies only; nobody acquitted is in it."),
        },
    ]


@requires(Can.EXPORT_DATA)
@require_safe
def htcds_fields(request):
    """The standard as we fill it: each of the 84 fields, and whether it leaves without names."""
    entities = [
        {
            "title": title,
            "prefix": prefix,
            "fields": [
                {"field": field, "kept": field.name in KEPT, "why": NOT_HELD.get(field.name, "")}
                for field in OF_ENTITY[prefix]
            ],
        }
        for prefix, title in ENTITIES.items()
    ]
    return render(request, "exchange/htcds_fields.html", {"entities": entities})
