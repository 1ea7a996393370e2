"""A record that ends: nothing of it is left in any table nor file, and every figure stays."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from figures.catalogue import FIGURES
from figures.snapshot import Snapshot
from rights import actions
from rights.erasing import bearing
from rights.models import Hold, Review
from rights.states import Held, ReviewState
from rights.sweeping import carry_out_agreed, put_on_list
from survivors.models import Survivor
from tests.people import person
from tests.rights.arranging import mark, one_of_each

NOW = timezone.now


@pytest.fixture
def second(office):
    return person(Role.SAFEGUARDING_LEAD, office, name="Seconda")


def close(case):
    """Both tracks ended long ago, and nothing runs."""
    Case._base_manager.filter(pk=case.pk).update(
        legal_status="closed", legal_reason="convicted", legal_closed_on="2004-05-01",
        aftercare_status="closed", aftercare_reason="", aftercare_closed_on="2005-05-01", opened_on="2000-01-05",
    )  # fmt: skip
    for label in ("prosecutions.Proceeding", "prosecutions.Appeal", "prosecutions.Award"):
        model = apps.get_model(label)
        ends = {"Proceeding": "closed_on", "Appeal": "decided_on", "Award": "set_aside_on"}
        model._base_manager.filter(case_id=case.pk).update(**{ends[model.__name__]: "2004-04-01"})
    for label, values in (("rights.Hold", {"until": "2001-01-01"}),
                          ("rights.RightsRequest", {"status": "withdrawn"})):  # fmt: skip
        model = apps.get_model(label)
        if label == "rights.RightsRequest":
            values |= {"answered_at": NOW(), "answered_by": person(Role.OFFICE_DIRECTOR, case.office)}
        model._base_manager.filter(case_id=case.pk).update(**values)


def agreed(case, first, other, decision, survivor=None):
    """What two people say becomes of it."""
    with viewing_as(first):
        review = Review.objects.filter(case=case, survivor=survivor).open().first()
        review = review or actions.open_review(
            case.pk, by=first, now=NOW(), why="request", due_on=NOW().date(), survivor=survivor
        )
        actions.propose_review(review.pk, by=first, now=NOW(), decision=decision, reason="Its time is over")
    with viewing_as(other):
        return actions.agree_review(review.pk, by=other, now=NOW())


def everything():
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t.*::text FROM "{table}" t')
            found[table] = "\n".join(row[0] for row in cursor.fetchall())
    return found


def figures_of(case, viewer):
    with viewing_as(viewer):
        seen = Snapshot(Case.objects.filter(pk=case.pk), NOW().date())
        return {name: str(figure.value(seen)) for name, figure in FIGURES.items()}


@pytest.mark.parametrize("decision", ["anonymise", "erase"])
def test_no_word_of_a_case_is_left_in_any_table_and_every_figure_stays(
    case, director, second, decision, settings
):
    made = one_of_each(case)
    planted = mark(made, "Qmark")
    Case._base_manager.filter(pk=case.pk).update(title="QmarkTitle", summary="QmarkSummary")
    close(case)
    before = figures_of(case, director)
    assert put_on_list() == 1
    assert put_on_list() == 0, "once on the list is enough"
    agreed(case, director, second, decision)
    assert any("Qmark" in text for text in everything().values())
    assert carry_out_agreed() == 1
    left = {
        (table, text[max(0, text.index("Qmark") - 60) : text.index("Qmark") + 30])
        for table, text in everything().items()
        if "Qmark" in text
    }
    assert left == set()
    assert len(planted) > 200
    assert figures_of(case, director) == before
    assert Event.objects.filter(verb="record.erase", case_id=case.pk).count() == 1
    with viewing_as(director):
        assert [key.wrapped for key in case.data_keys.filter(number=1)] in ([], [b""])
