"""Who sees which field of a survivor, her aftercare and her rights: one literal table, tried by every road.

`fields.csv` is written down, not worked out; it says of six people what the roles table of THREAT_MODEL.md
says. `page`: she reads it on pages or by the API. `row`: the lock of the case lets its row reach her session,
and no page shows it, for want of the verb. `-`: not even the row exists for her, by the manager and by raw
SQL. A field without a line fails, and so does a page that shows more. Codes, days and numbers follow their
row; a word is planted into every text.
"""

import csv
import os
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.roles import Can, Role
from accounts.scope import viewing_as
from api.actions import issue_token
from ijm_cases import urls
from reference.sealed_fields import EncryptedField
from rights.erasing import is_text, sensitive_of
from survivors.models import Survivor
from tests.factories import CaseMake, OfficeMake
from tests.matrix.walk import FIRST_ID, OF, PLAIN, WORDS, routes
from tests.people import just_confirmed, on_case, person
from tests.rights.arranging import mark, one_of_each

TABLE = Path(__file__).with_name("fields.csv")
# Opened by a press that is written down, said in codes, or read nowhere yet.
BY_A_PRESS = {"identity", "how she is reached", "address of a home", "evidence of scores", "health", "ages",
              "search by name", "family"}  # fmt: skip
# The trail of the case, who looked at her, a summary to take out, her own copy, holding the case.
ADDRESSES = {
    "charlie": (404, 404, 404, 404, 404),
    "lawyer": (403, 403, 403, 403, 403),
    "social_worker": (403, 403, 403, 403, 403),
    "director": (200, 200, 200, 200, 200),
    "administrator": (404, 404, 404, 404, 404),
    "alice": (403, 403, 403, 403, 403),
}
WHO = ("charlie", "lawyer", "social_worker", "director", "administrator", "alice")
HEADS = (
    "caseworker of another office", "lawyer of the case", "social worker of the case", "office director",
    "administrator", "caseworker of the case",
)  # fmt: skip
# Which half of the forms each of those who work on the case opens.
FORMS_OF = {"lawyer": 0, "social_worker": 0, "director": 1, "alice": 1}
APPS = ("survivors", "aftercare", "rights")
# Kept words of ours, and words that everybody reads: no case data.
NOT_OF_A_CASE = {"aftercare.Instrument", "aftercare.InstrumentPart"}
# No case data, dates alone, or numbers of many cases; the matrix looks for its canaries there too.
NO_PAGES = {"law", "accounts", "diary", "devservices", "notifications"}
NUMBERS = {"dashboards:dashboard", "dashboards:figure-list", "dashboards:adjournment-list",
           "dashboards:adjournment-show", "dashboards:adjournment-paper", "api:schema"}  # fmt: skip


