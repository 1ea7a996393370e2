"""Speed of justice on a page: curves, words, lists; and nothing of cases one may not see."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories import AccusedMake, ArrestMake, CaseMake, ChargeMake
from tests.people import person


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)


def charged_after(case, days, since=date(2026, 2, 1), number=1):
    """Accused of a case, arrested on a day, and charged so many days later or not yet."""
    for _time in range(number):
        accused = AccusedMake(case=case)
        ArrestMake(case=case, accused=accused, on=str(since))
        if days is not None:
            ChargeMake(case=case, accused=accused, filed_on=str(since + timedelta(days=days)))


def test_half_of_the_accused_and_who_still_waits(client, case, director, other_office, queries_of):
    charged_after(case, 94, number=6)
    charged_after(case, 40, number=2)
    charged_after(case, None, number=3)
    charged_after(case, 200, since=date(2020, 5, 1), number=12)
    charged_after(CaseMake(office=other_office), 1, number=20)
    charged_after(CaseMake(office=case.office, sensitivity=2), 1, number=20)
    client.force_login(director)
    page = client.get(reverse("dashboards:speed-show"))
    charge = next(step for step in page.context["steps"] if step["name"] == "charge")
    assert charge["now"].measured.counted == 11
    assert charge["words"][0].startswith("Half of those arrested were charged within 94 days.")
    assert charge["words"][1:] == [
        "Of those that began before it was 200 days.",
        "Of 3 who still wait the longest has waited 292 days.",
    ]
    text = page.content.decode()
    assert "curve-past" in text
    assert 'role="img"' in text
    rows = [[str(cell["text"]) for cell in row["cells"]] for row in page.context["rows"]]
    assert ["From arrest to charge", "Cebu", "11", "94 days", "200 days", "3", "292"] in rows
    assert not [row for row in rows if "Accra" in row]
    waiting = client.get(reverse("dashboards:speed-list"), {"step": "charge", "only": "waiting"})
    assert (waiting.context["count"], waiting.context["rows"][0][0]) == (3, 292)
    assert client.get(reverse("dashboards:speed-list"), {"step": "x"}).status_code == 404
    old = client.get(reverse("dashboards:speed-show"), {"period": "2020", "by": "type"}).context["steps"][1]
    assert old["now"].median == 200
    assert queries_of(lambda: client.get(reverse("dashboards:speed-show"))) <= 24


def test_of_fewer_than_five_no_share_is_told_but_the_wait_is(client, case, director):
    charged_after(case, 94, number=3)
    charged_after(case, None)
    client.force_login(director)
    page = client.get(reverse("dashboards:speed-show"))
    charge = next(step for step in page.context["steps"] if step["name"] == "charge")
    assert charge["chart"] is None
    assert charge["words"] == [
        "4 began in this time: of fewer than 5 no share is told.",
        "1 still waits; days so far: 292.",
    ]
    client.force_login(person(Role.CASEWORKER, case.office))
    assert client.get(reverse("dashboards:speed-show")).status_code == 403
