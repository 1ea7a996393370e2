"""Pages stay light for a phone on a slow line, ask nobody else for anything, and the database few things."""

import gzip
import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.models import Care
from operations.models import Operation
from prosecutions.models import BailOrder, Hearing, Verdict
from survivors.models import Survivor
from tests.desk.crowd import Crowd
from tests.people import just_confirmed

KB = 1024
LISTS = (
    "cases:case-list",
    "cases:task-list",
    "survivors:survivor-list",
    "prosecutions:accused-list",
    "prosecutions:hearing-list",
    "prosecutions:bail-list",
    "operations:operation-list",
    "aftercare:care-list",
    "accounts:person-list",
    "dashboards:person-trail",
)
OF_THE_CASE = (
    "cases:note-list",
    "documents:document-list",
    "survivors:survivor-list",
    "prosecutions:hearing-list",
    "aftercare:care-list",
    "exchange:share-list",
)
ALONE = (
    "desk:home",
    "desk:search",
    "dashboards:dashboard",
    "notifications:inbox-list",
    "notifications:rule-list",
    "notifications:endpoint-list",
    "accounts:preferences",
    "accounts:office-list",
    "cases:case-open",
    "cases:deputy-list",
    "cases:emergency-open",
    "cases:emergency-list",
    "exchange:export-list",
    "exchange:export-add",
    "exchange:shared-list",
    "dashboards:access-sheet",
)
ABOUT = {
    "case": (
        "desk:case-page",
        "cases:case-team",
        "cases:case-trail",
        "cases:case-edit",
        "cases:case-seal",
        "exchange:share-add",
        "exchange:summary-add",
    ),
    "share": ("exchange:shared-detail", "exchange:share-end"),
    "survivor": (
        "survivors:survivor-detail",
        "survivors:survivor-edit",
        "survivors:consent-add",
        "survivors:identity-open",
        "survivors:identity-edit",
        "dashboards:survivor-trail",
    ),
    "accused": ("prosecutions:accused-detail", "prosecutions:verdict-record", "prosecutions:bail-seek"),
    "hearing": (
        "prosecutions:hearing-detail",
        "prosecutions:hearing-record",
        "prosecutions:hearing-reschedule",
    ),
    "bail": ("prosecutions:bail-detail", "prosecutions:bail-grant"),
    "operation": ("operations:operation-detail", "operations:operation-record"),
    "care": ("aftercare:care-detail", "aftercare:assessment-score", "aftercare:plan-make"),
}
ORDINARY = 15
# Pages put together from what several apps know, and records with ten kinds of facts around them.
COMPOSED = {
    # One asks for a second channel, one for signals of duress, one for clocks that end soon.
    "desk:home": 26,
    "desk:case-page": 20,  # one of them for the clocks of the law that run in the case
    "dashboards:dashboard": 36,  # one of them for wages and fares lost, kept by hearing and family
    "survivors:survivor-detail": 26,
    # One each for her clocks, the last word on where she is, the parts of her sentences, her release, matches
    # with other offices, records joined, rings, and who may be the same.
    "prosecutions:accused-detail": 28,
    # One each for the instrument, its parts, ages, homes, what events ask for, and the scores before by part.
    "aftercare:assessment-score": 16,
    # One card for each part of her road: tasks, safety, plan, scores, homes, services, what the law owes her
    # (her age, her case and the law of the country), ends of care; notes of therapy under their own lock.
    "aftercare:care-detail": 31,
}

pytestmark = pytest.mark.xdist_group("weight")


class Loads(HTMLParser):
    """What a page makes a browser fetch by itself."""

    def __init__(self, text):
        super().__init__()
        self.found = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            fetching = name in ("src", "srcset", "poster", "data") or (tag, name) in (
                ("link", "href"),
                ("use", "href"),
            )
            if fetching and value:
                self.found.add(value)


def foreign(body):
    """What a page fetches that is neither ours nor in the page itself."""
    return {url for url in Loads(body.decode()).found if not re.match(r"/(?!/)|data:", url)}


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """One busy office for the whole module, gone after it."""
    with django_db_blocker.unblock():
        opened = TestCase._enter_atomics()
        made = Crowd()
        made.colleagues()
        yield made
        TestCase._rollback_atomics(opened)


