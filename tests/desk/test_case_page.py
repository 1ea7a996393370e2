from django.urls import reverse


def test_opens_for_the_team(client, case, alice):
    client.force_login(alice)
    page = client.get(reverse("desk:case-page", args=[case.pk])).content.decode()
    assert case.number in page
