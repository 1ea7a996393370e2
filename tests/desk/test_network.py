"""Rings, venues and cases as a picture and as a table: what the viewer may see, and no more."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from cases.models import CaseLink
from desk.drawing import laid_out
from tests.factories import (
    AccusedMake,
    CaseLinkMake,
    CaseMake,
    NetworkMake,
    PerpetratorMake,
    RingMemberMake,
    VenueMake,
)


@pytest.fixture
def ring(case, other_office):
    """A ring of two, a bar that opened again, the case it came from, one abroad, and one that is secret."""
    before = CaseMake(office=case.office, title="The bar of before")
    secret = CaseMake(office=other_office, title="The secret road", sensitivity=1)
    human = PerpetratorMake()
    network = NetworkMake(case=case, key="n1", name="The line", members=["p1"])
    boss = AccusedMake(case=case, key="p1", name="Rosa Salonga", perpetrator=human)
    AccusedMake(case=case, key="p2", name="Nico Reyes")
    AccusedMake(case=secret, key="p1", name="Rosa Elsewhere", perpetrator=human)
    AccusedMake(case=before, key="p4", name="Rosa S.", perpetrator=human)
    RingMemberMake(case=case, network=network, accused=boss, role="leader", since="2012", until="2014")
    VenueMake(case=case, key="v1", name="Blue Bar", run_by=["p1"], moved_to=["v2"], closed_on="2014-03",
              closed_why="Raid")  # fmt: skip
    VenueMake(case=case, key="v2", name="Green Bar", opened_on="2014-06")
    CaseLinkMake(case=case, outside="", number=before.number, kind="spun_off_from")
    CaseLinkMake(case=case, outside="", number=secret.number, kind="same_network")
    CaseLinkMake(case=case, number="", outside="Case in Darwin", kind="sister_case_abroad")
    return network


def page(client, user, name, pk, query=""):
    client.force_login(user)
    response = client.get(reverse(name, args=[pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_case_shows_its_ring_its_venues_and_where_it_came_from(client, case, director, ring):
    text = page(client, director, "desk:case-network", case.pk)
    for words in ("The line", "Rosa Salonga", "Nico Reyes", "Blue Bar", "Green Bar", "The bar of before",
                  "Case in Darwin", "Leads it, 2012 to 2014", "opened again as", "closed March 2014: Raid",
                  "Spun off from", "accused there as P-4"):  # fmt: skip
        assert words in text, words
    for hidden in ("The secret road", "Rosa Elsewhere"):
        assert hidden not in text
    picture = text[text.index("<svg xmlns") : text.index("<table")]
    assert picture.count('class="node ') == 8  # each once, and nothing in the place of the secret case
    with viewing_as(director):
        assert CaseLink.objects.count() == 3


def test_a_ring_has_a_page_of_its_own(client, case, director, lawyer, ring):
    text = page(client, director, "desk:ring-page", ring.pk)
    assert "Leads it, 2012 to 2014" in text
    assert "Blue Bar" in text
    assert "Green Bar" in text  # it opened again there
    assert "Nico Reyes" not in text
    assert "The bar of before" in text
    assert "The bar of before" not in page(client, lawyer, "desk:ring-page", ring.pk)


def test_without_names_only_codes_are_left(client, case, director, ring):
    for name, pk in (("desk:case-network", case.pk), ("desk:ring-page", ring.pk)):
        text = page(client, director, name, pk, "?names=no")
        text = text[text.index('id="main"') :]
        for named in ("The line", "Rosa", "Nico", "Blue Bar", "Raid", "Darwin", "The bar of before"):
            assert named not in text, named
        assert "P-1" in text
        assert "V-1" in text


def test_whoever_may_not_see_operations_sees_no_venue(client, case, social_worker, ring):
    text = page(client, social_worker, "desk:case-network", case.pk)
    assert "Rosa Salonga" in text
    assert "Blue Bar" not in text


def test_a_bigger_ring_asks_no_more_questions(client, case, director, ring, django_assert_max_num_queries):
    page(client, director, "desk:case-network", case.pk)
    with django_assert_max_num_queries(40) as first:
        page(client, director, "desk:case-network", case.pk)
    for number in range(12):
        AccusedMake(case=case, key=f"p{number + 20}", name=f"Member {number}")
        VenueMake(case=case, key=f"v{number + 20}", run_by=[f"p{number + 20}"])
    with django_assert_max_num_queries(len(first)):
        page(client, director, "desk:case-network", case.pk)


def test_the_picture_is_wide_enough_for_the_curves_of_its_last_column():
    def width(*ties):
        nodes = {name: SimpleNamespace(id=name, code=name, name="", note="", column=column)
                 for name, column in (("N-1", 0), ("V-1", 3), ("V-2", 3))}  # fmt: skip
        drawn = [SimpleNamespace(one=one, two=two, words="") for one, two in ties]
        return laid_out(SimpleNamespace(nodes=nodes, ties=drawn))["width"]

    assert width(("V-1", "V-2")) > width(("N-1", "V-1")) == width()
