"""Where a person lives is told to those who need it and nowhere else: pages, timeline, search, exports, API,
print, trail and alerts are all walked through as each role, with marked addresses planted."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can, Role
from accounts.scope import viewing_as
from aftercare.actions import add_home, place_people
from aftercare.models import CareTask
from api.actions import issue_token
from audit.models import Event
from notifications.models import Alert, InboxItem
from notifications.sweeping import sweep_once
from reference.values import PartialDate
from tests.factories import CareMake, PlacementMake, SurvivorMake
from tests.house.walk import addresses
from tests.people import just_confirmed, on_case, person

SEALED = (
    "Fennelgate 4411",
    "Hollowhearth",
    "Umbrellaford 7",
)  # address and name of a stay, address of a home
CALLED = "Whistling Kettle"  # what the team calls the home: for those who see aftercare in its office
MAY_OPEN = {Role.SOCIAL_WORKER, Role.SAFEGUARDING_LEAD, Role.OFFICE_DIRECTOR}
SEES_CARE = {*MAY_OPEN, Role.CASEWORKER, Role.REGIONAL_DIRECTOR}
WIDE = [Role.GLOBAL_DIRECTOR, Role.ADMINISTRATOR, Role.AUDITOR]


@pytest.fixture
def planted(case, safeguarding_lead):
    """A person who lived in a place written down by hand, and lives in a home of the office now."""
    now = timezone.now()
    survivor = SurvivorMake(case=case, key="s1", pseudonym="Maya", gender="Feminine")
    care = CareMake(case=case, survivor=survivor)
    before = PlacementMake(case=case, care=care, at=SEALED[1], address=SEALED[0])
    with viewing_as(safeguarding_lead):
        home = add_home(case.office_id, by=safeguarding_lead, now=now, called=CALLED, kind="ngo_shelter",
                        address=SEALED[2])  # fmt: skip
        stay = place_people([care.pk], by=safeguarding_lead, now=now, home_id=home.pk,
                            starts_on=PartialDate("2026-05-01"))[0]  # fmt: skip
    return {"case": case, "care": care, "survivor": survivor, "home": home, "stay": stay, "before": before}


WHERE_CASES_ARE = (
    "aftercare", "survivors", "cases", "desk", "diary", "dashboards", "exchange", "rights", "api",
)  # fmt: skip
OPENED = ("aftercare:shelter-open", "aftercare:home-where")
BY_MODEL = {
    "cases.Case": "case", "aftercare.Care": "care", "survivors.Survivor": "survivor",
    "aftercare.Home": "home", "aftercare.Placement": "before",
}  # fmt: skip


def pages(planted, user):
    """Every address that takes one of the planted records or none, but those that open places and those whose
    verb she lacks: what they answer to her is the matrix's to say."""
    found = []
    for address in addresses():
        if not address.name or address.namespace not in WHERE_CASES_ARE or address.full in OPENED:
            continue
        need = getattr(address.view, "needs", None)
        if set(address.converters) - {"pk"} or (isinstance(need, Can) and not user.can(need)):
            continue
        model = getattr(address.view, "needs_of", None) or getattr(
            getattr(address.view, "cls", None), "model", None
        )
        row = planted.get(BY_MODEL.get(model._meta.label if model else "", ""))
        if "pk" not in address.converters:
            found.append(reverse(address.full))
        elif row:
            found.append(reverse(address.full, args=[row.pk]))
    return found


def read(client, user, address, key):
    """The whole answer: head and body, streamed or not."""
    api = {"HTTP_AUTHORIZATION": f"Token {key}"} if address.startswith("/api/") else {}
    answer = client.get(address, **api)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + repr(sorted(answer.headers.items()))


def somebody(role, case):
    """One person of a role: named on the case, or of the office, or of none."""
    user = person(role, None if role in WIDE else case.office)
    if role not in (*WIDE, Role.PARTNER, Role.REGIONAL_DIRECTOR):
        on_case(user, case, role)
    return user


# One for each kind of reader: of care, of the court alone, of the place, of everything in the office.
@pytest.mark.parametrize(
    "role", [Role.CASEWORKER, Role.LAWYER, Role.SOCIAL_WORKER, Role.OFFICE_DIRECTOR], ids=str
)
def test_no_page_tells_a_place_to_whoever_has_not_asked_for_it(client, planted, role):
    case = planted["case"]
    user = somebody(role, case)
    just_confirmed(client, user)
    client.raise_request_exception = False
    key = issue_token(user.pk, by=user, now=timezone.now())
    told, walked = {}, pages(planted, user)
    assert len(walked) > 30
    for address in [*walked, f"/aftercare/care/?case={case.pk}"]:
        text = read(client, user, address, key)
        words = [word for word in SEALED if word in text]
        if CALLED in text and role not in SEES_CARE:
            words.append(CALLED)
        if words:
            told[address] = words
    for word in (*SEALED, CALLED):
        found = client.post(reverse("desk:search"), {"q": word, "group": ""}).content.decode()
        assert "/aftercare/home" not in found.split("<main", 1)[-1]
    assert told == {}


def test_each_role_reads_names_of_homes_and_opens_places_as_the_threat_model_says(client, planted):
    client.raise_request_exception = False
    doors = (("shelter-open", "stay"), ("shelter-open", "before"), ("home-where", "home"))
    for role in Role:
        just_confirmed(client, somebody(role, planted["case"]))
        page = client.get(reverse("aftercare:care-homes", args=[planted["care"].pk]))
        sees = SEES_CARE | {Role.GLOBAL_DIRECTOR}  # who is of no office, and reads no homes of one
        assert (page.status_code == 200) == (role in sees), role
        assert (CALLED in page.content.decode()) == (role in SEES_CARE), role
        for name, row in doors:
            answer = client.post(reverse(f"aftercare:{name}", args=[planted[row].pk]))
            assert any(word in answer.content.decode() for word in SEALED) == (role in MAY_OPEN), (role, name)
            assert answer.status_code in ((200,) if role in MAY_OPEN else (403, 404)), (role, name)


def test_no_event_no_alert_and_no_task_holds_a_place(planted):
    sweep_once()
    kept = repr([*Event.objects.values("verb", "detail", "subject", "subject_id")])
    assert "placement.start" in kept
    with viewing_as(person(Role.SAFEGUARDING_LEAD, planted["case"].office)):
        for model in (Alert, InboxItem, CareTask):
            kept += repr([*model.objects.values()])
    assert [word for word in (*SEALED, CALLED) if word in kept] == []
