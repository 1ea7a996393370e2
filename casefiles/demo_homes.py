"""Three homes of the demonstration's office, and a girl who lives in one. Harmless to repeat."""

from datetime import timedelta

from accounts.models import Office
from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import add_home, open_care, place_people
from aftercare.models import Care, Home, Placement
from casefiles.demo import LIVE, OFFICE, colleague
from cases.clock import today_in
from cases.models import Case
from reference.values import PartialDate

HOMES = (
    {"called": "Blue door", "kind": "ngo_shelter", "capacity": 8, "takes": "women_and_girls", "oldest": 17,
     "siblings_together": True, "family_consent": "for_children", "languages": ["Tagalog", "Cebuano"],
     "step_free": True, "address": "14 Demo Lane, Antipolo (demo)"},
    {"called": "Mango tree", "kind": "aftercare_home", "capacity": 4, "takes": "anybody",
     "siblings_together": True, "languages": ["Tagalog"], "step_free": False,
     "note": "Takes mothers with their children", "address": "Block 3, Demo Street, Cavite (demo)"},
    {"called": "Sunday house", "kind": "crisis_centre", "capacity": 2, "takes": "men_and_boys",
     "youngest": 15, "languages": ["Tagalog", "English"], "address": "Behind the demo chapel, Rizal (demo)"},
)  # fmt: skip


def show_homes(now):
    """The homes first; then the first girl of today's case moves into the one for girls."""
    office = Office.objects.get(key=OFFICE)
    with viewing_as(colleague(Role.SAFEGUARDING_LEAD)) as lead:
        if not Home.objects.filter(office=office, called=HOMES[0]["called"]).exists():
            for facts in HOMES:
                add_home(office.pk, by=lead, now=now, **facts)
    with viewing_as(colleague(Role.SOCIAL_WORKER)) as worker:
        settle(office, by=worker, now=now)


def settle(office, *, by, now):
    """Lives there since yesterday, with the consent of the authority."""
    case = Case.objects.get(external_id=LIVE)
    girl = case.survivors.order_by("created_at", "key").first()
    yesterday = PartialDate(today_in(office, now) - timedelta(days=1))
    care = Care.objects.filter(survivor=girl).first() or open_care(
        case.pk, by=by, now=now, survivor_id=girl.pk, opened_on=yesterday, worker_id=by.pk
    )
    if Placement.objects.filter(care=care).exists():
        return
    home = Home.objects.get(office=office, called=HOMES[0]["called"])
    place_people(
        [care.pk], by=by, now=now, home_id=home.pk, starts_on=yesterday,
        consent_by="Child protection authority or ministry", consent_on=yesterday,
    )  # fmt: skip
