from django.urls import reverse

from accounts.scope import viewing_as
from cases.models import CaseLink
from tests.factories import CaseMake
from tests.people import on_case


def link(client, case, user, number):
    client.force_login(user)
    return client.post(reverse("cases:link-add", args=[case.pk]), {"kind": "same_network", "number": number})


def test_a_hidden_number_and_one_that_does_not_exist_get_the_same_sentence(client, case, alice, other_office):
    hidden = CaseMake(office=other_office)
    sentence = "There is no case with this number that you can open."
    for number in (hidden.number, "NOWHERE-1"):
        response = link(client, case, alice, number)
        assert response.status_code == 422
        assert sentence in response.content.decode()


def test_a_case_she_may_open_is_linked_by_its_number_however_it_is_typed(client, case, alice):
    other = CaseMake(office=case.office)
    on_case(alice, other, "caseworker")
    assert link(client, case, alice, other.number.lower()).status_code == 302
    with viewing_as(alice):
        assert CaseLink.objects.get().number == other.number


def test_a_case_is_not_linked_to_itself(client, case, alice):
    response = link(client, case, alice, case.number)
    assert "This is the case itself." in response.content.decode()
