import pytest
from django.urls import reverse

from figures.catalogue import FIGURES
from tests.people import person

pytestmark = pytest.mark.django_db


def opened(client, user, name, *args, **asked):
    client.force_login(user)
    return client.get(reverse(f"figures:{name}", args=args), asked)


def test_the_list_leads_to_each_definition(client, office):
    text = opened(client, person("caseworker", office), "definition-list").content.decode()
    for name in FIGURES:
        assert reverse("figures:definition-detail", args=[name]) in text


def test_a_figure_nobody_has_defined_is_not_there(client, office):
    assert opened(client, person("caseworker", office), "definition-detail", "no-such").status_code == 404
