"""Views that ask for the same rows by hand and show them plainly."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpResponse, JsonResponse
from django.template import Context, Template
from django.urls import path

from aftercare.models import Assessment, Care, Contact, Plan, Service
from cases.models import Assignment, Case, ReferralStep, TrackChange
from prosecutions.matching.keys import search_keys
from prosecutions.models import Accused, Arrest, BailOrder, Charge, Hearing, NameForm, Verdict
from survivors.models import Age, Consent, Episode, Relief, Survivor

ROWS = 50
SCOPE = ("case__number", "office__name")
# (columns, order) of a list
LISTS = {
    Case: (
        ("number", "title", "casework_type", "legal_status", "aftercare_status", "opened_on", "office__name"),
        ("-touched_at", "id"),
    ),
    Survivor: (("key", "pseudonym", "gender", "child", "birth_year", *SCOPE), ("case__number", "key")),
    Accused: (("key", "name", "standing", "position", *SCOPE), ("case__number", "key")),
    Hearing: (
        ("starts_at", "purpose", "outcome", "proceeding__court", "who_goes__name", *SCOPE),
        ("starts_at", "id"),
    ),
    BailOrder: (("status", "applied_on", "decided_on", "accused__name", *SCOPE), ("-created_at", "id")),
    Care: (
        ("survivor__pseudonym", "worker__name", "risk", "next_review_on", *SCOPE),
        ("next_review_on", "id"),
    ),
}
# What hangs from a record and is shown with it: (model, name of the key).
AROUND = {
    Case: ((TrackChange, "case"), (Assignment, "case"), (Hearing, "case")),
    Survivor: ((Age, "survivor"), (Relief, "survivor"), (Episode, "survivor"), (Consent, "survivor")),
    Accused: ((Arrest, "accused"), (Charge, "accused"), (BailOrder, "accused"), (Verdict, "accused")),
    Care: ((Plan, "care"), (Assessment, "care"), (Service, "care"), (Contact, "care")),
    Hearing: (),
}
MODELS = {model._meta.model_name: model for model in LISTS}
PAGE = Template(
    "<!doctype html><title>floor</title><h1>{{ title }}</h1>{% for rows in tables %}<table>"
    "{% for row in rows %}<tr>{% for value in row.values %}<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}"
    "</table>{% endfor %}"
)


def plain(model):
    """Rows without the manager that asks who is looking."""
    return QuerySet(model)


def shown(request, title, *tables):
    """The tables as HTML; asking who is signed in, as every page does."""
    return HttpResponse(PAGE.render(Context({"title": f"{title} {request.user.pk}", "tables": tables})))


def hello(request):
    return HttpResponse(f"hello {request.user.pk}")


def of_office(request, model):
    columns, order = LISTS[model]
    facts = {name: request.GET[name] for name in ("office", "legal_status", "status") if name in request.GET}
    return list(plain(model).filter(**facts).order_by(*order).values("id", *columns)[: ROWS + 1])


def record_list(request, name):
    """Fifty rows of an office."""
    return shown(request, name, of_office(request, MODELS[name]))


def record_page(request, name, pk):
    """A record and what hangs from it."""
    model = MODELS[name]
    tables = [list(plain(below).filter(**{key: pk}).values()[:ROWS]) for below, key in AROUND[model]]
    return shown(request, name, list(plain(model).filter(pk=pk).values()), *tables)


def api_list(request, name):
    """The same as JSON."""
    return JsonResponse({"results": of_office(request, MODELS[name]), "person": request.user.pk})


def api_page(request, name, pk):
    """One record as JSON."""
    rows = list(plain(MODELS[name]).filter(pk=pk).values())
    return JsonResponse({"results": rows, "person": request.user.pk})


def search(request):
    """Accused people with a name that sounds so."""
    first, alone = search_keys([request.POST["q"]])
    found = plain(NameForm).filter(keys__overlap=first or alone)
    return shown(request, "search", list(found.values("accused__name", "case__number", "id")[:ROWS]))


def dashboard(request):
    """What an office director asks for, counted now."""
    office = {"office": request.GET["office"]}
    questions = [
        (Case, "legal_status"), (Case, "aftercare_status"), (Case, "casework_type"), (Survivor, "gender"),
        (Accused, "standing"), (Verdict, "result"), (BailOrder, "status"), (Hearing, "outcome"),
        (Hearing, "reason"), (Care, "result"),
    ]  # fmt: skip
    tables = [
        list(plain(model).filter(**office).values(by).annotate(number=Count("id"))) for model, by in questions
    ]
    return shown(request, "dashboard", *tables)


@transaction.atomic
def case_open(request):
    """A case, its first move, how it came, and who works on it: what is sent is believed."""
    sent, now = request.POST, datetime.now(UTC)
    case = plain(Case).create(
        number=f"FLOOR-{uuid4().hex[:12]}", office_id=sent["office"], title=sent["title"],
        casework_type=sent["casework_type"], legal_status="intake", sources=["made by make_data"],
    )  # fmt: skip
    below = {"case": case, "office_id": case.office_id, "sensitivity": 0}
    plain(TrackChange).create(**below, track="legal", position=1, status="intake")
    plain(ReferralStep).create(**below, position=1, source="a neighbour", target="us")
    plain(Assignment).create(**below, user=request.user, role="caseworker", started_at=now)
    return shown(request, case.number)


@transaction.atomic
def hearing_record(request, pk):
    """What happened at a hearing, by one UPDATE."""
    plain(Hearing).filter(pk=pk).update(outcome=request.POST["outcome"], outcome_at=datetime.now(UTC))
    return shown(request, "held")


urlpatterns = [
    path("hello/", hello),
    path("list/<slug:name>/", record_list),
    path("page/<slug:name>/<uuid:pk>/", record_page),
    path("api/list/<slug:name>/", api_list),
    path("api/page/<slug:name>/<uuid:pk>/", api_page),
    path("search/", search),
    path("dashboard/", dashboard),
    path("open/", case_open),
    path("record/<uuid:pk>/", hearing_record),
]
