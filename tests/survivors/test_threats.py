"""A threat is reported from two answers, stands where people look, and waits for what was done."""

from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from survivors.models import Threat
from tests.factories import CaseMake, SurvivorMake, ThreatMake
from tests.people import on_case, person


def at(name, *args, **query):
    return reverse(name, args=args, query=query or None)


def test_from_the_report_to_what_was_done(client, case, survivor, lawyer, looking):
    investigator = on_case(person(Role.INVESTIGATOR, case.office), case, Role.INVESTIGATOR)
    ThreatMake(case=CaseMake(), what="Elsewhere")
    client.force_login(investigator)
    report = at("survivors:threat-report", case.pk)
    assert client.post(report, {"kind": "visit", "what": ""}).status_code == 422
    stranger = SurvivorMake(case=CaseMake(office=case.office))
    wrong = {"kind": "visit", "what": "Two men", "survivor_id": str(stranger.pk)}
    assert client.post(report, wrong).status_code == 422
    assert client.post(report, {"kind": "visit", "what": "Two men", "on": "2050"}).status_code == 422
    page = client.post(report, {"kind": "visit", "what": "Two men at the gate"})["Location"]
    with looking(investigator):
        (threat,) = Threat.objects.all()
        assert (threat.survivor, threat.reported_by, threat.acted_at) == (None, investigator, None)
    assert page == at("survivors:threat-detail", threat.pk)
    assert Event.objects.get(verb="threat.report").detail == {"kind": "visit", "survivor": ""}
    for where in (at("survivors:threat-list", case=case.pk), at("survivors:threat-list")):
        shown = client.get(where).content.decode()
        assert page in shown, where
        assert "Nothing done yet" in shown
    client.force_login(lawyer)
    assert page in client.get(survivor.get_absolute_url()).content.decode(), "it is about everybody"
    assert page in client.get(at("desk:case-page", case.pk)).content.decode()
    answer = at("survivors:threat-answer", threat.pk)
    assert client.get(answer).status_code == 200
    for said in ("Police told", "Moved for two nights"):
        assert client.post(answer, {"action": said})["Location"] == page
    shown = client.get(page).content.decode()
    assert "Police told<br>Moved for two nights" in shown
    assert page not in client.get(at("survivors:threat-list")).content.decode()


def test_outside_the_need_to_know_there_is_no_threat(client, case, charlie):
    threat = ThreatMake(case=case)
    client.force_login(charlie)
    for name, pk in (("threat-detail", threat.pk), ("threat-answer", threat.pk), ("threat-report", case.pk)):
        assert client.get(at(f"survivors:{name}", pk)).status_code == 404
    assert "A call" not in client.get(at("survivors:threat-list")).content.decode()
