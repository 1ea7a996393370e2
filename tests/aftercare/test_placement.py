import uuid

from django.urls import reverse

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.models import Placement
from audit.models import Event
from tests.factories import PlacementMake
from tests.people import just_confirmed, on_case, person


def start(client, user, care, **facts):
    client.force_login(user)
    facts = {"kind": "foster_care", "starts_on": "2026-05-01", **facts}
    return client.post(reverse("aftercare:placement-start", args=[care.pk]), facts)


def end(client, user, placement, **facts):
    client.force_login(user)
    facts = {"ends_on": "2026-06-01", "version": 1, **facts}
    return client.post(reverse("aftercare:placement-end", args=[placement.pk]), facts)


def test_a_new_home_ends_the_stay_before(client, case, care, social_worker, read):
    old = PlacementMake(case=case, care=care)
    over = PlacementMake(case=case, care=care, over=True)
    text = client.get("/") and start(client, social_worker, care, at="With her aunt")
    assert text.status_code == 302
    first, second, third = sorted(read(social_worker, Placement), key=lambda row: row.created_at)
    assert (first.pk, first.ends_on) == (old.pk, "2026-05-01")
    assert (second.pk, second.ends_on) == (over.pk, "")
    with viewing_as(social_worker):
        assert (third.kind, third.at.open(), third.position) == ("foster_care", "With her aunt", 2)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "placement.end",
        "placement.start",
    ]


def test_the_page_says_that_the_stay_before_will_end(client, case, care, social_worker):
    PlacementMake(case=case, care=care)
    client.force_login(social_worker)
    text = client.get(reverse("aftercare:placement-start", args=[care.pk])).content.decode()
    assert "The stay in “Aftercare home” ends on the day the new one begins." in text


def test_a_new_home_before_the_old_one_began_is_refused_and_nothing_is_saved(
    client, case, care, social_worker, read
):
    PlacementMake(case=case, care=care)
    response = start(client, social_worker, care, starts_on="2025-01-01")
    assert response.status_code == 422
    assert "The stay began later than this day." in response.content.decode()
    assert [row.ends_on for row in read(social_worker, Placement)] == [""]
    assert start(client, social_worker, care, starts_on="2041").status_code == 422


def test_a_double_click_starts_one_stay(client, care, social_worker, read):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert start(client, social_worker, care, idempotency_key=key).status_code == 302
    assert len(read(social_worker, Placement)) == 1


def test_a_stay_ends_once_and_not_before_it_began(client, case, care, social_worker, read):
    stay = PlacementMake(case=case, care=care)
    assert end(client, social_worker, stay, ends_on="2026-01").status_code == 422
    assert end(client, social_worker, stay).status_code == 302
    assert read(social_worker, Placement, stay.pk).ends_on == "2026-06-01"
    assert Event.objects.get().verb == "placement.end"
    assert end(client, social_worker, stay, ends_on="2026-07").status_code == 409


def where(placement):
    return reverse("aftercare:shelter-open", args=[placement.pk])


def test_the_place_is_shown_only_when_asked_for_and_that_it_was_is_written_down(
    client, case, care, social_worker
):
    stay = PlacementMake(case=case, care=care, at="House of Hope", address="7 Hill Road\nBogo")
    just_confirmed(client, social_worker)
    page = client.get(reverse("aftercare:care-detail", args=[care.pk])).content.decode()
    assert where(stay) in page
    asked = client.get(where(stay)).content.decode()
    for text in (page, asked):
        assert "House of Hope" not in text
        assert "Hill Road" not in text
    assert not Event.objects.filter(verb="shelter.open").exists()
    shown = client.post(where(stay)).content.decode()
    assert "House of Hope" in shown
    assert "7 Hill Road<br>Bogo" in shown
    event = Event.objects.get(verb="shelter.open")
    assert (event.actor_id, event.subject_id, event.case_id) == (social_worker.pk, str(stay.pk), case.pk)
    assert event.detail == {"survivor": str(care.survivor_id)}


def test_no_row_in_the_audit_no_place(client, case, care, social_worker, monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError("the audit is full")

    stay = PlacementMake(case=case, care=care, at="House of Hope")
    monkeypatch.setattr("aftercare.actions.placements.record", refuse)
    just_confirmed(client, social_worker)
    client.raise_request_exception = False
    page = client.post(where(stay))
    assert page.status_code == 500
    assert "House of Hope" not in page.content.decode()


def test_who_sees_the_care_need_not_know_the_place(client, case, care, charlie):
    stay = PlacementMake(case=case, care=care, at="House of Hope")
    caseworker = on_case(person(Role.CASEWORKER, case.office), case, Role.CASEWORKER)
    just_confirmed(client, caseworker)
    page = client.get(reverse("aftercare:care-detail", args=[care.pk])).content.decode()
    assert "House of Hope" not in page
    assert where(stay) not in page
    assert client.post(where(stay)).status_code == 403
    just_confirmed(client, charlie)
    assert client.post(where(stay)).status_code == 404
    assert not Event.objects.filter(verb="shelter.open").exists()
