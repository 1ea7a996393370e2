from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from tests.desk.crowd import fill
from tests.factories import (
    AccusedMake,
    ArrestMake,
    BailOrderMake,
    CareMake,
    CaseLinkMake,
    CaseMake,
    CaseMilestoneMake,
    CustodyMake,
    HearingMake,
    NoteMake,
    SurvivorMake,
    VerdictMake,
)
from tests.people import on_case, person


def page_for(client, user, case, **query):
    client.force_login(user)
    return client.get(reverse("desk:case-page", args=[case.pk]), query)


def titles(response):
    return [entry["title"] for entry in response.context["entries"]]


def whole_timeline(client, user, case, **query):
    """What stands on both of its pages."""
    return [title for page in (1, 2) for title in titles(page_for(client, user, case, page=page, **query))]


def test_both_tracks_stand_on_one_timeline(client, case, alice):
    accused, survivor = fill(case)
    told = whole_timeline(client, alice, case)
    assert f"{accused.name} was arrested" in told
    assert f"Bail of {accused.name}: Granted" in told
    assert f"Verdict on {accused.name}: Convicted" in told
    assert f"{survivor.pseudonym} came free: Operation" in told
    assert f"Care plan for {survivor.pseudonym}" in told
    assert "Legal track: Investigation" in told
    assert len(told) == 34


def test_newest_first_vague_dates_as_such_and_unknown_ones_last(client, case, alice):
    for on in ("2025", "2025-03-10", "2025-03", "2026-01-09~"):
        CaseMilestoneMake(case=case, on=on)
    CaseMilestoneMake(case=case)
    days = [entry["when_text"] for entry in page_for(client, alice, case).context["entries"]]
    assert days == [
        "about 9 January 2026",
        "5 January 2026",
        "10 March 2025",
        "March 2025",
        "2025",
        "Date not known",
    ]


def test_a_lawyer_finds_no_aftercare_and_a_social_worker_no_operation(client, case, lawyer, social_worker):
    fill(case)
    legal = page_for(client, lawyer, case)
    assert {entry["lane"] for entry in legal.context["entries"]} == {"", "legal", "operations"}
    of_lawyer, of_worker = whole_timeline(client, lawyer, case), whole_timeline(client, social_worker, case)
    assert not any("Care plan" in title or "moved in" in title for title in of_lawyer)
    assert not any(title.startswith("Operation") for title in of_worker)
    assert any("Care plan" in title for title in of_worker)
    assert [chip["lane"] for chip in legal.context["chips"]] == ["legal", "operations"]


@pytest.mark.parametrize(
    ("show", "absent"), [("legal", "Care plan"), ("aftercare", "arrested"), ("operations", "Bail")]
)
def test_the_timeline_can_show_one_lane(client, case, alice, show, absent):
    fill(case)
    told = whole_timeline(client, alice, case, show=show)
    assert told
    assert not any(absent in title for title in told)


def test_a_lane_the_person_may_not_see_shows_everything_she_may(client, case, lawyer):
    fill(case)
    response = page_for(client, lawyer, case, show="aftercare")
    assert response.context["lane"] == ""


def test_a_hearing_to_come_is_told_as_such(client, case, lawyer):
    HearingMake(case=case)
    (entry, *_others) = page_for(client, lawyer, case).context["entries"]
    assert [str(tag["label"]) for tag in entry["tags"]] == ["Still to come"]


def test_of_many_survivors_the_first_stand_here_and_all_in_their_list(client, case, alice):
    for number in range(1, 12):
        SurvivorMake(case=case, key=f"s{number}")
    response = page_for(client, alice, case)
    assert [row["code"] for row in response.context["survivors"][:3]] == ["S1", "S2", "S3"]
    assert "All 11" in response.content.decode()
    assert ">S11<" not in response.content.decode()