def subjects(crowd):
    """The records of the full case that pages are about."""
    with viewing_as(crowd.people[Role.OFFICE_DIRECTOR]):
        of_case = {"case": crowd.full}
        survivor = Survivor.objects.get(**of_case, stance="willing")
        return {
            "case": crowd.full,
            "share": crowd.share,
            "survivor": survivor,
            "accused": Verdict.objects.get(**of_case).accused,
            "hearing": Hearing.objects.filter(**of_case, outcome="adjourned").get(),
            "bail": BailOrder.objects.get(**of_case, status="ENDED"),
            "operation": Operation.objects.filter(**of_case).first(),
            "care": Care.objects.get(survivor=survivor),
        }


def addresses(crowd):
    """(name, address) of every page that is weighed."""
    pages = [(name, reverse(name)) for name in (*LISTS, *ALONE)]
    pages += [(name, f"{reverse(name)}?case={crowd.full.pk}") for name in OF_THE_CASE]
    about = subjects(crowd)
    return pages + [(n, reverse(n, args=[about[kind].pk])) for kind, names in ABOUT.items() for n in names]


def of_the_lock(statement):
    """One a request, whatever the page: tells the database who looks."""
    return "SAVEPOINT" in statement or "begin_principal" in statement


@pytest.fixture
def opened(db, crowd, client):
    """What a person of the role gets: (name, body, statements) of every page she may open."""

    def open_all(role):
        just_confirmed(client, crowd.people[role])
        pages = []
        for name, address in addresses(crowd):
            with CaptureQueriesContext(connection) as asked:
                response = client.get(address)
            if response.status_code == 200:
                statements = [q["sql"] for q in asked.captured_queries if not of_the_lock(q["sql"])]
                pages.append((name, response.content, len(statements)))
        return pages

    return open_all


# How many of the pages above each role may open: a page that is gone would weigh nothing.
MAY_OPEN = {
    Role.CASEWORKER: 40,
    Role.INVESTIGATOR: 30,
    Role.LAWYER: 34,
    Role.PARALEGAL: 30,
    Role.SOCIAL_WORKER: 33,
    Role.LEGAL_LEAD: 44,
    Role.SAFEGUARDING_LEAD: 47,
    Role.OFFICE_DIRECTOR: 54,
    Role.REGIONAL_DIRECTOR: 33,
    Role.GLOBAL_DIRECTOR: 33,
    Role.ADMINISTRATOR: 9,
    Role.AUDITOR: 10,
    Role.PARTNER: 3,  # her preferences, what is shared with her, and the one case of it
}


def packed(body):
    """Bytes on the wire."""
    return len(gzip.compress(body, 6))


@pytest.mark.parametrize("role", Role)
def test_pages_are_light_for_every_role(opened, role):
    pages = opened(role)
    budgets = [(name, packed(body), (25 if name in LISTS else 12) * KB) for name, body, _asked in pages]
    assert [(name, weight) for name, weight, budget in budgets if weight > budget] == []
    asked = [(name, statements) for name, _body, statements in pages]
    assert [(name, count) for name, count in asked if count > COMPOSED.get(name, ORDINARY)] == []
    assert {url for _name, body, _asked in pages for url in foreign(body)} == set()
    assert len(pages) == MAY_OPEN[role]


def test_a_full_list_is_weighed_with_all_its_rows(opened):
    bodies = {name: body for name, body, _asked in opened(Role.ADMINISTRATOR)}
    people = re.findall(rb"/person/[0-9a-f-]{36}/", bodies["accounts:person-list"])
    assert len(set(people)) > 50


def test_a_swap_of_the_timeline_is_small(db, crowd, client):
    client.force_login(crowd.people[Role.OFFICE_DIRECTOR])
    swap = client.get(reverse("desk:case-page", args=[crowd.full.pk]), headers={"HX-Request": "true"})
    assert b"<html" not in swap.content
    assert 0 < packed(swap.content) <= 6 * KB


def test_what_a_page_would_fetch_from_elsewhere_is_found():
    page = b'<script src="https://cdn.example/x.js"></script><link href="//fonts.example">'
    assert foreign(page + b'<a href="https://a.example">') == {"https://cdn.example/x.js", "//fonts.example"}
    assert (
        foreign(b'<img src="data:,"><use href="/static/icons.svg#x"><link href="/static/site.css">') == set()
    )
