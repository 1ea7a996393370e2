import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from aftercare.actions import open_care
from aftercare.models import Care
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from reference.values import PartialDate
from tests.factories import CareMake, CaseMake, HeadcountMake, SurvivorMake
from tests.people import on_case, person


def begin(client, case, user, **facts):
    client.force_login(user)
    return client.post(reverse("aftercare:care-open", args=[case.pk]), {"opened_on": "2026-03-11", **facts})


def test_opens_aftercare_with_worker_wishes_and_the_first_review_after_six_months(
    client, case, survivor, social_worker, read
):
    was = case.touched_at
    response = begin(
        client, case, social_worker, who=f"s:{survivor.pk}", worker_id=social_worker.pk,
        wishes="To be a teacher\n\n To see her aunt ",
    )  # fmt: skip
    (care,) = read(social_worker)
    assert response.status_code == 302
    assert response["Location"] == care.get_absolute_url()
    assert (care.survivor_id, care.worker_id, care.result) == (survivor.pk, social_worker.pk, "in_care")
    assert care.wishes == ["To be a teacher", "To see her aunt"]
    assert care.next_review_on == "2026-09-11"
    assert list(Event.objects.order_by("id").values_list("verb", "case_id")) == [
        ("care.open", case.pk),
        ("care.assign", case.pk),
    ]
    assert Event.objects.get(verb="care.assign").detail == {"user": str(social_worker.pk)}
    assert read(social_worker, Case, case.pk).touched_at > was


def test_opens_aftercare_for_a_group(client, case, social_worker, read):
    group = HeadcountMake(case=case)
    begin(client, case, social_worker, who=f"h:{group.pk}")
    (care,) = read(social_worker)
    assert (care.headcount_id, care.worker_id, care.called) == (group.pk, None, "the group")


def test_the_form_lists_those_who_wait_and_the_care_team(client, case, survivor, social_worker, lawyer, care):
    SurvivorMake(case=case, key="s2", pseudonym="Lina")
    ended = person(Role.SOCIAL_WORKER, case.office, name="Gone")
    on_case(ended, case, Role.SOCIAL_WORKER, ended_at=case.created_at)
    client.force_login(social_worker)
    text = client.get(reverse("aftercare:care-open", args=[case.pk])).content.decode()
    assert "S-2 · Lina" in text
    assert "S-1 · Maya" not in text
    assert ">Sita<" in text
    assert ">Bob<" not in text
    assert ">Gone<" not in text


def test_says_so_when_nobody_is_left(client, case, care, social_worker):
    client.force_login(social_worker)
    text = client.get(reverse("aftercare:care-open", args=[case.pk])).content.decode()
    assert "Nobody is left to take into aftercare" in text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"who": ""}, "This field is required"),
        ({"opened_on": "2031-01-01"}, "This day has not come yet."),
        ({"opened_on": "last week"}, "Write the date as 2017"),
        ({"worker_id": str(uuid.uuid4())}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(client, case, survivor, social_worker, read, facts, sentence):
    response = begin(client, case, social_worker, **{"who": f"s:{survivor.pk}", **facts})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert read(social_worker) == []


def test_a_person_is_taken_into_aftercare_once(client, case, survivor, social_worker, care, read):
    response = begin(client, case, social_worker, who=f"s:{survivor.pk}")
    assert response.status_code == 422
    assert len(read(social_worker)) == 1


def test_somebody_of_another_case_cannot_be_slipped_in(client, case, survivor, social_worker, read):
    elsewhere = SurvivorMake(case=CaseMake(office=case.office))
    assert begin(client, case, social_worker, who=f"s:{elsewhere.pk}").status_code == 422
    assert read(social_worker) == []


def test_a_double_click_opens_one(client, case, survivor, social_worker, read):
    SurvivorMake(case=case, key="s2")
    key = str(uuid.uuid4())
    for _ in range(2):
        response = begin(client, case, social_worker, who=f"s:{survivor.pk}", idempotency_key=key)
        assert response.status_code == 302
    assert len(read(social_worker, Care)) == 1


def test_care_is_called_by_its_group(case, looking, social_worker):
    group = CareMake(case=case, survivor=None, headcount=HeadcountMake(case=case, key="h7"))
    with looking(social_worker):
        assert (Care.objects.get(pk=group.pk).code, Care.objects.get(pk=group.pk).called) == (
            "H7",
            "the group",
        )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Choose one person or one group."),
        ({"taken": True}, "has been opened already"),
        ({"stranger": True}, "not on the team of the case"),
    ],
)
def test_the_action_itself_refuses_what_the_form_would_not_offer(
    case, survivor, social_worker, lawyer, looking, facts, sentence
):
    if facts.get("taken"):
        CareMake(case=case, survivor=survivor)
    who = {"survivor_id": survivor.pk} if facts else {}
    worker = lawyer.pk if facts.get("stranger") else None
    with looking(social_worker), pytest.raises(IllegalMove, match=sentence):
        open_care(
            case.pk,
            by=social_worker,
            now=timezone.now(),
            opened_on=PartialDate("2026-03"),
            worker_id=worker,
            **who,
        )
