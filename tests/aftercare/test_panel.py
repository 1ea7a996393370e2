import pytest
from django.template.loader import render_to_string

from survivors.models import Survivor
from survivors.panels import panels_of
from tests.factories import AssessmentMake, CareMake, PlacementMake, ScoreMake


@pytest.fixture
def panel(survivor, looking):
    def shown(user):
        with looking(user):
            person = Survivor.objects.get(pk=survivor.pk)
            found = [one for one in panels_of(person, user) if one["name"] == "aftercare"]
            if not found:
                return None
            context = {"survivor": person, "panel": found[0]["context"]}
            return render_to_string(found[0]["template"], context)

    return shown


def test_the_page_of_a_survivor_shows_her_care(case, survivor, social_worker, panel):
    care = CareMake(case=case, survivor=survivor, worker=social_worker, next_review_on="2026-01")
    PlacementMake(case=case, care=care, kind="foster_care")
    ScoreMake(case=case, assessment=AssessmentMake(case=case, care=care), value=3)
    text = panel(social_worker)
    for words in ("Sita", "Foster care", "Review overdue", "25 March 2026", "Safety 3", f"/care/{care.pk}/"):
        assert words in text, words


def test_without_care_it_offers_to_open_it(case, survivor, social_worker, panel):
    assert f"/aftercare/cases/{case.pk}/care/add/?who=s:{survivor.pk}" in panel(social_worker)


def test_a_review_of_somebody_restored_is_not_overdue(case, survivor, social_worker, panel):
    CareMake(case=case, survivor=survivor, result="restored", next_review_on="2026-01")
    assert "Review overdue" not in panel(social_worker)


def test_a_lawyer_does_not_see_the_panel(case, survivor, lawyer, panel):
    CareMake(case=case, survivor=survivor)
    assert panel(lawyer) is None
