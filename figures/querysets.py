"""The querysets from which every figure is counted, for dashboard and `--check` alike; one function per
table.

Each takes a snapshot (a set of cases as of a day). All read through the default managers, so nobody counts
what she may not see. `FIELDS` names the columns that are read; order matters where facts follow each other.
"""

from aftercare.models import Assessment, Care, Entitlement, Plan, Score, Service
from cases.models import Agency, Assignment, CaseLink, ReferralStep, TrackChange
from cases.querysets import holding_now
from operations.models import Counts, Headcount, Lookout, Operation, OperationSite
from operations.states import OperationStatus
from prosecutions.bail_states import ConditionKind
from prosecutions.models import (
    Accused,
    Appeal,
    Arrest,
    Award,
    AwardShare,
    BailBreach,
    BailCondition,
    BailOrder,
    Charge,
    Custody,
    Hearing,
    HearingCost,
    Party,
    Payment,
    Proceeding,
    Verdict,
)
from prosecutions.states import Bail, Standing
from survivors.models import Age, Episode, HeadcountMember, Kinship, Relief, Survivor

COUNTED = (Standing.ACCUSED, Standing.SUSPECT)
BARRING = (
    ConditionKind.NO_CONTACT,
    ConditionKind.DISTANCE,
    ConditionKind.NO_BUSINESS,
    ConditionKind.NO_MINORS,
    ConditionKind.HOUSE_ARREST,
)
EVER_GRANTED = (Bail.GRANTED, Bail.BREACHED, Bail.CANCELLED, Bail.ENDED)

FIELDS = {
    "cases": (
        "id", "number", "opened_on", "as_of", "created_at", "legal_status", "aftercare_status",
        "legal_closed_on", "aftercare_opened_on", "aftercare_closed_on", "office_id",
    ),
    "courses": ("id", "office_id", "casework_type", "country", "legal_status", "legal_closed_on"),
    "referrals": ("id", "case_id", "on"),
    "assignments": ("id", "case_id", "user_id", "role", "backup"),
    "operations": ("id", "case_id", "key", "on", "outcome", "failure", "relieved", "arrested", "led_by",
    *Counts.NUMBERS),
    "agencies": ("id", "case_id", "key", "trained_on"),
    "sites": ("id", "case_id", "operation_id", "arrested", *Counts.NUMBERS),
    "headcounts": ("id", "case_id", "key", "on", "what", "operation_id", "relieved", *Counts.NUMBERS),
    "headcount_members": ("headcount_id", "survivor_id"),
    "survivors": (
        "id", "case_id", "key", "born", "birth_year", "child", "dependant", "testified", "testified_on",
    ),
    "ages": ("survivor_id", "years", "months", "at", "on", "by", "estimated"),
    "episodes": ("survivor_id", "prevented"),
    "reliefs": (
        "id", "case_id", "survivor_id", "on", "how", "operation_id", "headcount_id", "recaptured",
        "recaptured_on",
    ),
    "kinships": ("id", "case_id", "of", "who", "relation", "role"),
    "lookouts": ("id", "case_id", "on"),
    "accused": ("id", "case_id", "key", "perpetrator_id"),
    "arrests": ("id", "case_id", "accused_id", "on", "operation_id"),
    "custodies": ("id", "case_id", "accused_id", "kind", "starts_on", "ends_on", "over", "days", "months"),
    "charges": ("id", "case_id", "accused_id", "status", "filed_on", "plea", "plea_on"),
    "bail_orders": (
        "id", "case_id", "accused_id", "kind", "status", "applied_on", "decided_on", "ended", "ended_on",
        "reoffended", "reoffended_on",
    ),
    "terms": ("id", "case_id", "bail_id", "next_on", "bail__accused__key"),
    "breaches": ("id", "case_id", "bail_id", "on", "bail__accused__key"),
    "bars": ("id", "case_id", "bail__accused_id", "bail__decided_on"),
    "verdicts": (
        "id", "case_id", "accused_id", "on", "result", "sentence_on", "months", "life", "fine_low",
        "fine_high",
        "fine_currency", "overturned_on", "suspended",
    ),
    "appeals": ("id", "case_id", "accused_id", "position", "by", "outcome", "filed_on",
    "decided_on", "months", "life"),
    "proceedings": ("id", "case_id", "key", "kind", "stage", "opened_on", "times_postponed"),
    "parties": ("proceeding_id", "accused_id"),
    "hearings": (
        "id", "case_id", "proceeding_id", "position", "on", "local_time", "outcome", "reason", "asked_by",
        "wages_lost_low", "wages_lost_high", "wages_lost_currency",
    ),
    "hearing_costs": ("hearing_id", "currency", "amount"),
    "awards": (
        "id", "case_id", "ordered_on", "each_low", "each_high", "each_currency", "total_low", "total_high",
        "total_currency", "payments_known", "set_aside_on",
    ),
    "award_shares": (
        "award_id", "survivor_id", "headcount__people", "amount_low", "amount_high", "amount_currency",
    ),
    "payments": ("id", "case_id", "award_id", "kind", "on", "amount_low", "amount_high", "amount_currency"),
    "cares": ("id", "case_id", "survivor_id", "survivor__key", "worker_id", "next_review_on",
    "result", "result_on", "arrived_at", "survivor__dependant"),
    "services": ("id", "case_id", "care_id", "kind", "starts_on", "cost", "cost_currency", "grant_id"),
    "plans": ("id", "case_id", "care_id", "on", "review_on", "reviewed_on"),
    "assessments": ("id", "case_id", "care_id", "on", "position"),
    "scores": ("assessment_id", "domain", "value", "parts"),
    "entitlements": (
        "id", "case_id", "granted_low", "granted_high", "granted_currency", "granted_on",
        "paid_low", "paid_high",
        "paid_currency", "paid_on",
    ),
    "track_changes": ("id", "case_id", "track", "position", "status", "on"),
    "links_from_here": ("id", "case_id", "number", "outside", "on"),
    "links_to_here": ("id", "number", "case__number", "on"),
    "namesakes": (
        "id", "case_id", "perpetrator_id", "case__opened_on", "case__as_of", "case__created_at",
    ),
    "bails_of_namesakes": ("id", "accused_id", "status", "reoffended", "reoffended_case"),
}  # fmt: skip


