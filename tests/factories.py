"""One factory for each model, named after it with Make at the end."""

import datetime
import uuid
from contextlib import contextmanager
from functools import cache

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db import connection
from django.utils import timezone

from accounts.models import Duty, Membership, Office, User
from accounts.roles import Role
from aftercare.models import (
    Assessment,
    Care,
    CareMilestone,
    CareTask,
    Closure,
    Contact,
    Entitlement,
    Goal,
    GoalStep,
    Home,
    Instrument,
    InstrumentPart,
    PartScore,
    Placement,
    Plan,
    Referral,
    SafetyCheck,
    Score,
    Service,
)
from cases.models import (
    Agency,
    Assignment,
    Case,
    CaseKey,
    CaseLink,
    CaseMilestone,
    Emergency,
    Grant,
    Note,
    ReferralStep,
    RiskNote,
    Task,
    TrackChange,
)
from cases.sealing import CaseKeys
from law.models import ClockRule, Jurisdiction
from operations.models import (
    Headcount,
    Insider,
    Investigation,
    Lookout,
    Operation,
    OperationSite,
    Route,
    RouteLeg,
    Venue,
)
from prosecutions.models import (
    Accused,
    Appeal,
    Arrest,
    Attendance,
    Award,
    AwardShare,
    AwardStep,
    BailBreach,
    BailCondition,
    BailOrder,
    CalledWitness,
    Charge,
    Clock,
    ClockMove,
    CourtEvent,
    Custody,
    Hearing,
    HearingCost,
    IdentityAnswer,
    MatchPair,
    MatchSide,
    Memo,
    NameForm,
    Network,
    Party,
    Payment,
    Perpetrator,
    PersonLink,
    Proceeding,
    ProceedingNumber,
    Release,
    RingMember,
    SentencePart,
    StatusCheck,
    Verdict,
    WitnessItem,
)
from reference.sealed_fields import register_keys
from rights.models import Correction, Hold, Review, RightsRequest
from survivors.models import (
    Age,
    Consent,
    ContactRule,
    Episode,
    Family,
    HeadcountMember,
    HealthEvent,
    Kinship,
    MissingPerson,
    Relief,
    Statement,
    Story,
    StorySubject,
    Survivor,
    Threat,
    Unregistered,
)

PASSWORD = "a long enough sentence"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@contextmanager
def arranging():
    """As if nobody looked, for the second lock alone; uncounted, since no product code asks this."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        settings = ("app.ctx", "tests.nobody")
        cursor.execute("SELECT " + ", ".join(f"current_setting('{name}', true)" for name in settings))
        before = cursor.fetchone()
        for name, value in zip(settings, ("", ""), strict=True):
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        register_keys(ArrangedKeys())
        try:
            yield
        finally:
            register_keys(CaseKeys())
        for name, value in zip(settings, before, strict=True):
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value or ""])


class ArrangedKeys(CaseKeys):
    """Data keys while a test arranges sealed values and nobody looks."""

    def rows(self):
        return CaseKey._base_manager.all()


class Make(factory.django.DjangoModelFactory):
    """Saves the row as the principal that arranges tests, whoever is looking (tests/conftest.py)."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(**kwargs)
        with arranging():
            row.save(force_insert=True)
        return row


class OfficeMake(Make):
    class Meta:
        model = Office

    key = factory.Sequence(lambda n: f"office{n}")
    name = factory.Sequence(lambda n: f"Office {n}")
    alias = factory.Sequence(lambda n: f"Desk {n}")
    country = "PH"
    time_zone = "Asia/Manila"
    currency = "PHP"
    languages = ["en"]


@cache
def sealed():
    """The secret of everybody's app, sealed once."""
    return encrypt(TOTP_SECRET)


