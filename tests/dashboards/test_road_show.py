"""Aftercare by cohort: shares only from eleven people, and what is not known beside them."""

from django.urls import reverse

from tests.factories import AssessmentMake, CareMake, ReliefMake, ScoreMake, SurvivorMake


def test_a_cohort_is_told_from_eleven_people_on(
    client, case, director, legal_lead, alice, time_machine, queries_of
):
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)
    for number in range(11):
        survivor = SurvivorMake(case=case)
        ReliefMake(case=case, survivor=survivor, on="2025-08-01", how="own_escape")
        ended = {"result": "restored", "result_on": "2025-12-01"} if number < 4 else {}
        care = CareMake(case=case, survivor=survivor, **ended)
        assessment = AssessmentMake(case=case, care=care, on="2025-08-10")
        ScoreMake(case=case, assessment=assessment, domain="safety", value=2, parts=[])
    ReliefMake(case=case, survivor=SurvivorMake(case=case), on="2025-08-01", how="own_escape")
    young = SurvivorMake(case=case)
    ReliefMake(case=case, survivor=young, on="2026-08-01", how="own_escape")
    CareMake(case=case, survivor=young, result="restored", result_on="2026-10-01")
    client.force_login(director)
    page = client.get(reverse("dashboards:road-show"))
    rows = [[str(cell["text"]) for cell in row["cells"]] for row in page.context["rows"]]
    assert rows == [
        ["Second half of 2026", "1", "1", "–", "–", "–", "–", "–", "–", "–", "0"],
        ["Second half of 2025", "12", "11", "36 %", "0 %", "0 %", "0 %", "0 %", "0 %", "64 %", "1"],
    ]
    safety = page.context["scores"][0]["cells"]
    assert (safety[0]["median"], safety[1]["median"], safety[1]["unknown"]) == (
        "2.0", "", "11 not enough information",
    )  # fmt: skip
    one = client.get(page.context["rows"][0]["cells"][0]["url"])
    assert "of fewer than 11 no share is told" in one.content.decode()
    assert queries_of(lambda: client.get(reverse("dashboards:road-show"))) <= 26
    for user in (legal_lead, alice):
        client.force_login(user)
        assert client.get(reverse("dashboards:road-show")).status_code == 403
