from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from law import actions
from law.forms import EntryAddForm, EntryEditForm, EntryRenewForm
from law.models import Revision
from law.showing import changes_of, facts_of_row
from law.tables import BY_MODEL, BY_SLUG
from law.views.countries import of_country, page_of
from law.views.writing import answer


def table_of(slug):
    """The table of the address."""
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def the_entry(table, pk):
    """The row of the address with its country."""
    return get_object_or_404(table.joined(table.model.objects.select_related("jurisdiction")), pk=pk)


def page_of_entry(row):
    """The address of a row's page."""
    return reverse("law:entry-detail", args=[BY_MODEL[type(row)].slug, row.pk])


def part_of(place, table):
    return f"{page_of(place)}?part={table.slug}"


def crumbs_of(place, table, last=None):
    """The way back from a row."""
    way = [(_("Law"), reverse("law:country-list")), (place.name, page_of(place))]
    return [*way, (table.label, part_of(place, table)), (last, None)] if last else way


@requires(Can.USE_DESK)
@require_safe
def entry_detail(request, table, pk):
    table = table_of(table)
    row = the_entry(table, pk)
    versions = table.joined(table.model.objects.of_country(row.jurisdiction_id).filter(code=row.code))
    revisions = Revision.objects.filter(table=row._meta.model_name, entry_id=str(row.pk)).select_related("by")
    context = {
        "row": row,
        "table": table,
        "facts": facts_of_row(row, [name for name in table.fields if name not in ("name", "note")]),
        "versions": versions.order_by("-valid_from", "pk"),
        "revisions": [(one, changes_of(one, table.model)) for one in revisions.order_by("-made_at", "pk")],
        "replaced": of_code(table, row, getattr(row, "replaces", "")),
        "replaced_by": replacing(table, row),
        "today": timezone.localdate(),
        "may_edit": request.user.can(Can.MANAGE_LAW),
        "crumbs": crumbs_of(row.jurisdiction, table, row.code),
    }
    return render(request, "law/entry_detail.html", context)


def of_code(table, row, code):
    """The row of the same country with this code, if there is one."""
    rows = table.joined(table.model.objects.of_country(row.jurisdiction_id))
    return rows.filter(code=code).order_by("-valid_from", "pk").first() if code else None


def replacing(table, row):
    """The offences that say they replace this one."""
    if "replaces" not in table.fields:
        return []
    rows = table.joined(table.model.objects.of_country(row.jurisdiction_id))
    return rows.filter(replaces=row.code).order_by("valid_from", "pk")


@requires(Can.MANAGE_LAW)
@require_http_methods(["GET", "POST"])
def entry_add(request, country, table):
    place, table = of_country(country), table_of(table)
    form = EntryAddForm(sent(request), table=table, country=place.pk)

    def add(**facts):
        facts.pop("version")
        return actions.add_entry(table.model, place.pk, **facts)

    context = {
        "table": table,
        "place": place,
        "cancel": part_of(place, table),
        "crumbs": crumbs_of(place, table),
    }
    return answer(request, form, add, done=page_of_entry, page="law/entry_add.html", context=context)


@requires(Can.MANAGE_LAW)
@require_http_methods(["GET", "POST"])
def entry_edit(request, table, pk):
    table = table_of(table)
    row = the_entry(table, pk)
    form = EntryEditForm(sent(request), table=table, country=row.jurisdiction_id, row=row)

    def edit(**facts):
        return actions.edit_entry(table.model, row.pk, **facts)

    return answer(request, form, edit, done=page_of_entry, page="law/entry_edit.html",
                  context=about(table, row))  # fmt: skip


@requires(Can.MANAGE_LAW)
@require_http_methods(["GET", "POST"])
def entry_renew(request, table, pk):
    table = table_of(table)
    row = the_entry(table, pk)
    form = EntryRenewForm(sent(request), table=table, country=row.jurisdiction_id, row=row)

    def renew(**facts):
        return actions.renew_entry(table.model, row.pk, **facts)

    return answer(request, form, renew, done=page_of_entry, page="law/entry_renew.html",
                  context=about(table, row))  # fmt: skip


def sent(request):
    return request.POST if request.method == "POST" else None


def about(table, row):
    """What the pages that change one row show besides the form."""
    return {
        "row": row,
        "table": table,
        "place": row.jurisdiction,
        "cancel": page_of_entry(row),
        "crumbs": crumbs_of(row.jurisdiction, table, row.code),
    }