class UserMake(Make):
    """Has an app that shows codes; `factor=False` for somebody who stands before the gate."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class, *args, factor=True, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        if factor:
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": sealed()})
        return user


class MembershipMake(Make):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserMake)
    office = factory.SubFactory(OfficeMake)
    role = Role.CASEWORKER


class DutyMake(Make):
    class Meta:
        model = Duty

    office = factory.SubFactory(OfficeMake)
    user = factory.SubFactory(UserMake)
    days = factory.LazyFunction(
        lambda: (
            timezone.now().date() - datetime.timedelta(days=3),
            timezone.now().date() + datetime.timedelta(days=4),
        )
    )


class CaseMake(Make):
    class Meta:
        model = Case

    number = factory.Sequence(lambda n: f"TST-2026-{n:04d}")
    office = factory.SubFactory(OfficeMake)
    casework_type = "csec"
    title = "Harbour Road"
    opened_on = "2026-01-05"
    legal_status = "pre_trial"
    aftercare_status = "in_care"


class OfCaseMake(Make):
    class Meta:
        abstract = True

    case = factory.SubFactory(CaseMake)


def local_key(letter):
    # An underscore, so that no key that the product makes (s1, s2) is ever met.
    return factory.Sequence(lambda n: f"{letter}_{n + 1}")


class AssignmentMake(OfCaseMake):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserMake)
    role = Role.CASEWORKER


class EmergencyMake(Make):
    class Meta:
        model = Emergency

    office = factory.SubFactory(OfficeMake)
    user = factory.SubFactory(UserMake)
    case_id = factory.LazyFunction(uuid.uuid4)
    assignment_id = factory.LazyFunction(uuid.uuid4)
    number = "TST-2026-9999"
    reason = "Somebody is in danger"
    started_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda row: row.started_at + datetime.timedelta(hours=1))


class TrackChangeMake(OfCaseMake):
    class Meta:
        model = TrackChange

    track = "legal"
    position = factory.Sequence(lambda n: n + 1)
    status = "pre_trial"


class AgencyMake(OfCaseMake):
    class Meta:
        model = Agency

    key = local_key("agency")
    name = "Police unit"
    kind = "police"


class ReferralStepMake(OfCaseMake):
    class Meta:
        model = ReferralStep

    position = factory.Sequence(lambda n: n + 1)
    source = "a neighbour"
    target = "us"


class GrantMake(OfCaseMake):
    class Meta:
        model = Grant

    name = "Justice Fund"


class CaseMilestoneMake(OfCaseMake):
    class Meta:
        model = CaseMilestone

    what = "fast_response"


class CaseLinkMake(OfCaseMake):
    class Meta:
        model = CaseLink

    kind = "same_network"
    outside = "a case abroad"


class NoteMake(OfCaseMake):
    class Meta:
        model = Note

    text = "A note"


class TaskMake(OfCaseMake):
    class Meta:
        model = Task

    title = "Confirm interpreter"


class VenueMake(OfCaseMake):
    class Meta:
        model = Venue

    key = local_key("v")
    kind = "bar"


class RouteMake(OfCaseMake):
    class Meta:
        model = Route

    key = local_key("r")


class RouteLegMake(OfCaseMake):
    class Meta:
        model = RouteLeg

    route = factory.SubFactory(RouteMake, case=factory.SelfAttribute("..case"))
    position = 1


class InvestigationMake(OfCaseMake):
    class Meta:
        model = Investigation

    key = local_key("i")


class OperationMake(OfCaseMake):
    class Meta:
        model = Operation
        skip_postgeneration_save = True

    key = local_key("o")
    on = "2026-03-10"
    purpose = "relief"
    outcome = "success"

    @factory.post_generation
    def insiders(self, create, users, **kwargs):
        """Who may know of a plan; the first leads it."""
        for place, user in enumerate(users or ()):
            InsiderMake(operation=self, case=self.case, user=user, leads=place == 0)


class InsiderMake(OfCaseMake):
    class Meta:
        model = Insider

    operation = factory.SubFactory(
        OperationMake, case=factory.SelfAttribute("..case"), status="planned", outcome=""
    )
    user = factory.SubFactory(UserMake)
    named_by = factory.SelfAttribute("user")
    started_at = factory.LazyFunction(timezone.now)


class OperationSiteMake(OfCaseMake):
    class Meta:
        model = OperationSite

    operation = factory.SubFactory(OperationMake, case=factory.SelfAttribute("..case"))
    venue = factory.SubFactory(VenueMake, case=factory.SelfAttribute("..case"))


class HeadcountMake(OfCaseMake):
    class Meta:
        model = Headcount

    key = local_key("h")
    label = "the group"
    what = "relieved"
    people = "5"


class LookoutMake(OfCaseMake):
    class Meta:
        model = Lookout

    to_agency = "police"


class SurvivorMake(OfCaseMake):
    class Meta:
        model = Survivor

    key = local_key("s")
    pseudonym = factory.Sequence(lambda n: f"Maya {n}")


class AgeMake(OfCaseMake):
    class Meta:
        model = Age

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    years = "15"
    at = "relief"


class EpisodeMake(OfCaseMake):
    class Meta:
        model = Episode

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    kinds = ["SexualExploitation"]


class ReliefMake(OfCaseMake):
    class Meta:
        model = Relief

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    on = "2026-03-10"
    how = "operation"


class StatementMake(OfCaseMake):
    class Meta:
        model = Statement

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    round = 1
    result = "full"


class ConsentMake(OfCaseMake):
    class Meta:
        model = Consent

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    purpose = "services"
    given = True


class HealthEventMake(OfCaseMake):
    class Meta:
        model = HealthEvent

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    what = "injury"


class StoryMake(OfCaseMake):
    class Meta:
        model = Story

    title = "A new start"
    text = "She sews again."
    receiver = "The yearly report"
    written_by = factory.SubFactory(UserMake)


class StorySubjectMake(OfCaseMake):
    class Meta:
        model = StorySubject

    story = factory.SubFactory(StoryMake, case=factory.SelfAttribute("..case"))
    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))


class KinshipMake(OfCaseMake):
    class Meta:
        model = Kinship

    of = "s1"
    relation = "sister"


class HeadcountMemberMake(OfCaseMake):
    class Meta:
        model = HeadcountMember

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    headcount = factory.SubFactory(HeadcountMake, case=factory.SelfAttribute("..case"))


class FamilyMake(OfCaseMake):
    class Meta:
        model = Family

    key = local_key("f")
    label = "Family A"


class UnregisteredMake(OfCaseMake):
    class Meta:
        model = Unregistered

    headcount = factory.SubFactory(HeadcountMake, case=factory.SelfAttribute("..case"))
    number = 1
    why = "declined"
    said_at = factory.LazyFunction(timezone.now)
    said_by = factory.SubFactory(UserMake)


class MissingPersonMake(OfCaseMake):
    class Meta:
        model = MissingPerson

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    operation = factory.SubFactory(OperationMake, case=factory.SelfAttribute("..case"))


class PerpetratorMake(Make):
    class Meta:
        model = Perpetrator


class NetworkMake(OfCaseMake):
    class Meta:
        model = Network

    key = local_key("n")
    name = "The line"


class AccusedMake(OfCaseMake):
    class Meta:
        model = Accused

    key = local_key("p")
    perpetrator = factory.SubFactory(PerpetratorMake)
    name = factory.Sequence(lambda n: f"R. Salonga {n}")


class ArrestMake(OfCaseMake):
    class Meta:
        model = Arrest

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    on = "2026-03-10"


class CustodyMake(OfCaseMake):
    class Meta:
        model = Custody

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    kind = "remand"
    starts_on = "2026-03-10"


class ProceedingMake(OfCaseMake):
    class Meta:
        model = Proceeding

    key = local_key("t")
    kind = "criminal_trial"
    court = "RTC Branch 23"
    docket = factory.Sequence(lambda n: f"CRIM-{n}")


class ProceedingNumberMake(OfCaseMake):
    class Meta:
        model = ProceedingNumber

    proceeding = factory.SubFactory(ProceedingMake, case=factory.SelfAttribute("..case"))
    number = factory.Sequence(lambda n: f"FIR {n}/2024")


class PartyMake(OfCaseMake):
    class Meta:
        model = Party

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    proceeding = factory.SubFactory(ProceedingMake, case=factory.SelfAttribute("..case"))


class ChargeMake(OfCaseMake):
    class Meta:
        model = Charge

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    position = factory.Sequence(lambda n: n + 1)
    offence = "Trafficking in persons"
    status = "filed"


class BailOrderMake(OfCaseMake):
    class Meta:
        model = BailOrder

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    proceeding = factory.SubFactory(ProceedingMake, case=factory.SelfAttribute("..case"))
    applied_on = "2026-04-01"


class BailConditionMake(OfCaseMake):
    class Meta:
        model = BailCondition

    bail = factory.SubFactory(BailOrderMake, case=factory.SelfAttribute("..case"))
    kind = "reporting"


class StatusCheckMake(OfCaseMake):
    class Meta:
        model = StatusCheck

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    status = "in_custody"
    how = "prison"
    on = datetime.date(2026, 4, 1)
    by = factory.SubFactory(UserMake)


class MemoMake(OfCaseMake):
    class Meta:
        model = Memo

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    composed_by = factory.SubFactory(UserMake)
    composed_at = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)
    language = "en"
    content = factory.LazyFunction(lambda: {"title": "", "number": "", "made": "", "footer": "", "source": "",
                                            "language": "en", "sections": []})  # fmt: skip
    sha256 = "0" * 64


class BailBreachMake(OfCaseMake):
    class Meta:
        model = BailBreach

    bail = factory.SubFactory(BailOrderMake, case=factory.SelfAttribute("..case"))
    what = "did not report"


class VerdictMake(OfCaseMake):
    class Meta:
        model = Verdict

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    result = "convicted"
    on = "2026-10-01"


class AppealMake(OfCaseMake):
    class Meta:
        model = Appeal

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    by = "accused"


class HearingMake(OfCaseMake):
    class Meta:
        model = Hearing

    proceeding = factory.SubFactory(ProceedingMake, case=factory.SelfAttribute("..case"))
    purpose = "evidence"
    starts_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=4))
    on = factory.LazyAttribute(lambda o: f"{o.starts_at:%Y-%m-%d}")
    local_time = datetime.time(8, 30)


class AttendanceMake(OfCaseMake):
    class Meta:
        model = Attendance

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    hearing = factory.SubFactory(HearingMake, case=factory.SelfAttribute("..case"))


class HearingCostMake(OfCaseMake):
    class Meta:
        model = HearingCost

    hearing = factory.SubFactory(HearingMake, case=factory.SelfAttribute("..case"))
    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    amount = 350
    currency = "PHP"


class CalledWitnessMake(OfCaseMake):
    class Meta:
        model = CalledWitness

    hearing = factory.SubFactory(HearingMake, case=factory.SelfAttribute("..case"))
    label = "The officer of the station"


class WitnessItemMake(OfCaseMake):
    class Meta:
        model = WitnessItem

    hearing = factory.SubFactory(HearingMake, case=factory.SelfAttribute("..case"))
    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    need = "transport"


class AwardMake(OfCaseMake):
    class Meta:
        model = Award

    each_low = each_high = 1000
    each_currency = "PHP"


class AwardShareMake(OfCaseMake):
    class Meta:
        model = AwardShare

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    award = factory.SubFactory(AwardMake, case=factory.SelfAttribute("..case"))


class PaymentMake(OfCaseMake):
    class Meta:
        model = Payment

    award = factory.SubFactory(AwardMake, case=factory.SelfAttribute("..case"))
    amount_low = amount_high = 100
    amount_currency = "PHP"


class SentencePartMake(OfCaseMake):
    class Meta:
        model = SentencePart

    verdict = factory.SubFactory(VerdictMake, case=factory.SelfAttribute("..case"))
    kind = "imprisonment_fixed"
    months = "12"


class ReleaseMake(OfCaseMake):
    class Meta:
        model = Release

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    state = "dated"


class AwardStepMake(OfCaseMake):
    class Meta:
        model = AwardStep

    award = factory.SubFactory(AwardMake, case=factory.SelfAttribute("..case"))
    kind = "demand"
    on = "2026-10-15"


class CareMake(OfCaseMake):
    class Meta:
        model = Care

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))


class HomeMake(Make):
    class Meta:
        model = Home

    office = factory.SubFactory(OfficeMake)
    called = factory.Sequence(lambda n: f"Blue door {n}")
    kind = "ngo_shelter"
    capacity = 8


class ReferralMake(OfCaseMake):
    class Meta:
        model = Referral

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    consent = factory.SubFactory(
        ConsentMake, case=factory.SelfAttribute("..case"), survivor=factory.SelfAttribute("..care.survivor"),
        purpose="share_with_agency",
    )  # fmt: skip
    receiver = "Open Door Home"
    kind = "medical"
    shared = ["pseudonym", "needs"]
    by = factory.SubFactory(UserMake)


class PlacementMake(OfCaseMake):
    class Meta:
        model = Placement

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    kind = "aftercare_home"
    starts_on = "2026-03-11"


class PlanMake(OfCaseMake):
    class Meta:
        model = Plan

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    on = "2026-03-20"
    review_on = "2026-09-20"


class GoalMake(OfCaseMake):
    class Meta:
        model = Goal

    plan = factory.SubFactory(PlanMake, case=factory.SelfAttribute("..case"))
    area = "Education"
    goal = "Back to school"


class AssessmentMake(OfCaseMake):
    class Meta:
        model = Assessment

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    on = "2026-03-25"
    reason = "intake"


class ScoreMake(OfCaseMake):
    class Meta:
        model = Score

    assessment = factory.SubFactory(AssessmentMake, case=factory.SelfAttribute("..case"))
    domain = "safety"
    value = 2


class InstrumentMake(Make):
    class Meta:
        model = Instrument

    code = factory.Sequence(lambda n: f"questions-{n + 1}")
    name = "Our questions"
    labels = ["One", "Two", "Three", "Four"]
    sha256 = "0" * 64


class InstrumentPartMake(Make):
    class Meta:
        model = InstrumentPart

    instrument = factory.SubFactory(InstrumentMake)
    domain = "safety"
    code = factory.Sequence(lambda n: f"part_{n + 1}")
    position = 1
    label = "Nobody threatens"
    steps = ["Is threatened now.", "Was threatened.", "No threats for months.", "Nobody could."]


class PartScoreMake(OfCaseMake):
    class Meta:
        model = PartScore

    assessment = factory.SubFactory(AssessmentMake, case=factory.SelfAttribute("..case"))
    part = factory.SubFactory(InstrumentPartMake)
    value = 1


class GoalStepMake(OfCaseMake):
    class Meta:
        model = GoalStep

    goal = factory.SubFactory(GoalMake, case=factory.SelfAttribute("..case"))
    kind = "medical"


class ServiceMake(OfCaseMake):
    class Meta:
        model = Service

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    kind = "counselling"
    starts_on = "2026-03-20"


class SafetyCheckMake(OfCaseMake):
    class Meta:
        model = SafetyCheck

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    looked_at = factory.LazyFunction(timezone.now)
    safe = "yes"
    risk = "medium"
    by = factory.SubFactory(UserMake)


class ContactMake(OfCaseMake):
    class Meta:
        model = Contact

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    met_at = factory.LazyFunction(timezone.now)
    way = "call"
    by = factory.SubFactory(UserMake)


class CareTaskMake(OfCaseMake):
    class Meta:
        model = CareTask

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    kind = "tell"
    due_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=1))


class ThreatMake(OfCaseMake):
    class Meta:
        model = Threat

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    kind = "message"
    what = "A call at night"
    reported_by = factory.SubFactory(UserMake)
    reported_at = factory.LazyFunction(timezone.now)


class ContactRuleMake(OfCaseMake):
    class Meta:
        model = ContactRule

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    ways = ["call"]


class EntitlementMake(OfCaseMake):
    class Meta:
        model = Entitlement

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    scheme = "Assistance fund"


class CareMilestoneMake(OfCaseMake):
    class Meta:
        model = CareMilestone

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    what = "back_to_school"


class RiskNoteMake(OfCaseMake):
    class Meta:
        model = RiskNote

    level = "medium"
    note = "The recruiter knows where they live"
    on = "2026-03-01"
    by = factory.SubFactory(UserMake)


class NameFormMake(OfCaseMake):
    class Meta:
        model = NameForm

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))


class IdentityAnswerMake(OfCaseMake):
    class Meta:
        model = IdentityAnswer

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    other = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    answer = "later"
    answered_at = factory.LazyFunction(timezone.now)
    answered_by = factory.SubFactory(UserMake)


class PersonLinkMake(OfCaseMake):
    class Meta:
        model = PersonLink

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    was = factory.SubFactory(PerpetratorMake)
    now = factory.SelfAttribute("accused.perpetrator")
    linked_at = factory.LazyFunction(timezone.now)
    linked_by = factory.SubFactory(UserMake)


class MatchPairMake(Make):
    class Meta:
        model = MatchPair

    score = 80


class MatchSideMake(OfCaseMake):
    class Meta:
        model = MatchSide

    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    other_office = factory.SubFactory(OfficeMake)
    ask = factory.SubFactory(UserMake)

    @factory.lazy_attribute
    def pair(self):
        one, two = sorted([self.accused, AccusedMake()], key=lambda row: row.pk)
        return MatchPairMake(one=one, two=two)


class RingMemberMake(OfCaseMake):
    class Meta:
        model = RingMember

    network = factory.SubFactory(NetworkMake, case=factory.SelfAttribute("..case"))
    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    role = "leader"


def a_rule():
    """Some rule of the law with an end; one of our own where no law is loaded."""
    known = ClockRule.objects.filter(code="PH-appeal-15").first() or ClockRule.objects.first()
    if known is None:
        place, _new = Jurisdiction.objects.get_or_create(country="PH", defaults={"name": "Philippines"})
        known = ClockRule.objects.create(
            jurisdiction=place, code="PH-appeal-15", name="Notice of appeal", starts="judgment", days=15,
            stops_on="notice_of_appeal", severity="urgent", about="accused",
        )  # fmt: skip
    return known


class ClockMake(OfCaseMake):
    class Meta:
        model = Clock

    rule = factory.LazyFunction(a_rule)
    accused = factory.SubFactory(AccusedMake, case=factory.SelfAttribute("..case"))
    by_hand = True
    began_on = factory.LazyFunction(lambda: timezone.now().date() - datetime.timedelta(days=10))
    due_on = factory.LazyAttribute(lambda row: row.began_on + datetime.timedelta(days=15))
    due_at = factory.LazyAttribute(
        lambda row: datetime.datetime.combine(
            row.due_on + datetime.timedelta(days=1), datetime.time(), datetime.UTC
        )
    )


class ClockMoveMake(OfCaseMake):
    class Meta:
        model = ClockMove

    clock = factory.SubFactory(ClockMake, case=factory.SelfAttribute("..case"))
    kind = "extended"
    until = factory.LazyFunction(lambda: timezone.now().date() + datetime.timedelta(days=30))
    why = "The court gave more time"
    mover = factory.SubFactory(UserMake)
    moved_at = factory.LazyFunction(timezone.now)


class CourtEventMake(OfCaseMake):
    class Meta:
        model = CourtEvent

    event = "complaint"
    on = "2026-03-10"


class RightsRequestMake(OfCaseMake):
    class Meta:
        model = RightsRequest

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    kind = "restrict"
    asker = "self"
    asked_on = factory.LazyFunction(lambda: timezone.now().date())
    due_on = factory.LazyAttribute(lambda row: row.asked_on + datetime.timedelta(days=30))
    written_by = factory.SubFactory(UserMake)


class CorrectionMake(OfCaseMake):
    class Meta:
        model = Correction

    survivor = factory.SubFactory(SurvivorMake, case=factory.SelfAttribute("..case"))
    asked_on = factory.LazyFunction(lambda: timezone.now().date())
    written_by = factory.SubFactory(UserMake)


class HoldMake(OfCaseMake):
    class Meta:
        model = Hold

    reason = "A civil suit is being prepared"
    until = datetime.date(2040, 1, 1)
    placed_at = factory.LazyFunction(timezone.now)
    placed_by = factory.SubFactory(UserMake)


class ReviewMake(OfCaseMake):
    class Meta:
        model = Review

    why = "rule"
    due_on = datetime.date(2026, 1, 1)


class ClosureMake(OfCaseMake):
    class Meta:
        model = Closure

    care = factory.SubFactory(CareMake, case=factory.SelfAttribute("..case"))
    result = "moved"
    on = "2026-10-01"
    basis = "Lives with relatives abroad"
    asked_by = factory.SubFactory(UserMake)
    asked_at = factory.LazyFunction(timezone.now)
