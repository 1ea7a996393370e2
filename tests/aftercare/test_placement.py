import uuid

from django.urls import reverse

from aftercare.models import Placement
from audit.models import Event
from tests.factories import PlacementMake


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
    assert (third.kind, third.at, third.position) == ("foster_care", "With her aunt", 2)
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
