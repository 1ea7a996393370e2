"""An office as it is after some years: as many cases as two pages of a list hold, and one of them full."""

from datetime import time, timedelta
from random import Random

from django.utils import timezone

from accounts.roles import ROLE_REACH, Reach, Role
from accounts.scope import viewing_as
from cases.actions.sharing import share_case
from cases.states import SharePart
from tests.factories import (
    AccusedMake,
    AgencyMake,
    AppealMake,
    ArrestMake,
    AssessmentMake,
    AwardMake,
    BailBreachMake,
    BailOrderMake,
    CareMake,
    CareMilestoneMake,
    CaseMake,
    CaseMilestoneMake,
    ChargeMake,
    CustodyMake,
    GrantMake,
    HearingMake,
    InvestigationMake,
    MembershipMake,
    NoteMake,
    OfficeMake,
    OperationMake,
    PaymentMake,
    PlacementMake,
    PlanMake,
    ProceedingMake,
    ReferralStepMake,
    ReliefMake,
    ServiceMake,
    StatementMake,
    SurvivorMake,
    TaskMake,
    TrackChangeMake,
    VerdictMake,
)
from tests.people import on_case, person

CASES = 55
# Words that do not repeat, so that pages are not packed smaller than those of a real office.
SYLLABLES = (
    "ba", "ka", "li", "mo", "na", "ri", "sa", "tu", "ve", "yo",
    "chi", "dra", "gan", "hos", "jin", "lor", "mak", "pel", "sor", "wen",
)  # fmt: skip


def fill(case):
    """A case in which everything has happened once."""
    accused, survivor = AccusedMake(case=case), SurvivorMake(case=case, stance="willing")
    care = CareMake(case=case, survivor=survivor, result="restored", result_on="2026-10")
    ReferralStepMake(case=case, on="2026-01-02")
    TrackChangeMake(case=case, status="investigation", on="2026-01-10")
    TrackChangeMake(case=case, track="aftercare", status="in_care", on="2026-03-12")
    CaseMilestoneMake(case=case, on="2026-05-01")
    NoteMake(case=case, text="Maya asked to see the courtroom")
    AgencyMake(case=case)
    GrantMake(case=case)
    InvestigationMake(case=case, starts_on="2026-01")
    OperationMake(case=case)
    ReliefMake(case=case, survivor=survivor, recaptured=True, recaptured_on="2026-03-15")
    StatementMake(case=case, survivor=survivor)
    ArrestMake(case=case, accused=accused)
    CustodyMake(case=case, accused=accused, ends_on="2026-04-20")
    ChargeMake(case=case, accused=accused, filed_on="2026-04-02")
    order = BailOrderMake(
        case=case,
        accused=accused,
        status="ENDED",
        decided_on="2026-04-20",
        ended_on="2026-09-01",
        ended="convicted",
    )
    BailBreachMake(case=case, bail=order, on="2026-05-05")
    VerdictMake(case=case, accused=accused, months="240")
    AppealMake(
        case=case, accused=accused, filed_on="2026-10-05", decided_on="2026-11-01", outcome="dismissed"
    )
    PaymentMake(case=case, award=AwardMake(case=case, ordered_on="2026-10-01"))
    PlacementMake(case=case, care=care, ends_on="2026-08-01")
    PlanMake(case=case, care=care, reviewed_on="2026-06-20")
    AssessmentMake(case=case, care=care)
    ServiceMake(case=case, care=care)
    CareMilestoneMake(case=case, care=care)
    HearingMake(
        case=case, starts_at=timezone.now() - timedelta(days=30), outcome="adjourned", reason="judge_absent"
    )
    HearingMake(case=case)
    TaskMake(case=case, due_on=timezone.localdate())
    return accused, survivor


class Crowd:
    """People of every role, their office, and what a page can be about."""

    def __init__(self):
        self.chance = Random(7)  # noqa: S311
        self.office = OfficeMake(key="cebu", name="Cebu")
        self.people = {role: person(role, self.office_of(role), name=self.words(2)) for role in Role}
        self.named = [role for role in Role if ROLE_REACH[role] == Reach.ASSIGNED]
        self.cases = [self.case() for _ in range(CASES)]
        self.full = self.cases[0]
        fill(self.full)
        self.share = self.shared(self.full)

    def office_of(self, role):
        return None if ROLE_REACH[role] in (Reach.EVERYWHERE, Reach.NOTHING) else self.office

    def words(self, count):
        """So many words of two to four syllables."""
        made = ["".join(self.chance.choices(SYLLABLES, k=self.chance.randint(2, 4))) for _ in range(count)]
        return " ".join(made).title()

    def case(self):
        case = CaseMake(office=self.office, title=self.words(4), summary=self.words(40))
        for role in self.named:
            on_case(self.people[role], case, role)
        accused = AccusedMake(case=case, name=self.words(3))
        survivor = SurvivorMake(case=case, pseudonym=self.words(1))
        court = ProceedingMake(case=case, court=self.words(3), docket=f"CRIM-{self.chance.randrange(10**6)}")
        days = timedelta(days=self.chance.randrange(2, 40), minutes=self.chance.randrange(600))
        HearingMake(case=case, proceeding=court, starts_at=timezone.now() + days, local_time=time(9, 15))
        BailOrderMake(case=case, accused=accused, proceeding=court, status="GRANTED", decided_on="2026-05-02")
        OperationMake(case=case)
        CareMake(case=case, survivor=survivor)
        NoteMake(case=case, text=self.words(25))
        for role in self.named:
            TaskMake(
                case=case, title=self.words(5), assigned_to=self.people[role], due_on=timezone.localdate()
            )
        return case

    def shared(self, case):
        """All that can be shared of a case, with the partner."""
        lead, until = self.people[Role.LEGAL_LEAD], timezone.now() + timedelta(days=30)
        facts = {"parts": SharePart.values, "purpose": "Joint trial", "until": until}
        with viewing_as(lead):
            return share_case(case.pk, by=lead, now=timezone.now(), user=self.people[Role.PARTNER], **facts)

    def colleagues(self):
        """As many people as a list holds."""
        for _ in range(CASES):
            MembershipMake(user__name=self.words(2), office=self.office)
