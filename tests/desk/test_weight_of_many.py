"""What the main pages and routes ask of the database and send: with many cases the same as with few.

The table says how many statements a page makes, and how many kB it has at the most. A page that asks for more
needs a reason; one that asks for less gets its new number here. Pages of one record differ by
what there is to tell: theirs are the most.
"""

from hashlib import sha256

import pytest
from django.test import Client, TestCase

from accounts.models import User
from accounts.scope import viewing_as
from desk.management.commands.make_data import Command
from desk.measuring.measuring import weigh
from desk.measuring.pages import look, pages, token_of
from tests.conftest import _sign_in_as

FEW = 110
OPTIONS = {"cases": FEW, "offices": 3, "seed": 5, "append": False, "into": None, "processes": 0}
# page: (statements, kB)
TABLE = {
    "home": (23, 24),
    "case list": (10, 66),
    "case list, filtered": (10, 66),
    "case page": (23, 50),
    "search by name": (13, 18),
    "survivor list": (11, 52),
    "survivor page": (29, 36),
    "accused list": (14, 46),
    "accused page": (40, 28),
    "hearing list": (12, 60),
    "hearing page": (16, 22),
    "bail list": (17, 40),
    "care list": (13, 54),
    "care page": (36, 38),
    "inbox": (9, 18),
    "calendar": (15, 45),
    "dashboard": (11, 60),
    "trends": (11, 70),
    "adjournments": (11, 56),
    "definitions of figures": (8, 40),
    "API cases": (12, 40),
    "API case": (12, 1),
    "API survivors": (12, 20),
    "API hearings": (13, 44),
    "API hearing": (13, 1),
    "API bail orders": (12, 42),
    "API figures": (9, 25),
}


@pytest.fixture
def made_up(django_db_setup, database_roles, django_db_blocker, time_machine):
    """Makes cases as the owner of the tables, in a transaction that is rolled back."""
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)
    with django_db_blocker.unblock():
        _sign_in_as(database_roles["owner"])
        opened = TestCase._enter_atomics()
        try:
            yield lambda append: Command().write(FEW, 3, {**OPTIONS, "append": append})
        finally:
            TestCase._rollback_atomics(opened)
            _sign_in_as(database_roles["web"])


def weights(director, browser, key):
    """({page of one record: (statements, kB)}, {other page: ...}) of what an office director opens."""
    with viewing_as(director):
        sight = look(director, key)
    shown = [page for page in pages(sight) if page.kind != "create"]
    weigh(browser, next(page for page in shown if page.name == "API cases").asks[0])  # notes when it was used
    found = {}, {}
    for page in shown:
        weight = weigh(browser, page.asks[0])
        found[page.kind != "detail"][page.name] = weight["sql"], weight["bytes"] / 1000
    return found


def statements(costs):
    return {name: cost[0] for name, cost in costs.items()}


def test_pages_cost_what_the_table_says_and_no_more_with_more_cases(made_up):
    made_up(append=False)
    director = User.objects.get(email="office_director.manila@demo.example")
    token_of(director, sha256(b"key").hexdigest())
    browser = Client()
    browser.force_login(director)
    records, others = weights(director, browser, "key")
    made_up(append=True)
    records_of_many, others_of_many = weights(director, browser, "key")
    assert {**records, **others}.keys() == TABLE.keys()
    assert statements(others) == {name: TABLE[name][0] for name in others}
    assert statements(others_of_many) == statements(others)
    heaviest = [*records.items(), *records_of_many.items(), *others_of_many.items()]
    over = [
        (name, asked, kb) for name, (asked, kb) in heaviest if asked > TABLE[name][0] or kb > TABLE[name][1]
    ]
    assert over == []