def test_htmx_gets_the_timeline_alone_and_the_caches_know(client, case, alice):
    fill(case)
    client.force_login(alice)
    address = reverse("desk:case-page", args=[case.pk])
    part = client.get(address, {"show": "legal"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'id="timeline"' in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_a_long_timeline_goes_on_another_page(client, case, alice):
    for number in range(30):
        NoteMake(case=case, text=f"Note {number}")
    assert len(titles(page_for(client, alice, case))) == 25
    assert len(titles(page_for(client, alice, case, page=2))) == 6


def test_outside_the_need_to_know_the_case_does_not_exist(client, case, charlie):
    assert page_for(client, charlie, case).status_code == 404


def test_an_administrator_is_not_even_told_that_it_exists(client, case, administrator):
    assert page_for(client, administrator, case).status_code == 404


def test_opening_it_is_recorded_and_a_part_of_it_is_not(client, case, alice):
    page_for(client, alice, case)
    client.get(reverse("desk:case-page", args=[case.pk]), headers={"HX-Request": "true"})
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.case_id) == ("case.read", alice.pk, case.pk)


def test_it_says_why_the_person_may_look(client, case, alice, director):
    assert "under " in page_for(client, alice, case).content.decode()
    assert "because of your role" in page_for(client, director, case).content.decode()


def test_a_hearing_without_outcome_comes_before_the_next_one(client, case, lawyer):
    HearingMake(case=case)
    assert page_for(client, lawyer, case).context["callout"]["title"].startswith("Next hearing")
    HearingMake(case=case, starts_at=timezone.now() - timedelta(days=2))
    assert "Nobody has recorded" in page_for(client, lawyer, case).context["callout"]["title"]


def test_an_overdue_review_is_called_out_to_those_who_see_aftercare(client, case, social_worker, lawyer):
    CareMake(case=case, next_review_on=(timezone.localdate() - timedelta(days=9)).isoformat())
    assert "overdue" in page_for(client, social_worker, case).context["callout"]["title"]
    assert page_for(client, lawyer, case).context["callout"] is None


@pytest.mark.parametrize(
    ("days", "said"), [(0, "That is today."), (1, "That is tomorrow."), (4, "In 4 days.")]
)
def test_the_next_hearing_says_how_soon_by_the_office_calendar(client, case, lawyer, days, said):
    starts = timezone.now() + timedelta(days=days, seconds=1)
    HearingMake(case=case, starts_at=starts)
    assert page_for(client, lawyer, case).context["callout"]["text"] == said


def test_tags_say_where_each_accused_stands(client, case, lawyer):
    expected = {}
    for label, facts in {
        "On bail": lambda a: BailOrderMake(case=case, accused=a, status="GRANTED", decided_on="2026-05-01"),
        "In custody": lambda a: CustodyMake(case=case, accused=a),
        "Convicted": lambda a: VerdictMake(case=case, accused=a),
        "Acquitted": lambda a: VerdictMake(case=case, accused=a, result="acquitted"),
        "Bail asked for": lambda a: BailOrderMake(case=case, accused=a),
        "Arrested, not held": lambda a: ArrestMake(case=case, accused=a),
        "Not arrested": lambda a: None,
    }.items():
        accused = AccusedMake(case=case)
        facts(accused)
        expected[accused.name] = [label]
    rows = page_for(client, lawyer, case).context["accused"]
    assert {row["name"]: [tag["label"] for tag in row["tags"]] for row in rows} == expected


def test_links_show_what_may_be_opened_and_hide_the_number_of_what_may_not(client, case, alice, other_office):
    open_case = on_other(alice, case)
    hidden = CaseMake(office=other_office, title="Secret pier")
    CaseLinkMake(case=case, number=open_case.number, outside="")
    CaseLinkMake(case=case, number=hidden.number, outside="")
    CaseLinkMake(case=case, outside="A case abroad, in plain words")
    text = page_for(client, alice, case).content.decode()
    assert open_case.number in text
    assert text.count('class="item-note">Same network') == 2
    assert "A case abroad, in plain words" in text
    assert hidden.number not in text
    assert "Secret pier" not in text


def test_a_link_is_seen_from_the_other_end_too(client, case, alice, other_office):
    pointing = on_other(alice, case)
    unseen = CaseMake(office=other_office)
    for other in (pointing, unseen):
        CaseLinkMake(case=other, number=case.number, outside="")
    text = page_for(client, alice, case).content.decode()
    assert pointing.number in text
    assert unseen.number not in text


def on_other(user, case):
    other = CaseMake(office=case.office)
    on_case(user, other, Role.CASEWORKER)
    return other


def test_the_page_costs_the_same_for_one_of_everything_and_for_three(client, case, alice, queries_of):
    linked = on_other(alice, case)
    CaseLinkMake(case=case, number=linked.number, outside="")
    fill(case)
    client.force_login(alice)
    address = reverse("desk:case-page", args=[case.pk])
    one = queries_of(lambda: client.get(address))
    for _time in range(2):
        fill(case)
        CaseLinkMake(case=case, number=on_other(alice, case).number, outside="")
        on_case(person(Role.LAWYER, case.office), case, Role.LAWYER)
    assert queries_of(lambda: client.get(address)) == one
    assert one <= 30


def stage_states(case, client, user):
    return "".join(stage["state"][0] for stage in page_for(client, user, case).context["stages"])


@pytest.mark.parametrize(
    ("facts", "states"),
    [
        ({"legal_status": "intake", "aftercare_status": ""}, "nttttttt"),
        ({"legal_status": "trial", "aftercare_status": "in_care"}, "ddddntdt"),
        ({"legal_status": "appeal", "aftercare_status": "closed"}, "dddddndt"),
        ({"legal_status": "closed", "aftercare_status": "follow_up"}, "dtttttnt"),
        ({"legal_status": "closed", "aftercare_status": "", "legal_closed_on": "2026-10"}, "dttttttn"),
        ({"legal_status": "", "aftercare_status": ""}, "nttttttt"),
    ],
)
def test_the_eight_steps_follow_both_tracks(client, office, facts, states):
    case = CaseMake(office=office, **facts)
    user = on_case(person(Role.CASEWORKER, office), case, Role.CASEWORKER)
    assert stage_states(case, client, user) == states


def test_a_sealed_case_says_so(client, office):
    for sensitivity, word in ((1, "Team only"), (2, "Sealed")):
        case = CaseMake(office=office, sensitivity=sensitivity)
        user = on_case(person(Role.CASEWORKER, office), case, Role.CASEWORKER)
        assert word in page_for(client, user, case).content.decode()


def test_an_empty_case_says_what_will_appear(client, office):
    case = CaseMake(office=office, legal_status="", aftercare_status="", opened_on="")
    user = on_case(person(Role.CASEWORKER, office), case, Role.CASEWORKER)
    text = page_for(client, user, case).content.decode()
    assert "No survivor recorded yet" in text
    assert "Nobody accused yet" in text
    assert "Nothing to do in this case" in text
