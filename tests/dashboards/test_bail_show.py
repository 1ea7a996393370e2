"""Verdicts, custody and bail: each number with its list, and nothing of cases one may not see."""

from django.urls import reverse

from tests.factories import AccusedMake, BailBreachMake, BailOrderMake, CaseMake, CustodyMake, VerdictMake


def test_every_number_opens_its_list(client, case, director, other_office, time_machine, queries_of):
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)
    for there in (case, CaseMake(office=other_office), CaseMake(office=case.office, sensitivity=2)):
        held, free = AccusedMake(case=there), AccusedMake(case=there)
        CustodyMake(case=there, accused=held, kind="remand", starts_on="2026-06-01")
        order = BailOrderMake(
            case=there, accused=free, status="GRANTED", applied_on="2026-09-01", decided_on="2026-09-11",
            reoffended=True, reoffended_on="2026-10-01",
        )  # fmt: skip
        BailBreachMake(case=there, bail=order, on="2026-10-02")
        BailOrderMake(
            case=there, accused=held, status="REFUSED", applied_on="2026-06-02", decided_on="2026-06-05"
        )
        VerdictMake(case=there, accused=free, on="2026-11-01", result="acquitted", court="RTC 10")
    client.force_login(director)
    page = client.get(reverse("dashboards:bail-show"))
    tiles = {str(tile["label"]): tile for tile in page.context["tiles"]}
    assert {label: tile["value"] for label, tile in tiles.items()} == {
        "Accused convicted": "0", "Accused acquitted": "1", "Conviction rate": "0 %",
        "Accused in custody": "1", "In remand over 90 days": "1", "Accused on bail": "1",
        "Bail conditions not looked at": "0", "Breaches of bail": "1", "New offences on bail": "1",
    }  # fmt: skip
    for label in ("In remand over 90 days", "Breaches of bail", "New offences on bail"):
        assert client.get(tiles[label]["url"]).context["count"] == 1
    assert [(row["label"], row["value"]) for row in page.context["decisions"]] == [
        ("Granted", 1),
        ("Refused", 1),
    ]
    assert [[str(cell["text"]) for cell in row["cells"]] for row in page.context["courts"]] == [
        ["RTC 10", "1", "0", "1", "0", "0"]
    ]
    assert page.context["deciding"].words == [
        "2 applications with known dates: of fewer than 5 no share is told."
    ]
    assert queries_of(lambda: client.get(reverse("dashboards:bail-show"))) <= 28
    october = client.get(reverse("dashboards:bail-show"), {"period": "2026-10"})
    assert october.context["courts"] == []
