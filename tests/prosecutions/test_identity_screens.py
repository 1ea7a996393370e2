"""Screens of who is who: what comes up while a name is typed, answers, undoing, matches, parts in a ring."""

import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from prosecutions.actions.naming import index_names
from prosecutions.models import Accused, IdentityAnswer, MatchSide, PersonLink, RingMember
from prosecutions.states import Bail
from tests.factories import (
    AccusedMake,
    ArrestMake,
    BailOrderMake,
    CaseMake,
    MatchSideMake,
    NetworkMake,
    UserMake,
)


@pytest.fixture
def known(case, director):
    """Rekha Mandal of another case of the office, arrested and bailed there; and one of a team's case."""
    secret = AccusedMake(case=CaseMake(office=case.office, sensitivity=1), name="Rekha Mandal Hidden")
    row = AccusedMake(case=CaseMake(office=case.office), name="রেখা মণ্ডল", position="madam")
    ArrestMake(case=row.case, accused=row, on="2012-05-02")
    BailOrderMake(case=row.case, accused=row, status=Bail.GRANTED, decided_on="2012-06-01")
    with viewing_as(director):
        index_names(row)
    return row, secret


def ask(client, user, name, pk, /, **facts):
    client.force_login(user)
    address = reverse(f"prosecutions:{name}", args=[pk])
    return client.post(address, facts) if facts else client.get(address)


def test_while_a_name_is_typed_those_who_may_be_meant_appear_and_nobody_else(client, case, director, known):
    typed = {"name": "Rekha Mondol", "position": "madam"}
    client.force_login(director)
    address = reverse("prosecutions:accused-likely", args=[case.pk])
    text = client.post(address, typed, headers={"HX-Request": "true"}).content.decode()
    assert "রেখা মণ্ডল" in text
    assert "This is the same person" in text
    assert "Hidden" not in text
    assert client.get(address).status_code == 405  # no name in any address
    text = client.post(reverse("prosecutions:accused-add", args=[case.pk]), typed | {"standing": "accused"})
    assert text.status_code == 422  # without script the same is asked on saving
    assert "Say whether this is the same person." in text.content.decode()


def test_the_page_of_a_person_proposes_and_an_answer_joins_the_histories_until_it_is_undone(
    client, case, director, known, looking
):
    row, _secret = known
    here = AccusedMake(case=case, name="Rekha Mondol")
    ArrestMake(case=case, accused=here, on="2017-03-03")
    page = ask(client, director, "accused-detail", here.pk).content.decode()
    assert "May be the same as" in page
    assert "রেখা মণ্ডল" in page
    assert "2 May 2012" not in page
    assert ask(client, director, "identity-answer", here.pk).status_code == 200
    answer = {"other": row.pk, "answer": "same", "why": "Photo of 2012"}
    assert ask(client, director, "identity-answer", here.pk, **answer).status_code == 302
    page = ask(client, director, "accused-detail", here.pk).content.decode()
    assert "2 May 2012" in page
    assert "Photo of 2012" in page
    assert page.index("3 March 2017") < page.index("1 June 2012") < page.index("2 May 2012")
    with looking(director):
        link = PersonLink.objects.get()
    assert ask(client, director, "link-undo", link.pk).status_code == 200
    assert ask(client, director, "link-undo", link.pk, why="Another face").status_code == 302
    page = ask(client, director, "accused-detail", here.pk).content.decode()
    assert "2 May 2012" not in page
    no = {"other": row.pk, "answer": "different"}
    assert ask(client, director, "identity-answer", here.pk, **no).status_code == 302
    assert "May be the same as" not in ask(client, director, "accused-detail", here.pk).content.decode()
    with looking(director):
        assert IdentityAnswer.objects.get().answer == "different"


def test_somebody_who_is_not_proposed_cannot_be_answered_for(client, case, lawyer, known):
    row, secret = known
    here = AccusedMake(case=case, name="Rekha Mondol")
    for other in (row, secret):  # the lawyer sees neither of their cases
        response = ask(client, lawyer, "identity-answer", here.pk, other=other.pk, answer="same")
        assert response.status_code == 422


def test_a_match_names_the_other_office_and_whom_to_ask_and_takes_one_answer(client, case, lawyer, looking):
    here = AccusedMake(case=case, name="Rekha Mondol")
    side = MatchSideMake(case=case, accused=here, ask=UserMake(name="Olga of Pune"))
    page = ask(client, lawyer, "accused-detail", here.pk).content.decode()
    assert "Known in another office" in page
    assert "Ask Olga of Pune" in page
    assert "Olga of Pune" in ask(client, lawyer, "match-answer", side.pk).content.decode()
    assert ask(client, lawyer, "match-answer", side.pk, answer="same").status_code == 302
    with looking(lawyer):
        assert MatchSide.objects.get().answered_by == lawyer
    assert (
        "the other office has still to answer"
        in ask(client, lawyer, "accused-detail", here.pk).content.decode()
    )


def test_phones_are_kept_sealed_and_come_back_to_whoever_may_change_them(client, case, lawyer, looking):
    facts = {"name": "Tala Reyes", "standing": "accused", "phones": "0917 555 0123", "places": "Cebu\nTondo",
             "born_year": "1980"}  # fmt: skip
    assert ask(client, lawyer, "accused-add", case.pk, **facts).status_code == 302
    with looking(lawyer):
        row = Accused.objects.get()
        assert (row.places, row.born_year) == (["Cebu", "Tondo"], 1980)
        assert "0917" not in str(row.phones)
    assert "0917 555 0123" in ask(client, lawyer, "accused-edit", row.pk).content.decode()
    page = ask(client, lawyer, "accused-detail", row.pk).content.decode()
    assert "0917 555 0123" not in page
    assert "Tondo" in page


def test_a_ring_has_members_with_parts_and_times(client, case, lawyer, looking):
    network, row = NetworkMake(case=case, key="n1"), AccusedMake(case=case, key="p1", name="Tala Reyes")
    facts = {"accused": row.pk, "role": "recruiter", "since": "2012", "until": "2014"}
    assert ask(client, lawyer, "ring-add", network.pk, **facts).status_code == 302
    assert ask(client, lawyer, "ring-add", network.pk, **facts).status_code == 422
    with looking(lawyer):
        member = RingMember.objects.select_related("network", "accused").get()
    assert member.network.members == ["p1"]
    assert member.accused.network_id == network.pk
    wrong = facts | {"until": "2010", "version": member.version}
    assert ask(client, lawyer, "ring-edit", member.pk, **wrong).status_code == 422
    right = {"role": "leader", "since": "2013", "version": member.version}
    assert ask(client, lawyer, "ring-edit", member.pk, **right).status_code == 302
    assert ask(client, lawyer, "ring-edit", member.pk, **right).status_code == 409
    with looking(lawyer):
        assert RingMember.objects.get().role == "leader"
