import pytest
from django.urls import reverse

from figures.catalogue import FIGURES, GROUPS
from tests.people import person

pytestmark = pytest.mark.django_db


def opened(client, user, name, *args, **asked):
    client.force_login(user)
    return client.get(reverse(f"figures:{name}", args=args), asked)


def test_each_definition_says_unit_date_what_is_left_out_and_with_what_it_is_confused(client, office):
    user = person("caseworker", office)
    text = opened(client, user, "definition-list").content.decode()
    for name, figure in FIGURES.items():
        assert reverse("figures:definition-detail", args=[name]) in text
        for words in (figure.date_rule, figure.left_out, figure.states, figure.source, figure.confusion):
            assert str(words).endswith(".")
        assert figure.group in GROUPS
        assert set(figure.confused) <= FIGURES.keys() - {name}
        assert figure.confused
    page = opened(client, user, "definition-detail", "compensation_paid").content.decode()
    for words in (
        "Compensation awarded",
        "The day of the payment",
        "deposited with a court",
        "figures.money.paid",
    ):
        assert words in page
    assert "its records" not in page  # a caseworker has no dashboard to open it on
    director = person("office_director", office)
    assert (
        reverse("dashboards:figure-list", args=["compensation_paid"])
        in opened(client, director, "definition-detail", "compensation_paid").content.decode()
    )


def test_a_word_narrows_the_list(client, office):
    user = person("caseworker", office)
    found = opened(client, user, "definition-list", text="bail granted").context["groups"]
    names = [figure.name for _key, _label, figures in found for figure in figures]
    assert "accused_on_bail" in names
    assert "fines" not in names
    assert "No figure speaks of this" in opened(client, user, "definition-list", text="zzz").content.decode()
    assert opened(client, user, "definition-detail", "no-such").status_code == 404