def _of(model, snapshot):
    return model.objects.filter(case__in=snapshot.cases.values("pk"))


def _of_counted(model, snapshot):
    return _of(model, snapshot).filter(accused__standing__in=COUNTED)


def cases(snapshot):
    return snapshot.cases


def courses(snapshot):
    """Where each case belongs, and whether its legal track goes on."""
    return snapshot.cases


def referrals(snapshot):
    return _of(ReferralStep, snapshot).order_by("position", "created_at")


def assignments(snapshot):
    """Those that hold now."""
    return _of(Assignment, snapshot).filter(holding_now())


def operations(snapshot):
    """Carried out: planned and cancelled ones do not count."""
    return _of(Operation, snapshot).filter(status=OperationStatus.DONE).order_by("created_at", "pk")


def sites(snapshot):
    return _of(OperationSite, snapshot)


def headcounts(snapshot):
    return _of(Headcount, snapshot).order_by("created_at", "pk")


def headcount_members(snapshot):
    return _of(HeadcountMember, snapshot)


def agencies(snapshot):
    return _of(Agency, snapshot)


def survivors(snapshot):
    return _of(Survivor, snapshot)


def ages(snapshot):
    return _of(Age, snapshot).order_by("position", "created_at")


def episodes(snapshot):
    return _of(Episode, snapshot)


def reliefs(snapshot):
    return _of(Relief, snapshot).order_by("position", "created_at")


def kinships(snapshot):
    return _of(Kinship, snapshot)


def lookouts(snapshot):
    return _of(Lookout, snapshot)


def accused(snapshot):
    """Accused and suspects; those accused elsewhere or merely mentioned count nowhere."""
    return _of(Accused, snapshot).filter(standing__in=COUNTED)


def arrests(snapshot):
    return _of_counted(Arrest, snapshot).order_by("created_at", "pk")


def custodies(snapshot):
    return _of_counted(Custody, snapshot).order_by("position", "created_at")


def charges(snapshot):
    return _of_counted(Charge, snapshot).order_by("position")


def bail_orders(snapshot):
    return _of_counted(BailOrder, snapshot).order_by("position", "created_at")


def bars(snapshot):
    """Conditions of bails that were granted, which keep the accused from people, places or a trade."""
    return _of(BailCondition, snapshot).filter(
        kind__in=BARRING, bail__accused__standing__in=COUNTED, bail__status__in=EVER_GRANTED
    )


def terms(snapshot):
    """Conditions of bail that are in force."""
    return _of(BailCondition, snapshot).in_force().filter(bail__accused__standing__in=COUNTED)


def breaches(snapshot):
    return _of(BailBreach, snapshot).filter(bail__accused__standing__in=COUNTED)


def verdicts(snapshot):
    return _of_counted(Verdict, snapshot).order_by("position", "created_at")


def appeals(snapshot):
    return _of_counted(Appeal, snapshot).order_by("position", "created_at")


def proceedings(snapshot):
    return _of(Proceeding, snapshot)


def parties(snapshot):
    return _of_counted(Party, snapshot)


def hearings(snapshot):
    return _of(Hearing, snapshot)


def hearing_costs(snapshot):
    """The single amounts that stand."""
    return _of(HearingCost, snapshot).standing()


def awards(snapshot):
    return _of(Award, snapshot).order_by("position", "created_at")


def award_shares(snapshot):
    return _of(AwardShare, snapshot)


def payments(snapshot):
    return _of(Payment, snapshot)


def cares(snapshot):
    return _of(Care, snapshot)


def plans(snapshot):
    return _of(Plan, snapshot)


def assessments(snapshot):
    return _of(Assessment, snapshot)


def scores(snapshot):
    return _of(Score, snapshot)


def services(snapshot):
    """Those that cost something; `aftercare.costs` says which."""
    return _of(Service, snapshot).spent()


def entitlements(snapshot):
    return _of(Entitlement, snapshot)


def track_changes(snapshot):
    return _of(TrackChange, snapshot).order_by("track", "position")


def links_from_here(snapshot):
    return _of(CaseLink, snapshot)


def links_to_here(snapshot):
    return _others(CaseLink, snapshot).filter(number__in=snapshot.cases.values("number"))


def namesakes(snapshot):
    """The same human beings in whatever case, as accused or suspects."""
    people = accused(snapshot).values("perpetrator")
    return _others(Accused, snapshot).filter(standing__in=COUNTED, perpetrator__in=people)


def bails_of_namesakes(snapshot):
    """Bails of the same human beings that were granted, whatever became of them."""
    return BailOrder.objects.filter(accused__in=namesakes(snapshot).values("pk"), status__in=EVER_GRANTED)


def _others(model, snapshot):
    if snapshot.among is None:
        return model.objects.all()
    return model.objects.filter(case__in=snapshot.among.values("pk"))