def fields():
    """Every field of these apps that identifies somebody, is sensitive, or takes words."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in APPS or model._meta.label in NOT_OF_A_CASE:
            continue
        if getattr(model, "case_bearing", False) and hasattr(model, "case"):
            secret = sensitive_of(model)
            found += [
                f"{model._meta.label}.{field.name}"
                for field in model._meta.concrete_fields
                if field.name in secret or (is_text(field) and field.name != "key")
            ]
    return sorted(found)


def table():
    """{field: {who: what}} as it is written down."""
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {
            row["field"]: {"group": row["group"]} | {n: row[h] for n, h in zip(WHO, HEADS, strict=True)}
            for row in csv.DictReader(rows)
        }


def test_every_field_has_a_line_and_every_line_a_field():
    written = set(table())
    assert set(fields()) - written == set(), "fields without a line"
    assert written - set(fields()) == set(), "lines without a field"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The case with one record of each kind and a word in each text, and the six; built once."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # requests open a durable block of their own inside
        block.__enter__()
        try:
            yield built()
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            connection.close()


@pytest.fixture(autouse=True)
def plain_refusals(monkeypatch):
    """What a refusal says is looked at elsewhere; here it only costs."""
    for status in (403, 404):
        said = HttpResponse("refused", status=status)
        monkeypatch.setattr(
            urls, f"handler{status}", lambda request, exception=None, said=said: said, raising=False
        )


def built():
    """(the case, {name: person}, {model: row}, {field: its word})."""
    office, elsewhere = OfficeMake(key="cebu"), OfficeMake(key="accra")
    case = CaseMake(office=office)
    people = {
        "charlie": person(Role.CASEWORKER, elsewhere), "director": person(Role.OFFICE_DIRECTOR, office),
        "administrator": person(Role.ADMINISTRATOR),
    }  # fmt: skip
    for name, role in (("lawyer", "lawyer"), ("social_worker", "social_worker"), ("alice", "caseworker")):
        people[name] = on_case(person(role, office), case, role)
    made = one_of_each(case)
    words = mark({model: row for model, row in made.items() if model._meta.app_label in APPS}, "Qw")
    return case, people, made, words


def path_of(route, made):
    """The address with the records of the case in it; None where a part of it is of no record."""
    values = {}
    for word, converter in route.address.converters.items():
        if word == "pk":
            label = OF.get(route.name) or route.label
            model = apps.get_model(label) if label else None
            row = made.get(model)
            if row is None:
                return None
            values[word] = row.pk
        elif word in FIRST_ID:
            values[word] = made[apps.get_model(FIRST_ID[word])].pk
        else:
            values[word] = WORDS.get(word) or PLAIN[type(converter).__name__]
    try:
        return reverse(route.name, kwargs=values)
    except NoReverseMatch:
        return None


def tried(name, person):
    """The addresses to be read that this person opens: those whose verb she holds, as the rest refuse her,
    which the matrix tries. A form shows the same of its record to everybody who may fill it in, so two of
    the four who work on the case open each; with `make matrix` all open all."""
    whole, forms = bool(os.environ.get("MATRIX_WHOLE")), FORMS_OF.get(name)
    both = {route.name for route in routes() if route.method == "POST"}
    reading = [route for route in routes() if route.method == "GET"]
    for place, route in enumerate(reading):
        if route.address.namespace in NO_PAGES or route.name in NUMBERS:
            continue
        need = getattr(route.address.view, "needs", None)
        refused = isinstance(need, Can) and not person.can(need)
        skipped = route.name in both and forms is not None and place % 2 != forms
        if whole or not (refused or skipped):
            yield route


def read_of(name, person, made, case):
    """All that this person reads by opening every address that she tries, of pages and of the API."""
    client = Client(raise_request_exception=False)
    just_confirmed(client, person, ago=-86400)
    key = issue_token(person.pk, by=person, now=timezone.now())
    texts = []
    for route in tried(name, person):
        path = path_of(route, made)
        if path is None:
            continue
        more = {"HTTP_AUTHORIZATION": f"Token {key}"} if route.is_api else {}
        before = transaction.savepoint()
        answer = client.get(path if route.address.converters else f"{path}?case={case.pk}", **more)
        transaction.set_rollback(False)
        transaction.savepoint_rollback(before)
        if answer.status_code == 200:
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            texts.append(body.decode(errors="replace"))
    return set(re.findall(r"Qw\d+Q", "\n".join(texts)))


def reached_by(person, made, words):
    """The kinds whose row of the case reaches this person: the manager and raw SQL agree, and no sealed word
    stands in what either gives."""
    found = set()
    with viewing_as(person):
        for model, row in made.items():
            if model._meta.app_label not in APPS:
                continue
            seen = model.objects.filter(pk=row.pk).exists()
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t WHERE id = %s", [row.pk])  # noqa: S608
                raw = cursor.fetchone()
            assert (raw is not None) == seen, f"the locks differ about {model._meta.label}"
            if seen:
                found.add(model._meta.label)
                assert not sealed_words(model, words) & set(re.findall(r"Qw\d+Q", raw[0]))
    return found


def sealed_words(model, words):
    """What was planted into the sealed columns of this kind."""
    names = [one.name for one in model._meta.concrete_fields if isinstance(one, EncryptedField)]
    return {words[place] for name in names if (place := f"{model._meta.label}.{name}") in words}


@pytest.mark.parametrize("name", WHO)
def test_each_sees_exactly_what_the_table_says(world, name):
    case, people, made, words = world
    told, wrong, shown = table(), [], set()
    read, reached = read_of(name, people[name], made, case), reached_by(people[name], made, words)
    for field in fields():
        on_page, has_row = words.get(field) in read, field.rpartition(".")[0] in reached
        got = "page" if on_page else "row" if has_row else "-"
        group, says = told[field]["group"], told[field][name]
        if on_page:
            shown.add(group)
        # What comes by a press, as a code or nowhere is not found by opening addresses.
        if got != says and (says, got) != ("page", "row"):
            wrong.append((field, says, got))
    meant = {line["group"] for line in told.values() if line[name] == "page"} - BY_A_PRESS
    assert wrong == []
    assert meant - shown == set(), "said to be seen, and seen on no page"


@pytest.mark.parametrize("name", WHO)
def test_trails_exports_and_her_copy_open_to_whom_the_roles_table_says(world, name):
    case, people, made, _words = world
    client = Client()
    just_confirmed(client, people[name], ago=-86400)
    got = []
    for address, key in (("cases:case-trail", case.pk), ("dashboards:survivor-trail", made[Survivor].pk),
                         ("exchange:summary-add", case.pk), ("rights:copy-make", made[Survivor].pk),
                         ("rights:hold-place", case.pk)):  # fmt: skip
        got.append(client.get(reverse(address, args=[key])).status_code)
    assert tuple(got) == ADDRESSES[name]
