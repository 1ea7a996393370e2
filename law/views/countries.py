from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from law import actions
from law.forms import CountryEditForm, CountryFilterForm
from law.models import Jurisdiction, Revision
from law.showing import changes_of
from law.tables import BY_SLUG, TABLES
from law.views.writing import answer

BAIL = "bail"


def of_country(country):
    """The country of the address, whatever the capitals."""
    return get_object_or_404(Jurisdiction, pk=country.upper())


def page_of(country):
    return reverse("law:country-detail", args=[country.pk])


@requires(Can.USE_DESK)
@require_safe
def country_list(request):
    countries = Jurisdiction.objects.order_by("name", "pk")
    mine = {membership.office.country for membership in request.user.held if membership.office}
    rows = sorted(countries, key=lambda row: (row.pk not in mine, row.pk == "ZZ", row.name))
    return render(request, "law/country_list.html", {"rows": rows, "mine": mine})


@requires(Can.USE_DESK)
@require_safe
def country_detail(request, country):
    place = of_country(country)
    form = CountryFilterForm(request.GET)
    form.is_valid()
    asked = {"text": "", "on": None, "part": "", **getattr(form, "cleaned_data", {})}
    part = asked["part"] or ("reasons" if place.pk == "ZZ" else "offences")
    table = BY_SLUG.get(part)
    if table is None and part != BAIL:
        raise Http404
    rows = []
    if table is not None:
        rows = table.search(table.rows(place.pk), asked["text"])
        rows = list(rows.in_force(asked["on"]) if asked["on"] else rows)
    context = {
        "place": place,
        "table": table,
        "rows": rows,
        "form": form,
        "asked": asked,
        "tabs": tabs_of(place, part),
        "day": asked["on"] or timezone.localdate(),
        "may_edit": request.user.can(Can.MANAGE_LAW),
        "clear": f"{page_of(place)}?part={part}",
        "crumbs": [(_("Law"), reverse("law:country-list")), (place.name, None)],
    }
    return render(request, "law/country_detail.html", context)


def tabs_of(place, part):
    """One tab for each table that has rows, and one for the rules of bail."""
    counts = [(table.slug, table.label, table.model.objects.of_country(place.pk).count()) for table in TABLES]
    counts.append((BAIL, _("Bail rules"), len(place.bail_rules)))
    return [
        {"url": f"{page_of(place)}?part={slug}", "label": label, "count": count, "active": slug == part}
        for slug, label, count in counts
        if count or slug == part
    ]


@requires(Can.MANAGE_LAW)
@require_http_methods(["GET", "POST"])
def country_edit(request, country):
    place = of_country(country)
    initial = {"bail_rules": "\n".join(place.bail_rules), "note": place.note, "version": place.version}
    form = CountryEditForm(request.POST if request.method == "POST" else None, initial=initial)

    def edit(**facts):
        return actions.edit_country(place.pk, **facts)

    revisions = Revision.objects.filter(table="jurisdiction", entry_id=place.pk).select_related("by")
    changes = [(row, changes_of(row, Jurisdiction)) for row in revisions.order_by("-made_at", "pk")[:20]]
    context = {"place": place, "cancel": page_of(place), "revisions": changes}
    return answer(request, form, edit, done=page_of, page="law/country_edit.html", context=context)
