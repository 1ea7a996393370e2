"""Both tracks of a case on one line: what happened, when, to whom. One query, however much there is."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case as Choose
from django.db.models import CharField, F, Q, TextField, Value
from django.db.models.expressions import When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.roles import Can
from aftercare.models import Assessment, Care, CareMilestone, Placement, Plan, Service
from cases.models import CaseMilestone, Note, ReferralStep, TrackChange
from documents.models import Document
from operations.models import Investigation, Operation
from prosecutions.models import (
    Appeal,
    Arrest,
    Award,
    BailBreach,
    BailOrder,
    Charge,
    Custody,
    Hearing,
    Payment,
    Verdict,
)
from reference.values import PartialDate
from survivors.models import Relief, Statement, Threat

LANES = {"legal": _("Legal"), "aftercare": _("Aftercare"), "operations": _("Operations")}
LEGAL, CARE, OPERATIONS, ALL_ONLY = ("legal",), ("aftercare",), ("operations",), ()
COLUMNS = ("on", "time", "what", "code", "reason", "about", "words")


class Row(NamedTuple):
    """One thing that happened, as texts: codes and ids, not words."""

    kind: str
    pk: str
    on: str
    time: str
    what: str
    code: str
    reason: str
    about: str
    words: str
    lanes: tuple = ()


@dataclass(frozen=True)
class Source:
    """Where one kind of entry comes from: which rows, and which fields say when, what and to whom."""

    kind: str
    verb: Can
    lanes: tuple
    model: type
    on: object
    what: object = ""
    code: object = ""
    reason: object = ""
    about: object = ""
    words: object = ""
    time: object = ""
    where: Q = Q()
    dated: bool = False

    def rows(self, case):
        """The rows of the case as texts in the same columns for every kind."""
        found = self.model.objects.filter(self.where, case=case)
        if self.dated:
            found = found.exclude(**{self.on: ""})
        fields = [as_text(getattr(self, column)) for column in COLUMNS]
        kind = Value(self.kind, output_field=TextField())
        return found.order_by().values_list(Cast(kind, TextField()), as_text("pk"), *fields)


def as_text(field):
    """A column of text from a field's name, an expression, or nothing."""
    if field == "":
        return Cast(Value(""), TextField())
    expression = F(field) if isinstance(field, str) else field
    return Coalesce(Cast(expression, TextField()), Value(""), output_field=TextField())


def written_on(field=None):
    """The date given, else the day on which the record was made."""
    made = Cast(TruncDate("created_at"), CharField())
    return Coalesce(NullIf(field, Value("")), made, output_field=CharField()) if field else made


OPERATION_RESULT = Choose(
    When(status="done", then=F("outcome")), default=F("status"), output_field=CharField()
)
DECIDED = ~Q(status="SOUGHT")
CASE_LIFE = (
    Source(
        "referral",
        Can.VIEW_CASE,
        ALL_ONLY,
        ReferralStep,
        "on",
        code="position",
        words=Concat("source", Value(" → "), "target"),
    ),
    Source(
        "legal",
        Can.VIEW_CASE,
        LEGAL,
        TrackChange,
        "on",
        "status",
        reason="reason",
        words="note",
        where=Q(track="legal"),
    ),
    Source(
        "aftercare",
        Can.VIEW_AFTERCARE,
        CARE,
        TrackChange,
        "on",
        "status",
        reason="reason",
        words="note",
        where=Q(track="aftercare"),
    ),
    Source("milestone", Can.VIEW_CASE, ALL_ONLY, CaseMilestone, "on", "what", words="note"),
    Source("note", Can.VIEW_CASE, ALL_ONLY, Note, written_on("on"), reason="author__name", words="text"),
    Source(
        "document", Can.VIEW_CASE, ALL_ONLY, Document, written_on(), reason="uploaded_by__name", words="title"
    ),
)
FIELD_WORK = (
    Source("investigation", Can.VIEW_OPERATION, OPERATIONS, Investigation, "starts_on", "result"),
    Source(
        "operation",
        Can.VIEW_OPERATION,
        OPERATIONS,
        Operation,
        "on",
        "purpose",
        OPERATION_RESULT,
        "failure",
        time="local_time",
        where=Q(status="done"),  # a plan has no line, not even for those who know of it: its day is covered
    ),
    Source(
        "relief", Can.VIEW_SURVIVOR, ("operations", "aftercare"), Relief, "on", "how", about="survivor_id"
    ),
    Source(
        "recapture",
        Can.VIEW_SURVIVOR,
        ("operations", "aftercare"),
        Relief,
        "recaptured_on",
        about="survivor_id",
        where=Q(recaptured=True),
    ),
    Source(
        "threat",
        Can.VIEW_SURVIVOR,
        ("legal", "aftercare"),
        Threat,
        written_on("on"),
        "kind",
        about="survivor_id",
    ),
    Source("statement", Can.VIEW_SURVIVOR, LEGAL, Statement, "on", code="result", about="survivor_id"),
)
LAW = (
    Source("arrest", Can.VIEW_ACCUSED, ("legal", "operations"), Arrest, "on", about="accused_id"),
    # `reason`: it is over, and nobody knows since when.
    Source(
        "custody", Can.VIEW_ACCUSED, LEGAL, Custody, "starts_on", "kind", reason="over", about="accused_id"
    ),
    Source(
        "custody_end", Can.VIEW_ACCUSED, LEGAL, Custody, "ends_on", "kind", about="accused_id", dated=True
    ),
    Source(
        "charge",
        Can.VIEW_ACCUSED,
        LEGAL,
        Charge,
        "filed_on",
        code="status",
        about="accused_id",
        words=Coalesce(NullIf("offence", Value("")), "statute", output_field=CharField()),
    ),
    Source("bail", Can.VIEW_ACCUSED, LEGAL, BailOrder, "applied_on", "kind", about="accused_id", dated=True),
    Source(
        "bail_decision",
        Can.VIEW_ACCUSED,
        LEGAL,
        BailOrder,
        "decided_on",
        "status",
        about="accused_id",
        where=DECIDED,
    ),
    Source(
        "bail_end",
        Can.VIEW_ACCUSED,
        LEGAL,
        BailOrder,
        "ended_on",
        code="ended",
        about="accused_id",
        dated=True,
    ),
    Source("breach", Can.VIEW_ACCUSED, LEGAL, BailBreach, "on", about="bail__accused_id", words="what"),
    Source(
        "hearing",
        Can.VIEW_HEARING,
        LEGAL,
        Hearing,
        "on",
        "purpose",
        "outcome",
        "reason",
        words="proceeding__court",
        time="local_time",
    ),
    Source("verdict", Can.VIEW_ACCUSED, LEGAL, Verdict, "on", "result", about="accused_id", words="months"),
    Source("appeal", Can.VIEW_ACCUSED, LEGAL, Appeal, "filed_on", "by", about="accused_id"),
    Source(
        "appeal_decision",
        Can.VIEW_ACCUSED,
        LEGAL,
        Appeal,
        "decided_on",
        "outcome",
        about="accused_id",
        dated=True,
    ),
    Source("award", Can.VIEW_ACCUSED, LEGAL, Award, "ordered_on", words="by"),
    Source("payment", Can.VIEW_ACCUSED, LEGAL, Payment, "on", where=Q(kind="received")),
    Source("deposit", Can.VIEW_ACCUSED, LEGAL, Payment, "on", where=Q(kind="deposited")),
)
AFTERWARDS = (
    Source(
        "placement",
        Can.VIEW_AFTERCARE,
        CARE,
        Placement,
        "starts_on",
        "kind",
        reason="over",
        about="care__survivor_id",
    ),
    Source(
        "placement_end",
        Can.VIEW_AFTERCARE,
        CARE,
        Placement,
        "ends_on",
        "kind",
        about="care__survivor_id",
        dated=True,
    ),
    Source("plan", Can.VIEW_AFTERCARE, CARE, Plan, "on", about="care__survivor_id"),
    Source(
        "plan_review", Can.VIEW_AFTERCARE, CARE, Plan, "reviewed_on", about="care__survivor_id", dated=True
    ),
    Source("assessment", Can.VIEW_AFTERCARE, CARE, Assessment, "on", "reason", about="care__survivor_id"),
    Source("service", Can.VIEW_AFTERCARE, CARE, Service, "starts_on", "kind", about="care__survivor_id"),
    Source("step", Can.VIEW_AFTERCARE, CARE, CareMilestone, "on", "what", about="care__survivor_id"),
    Source(
        "care_result",
        Can.VIEW_AFTERCARE,
        CARE,
        Care,
        "result_on",
        "result",
        about="survivor_id",
        where=~Q(result=""),
    ),
)
SOURCES = (*CASE_LIFE, *FIELD_WORK, *LAW, *AFTERWARDS)
LANES_OF = {source.kind: source.lanes for source in SOURCES}


def history(case, user):
    """All that happened in the case and that the person may see, newest first, dates not known last."""
    first, *others = [source.rows(case) for source in SOURCES if user.can_on(source.verb, case.office_id)]
    rows = [Row(*values, lanes=LANES_OF[values[0]]) for values in first.union(*others, all=True)]
    rows.append(Row("opened", str(case.pk), case.opened_on, *[""] * 6, lanes=ALL_ONLY))
    return sorted(rows, key=newest_first)


def newest_first(row):
    """Later days first; of one day the exact dates before the vague ones; what has no date comes last."""
    if not row.on:
        return (1, 0, 0, row.kind, row.pk)
    known = PartialDate(row.on)
    return (
        0,
        -known.first.toordinal(),
        -len(known.rstrip("~?%")),
        [-ord(c) for c in row.time],
        row.kind,
        row.pk,
    )


def of_lane(rows, lane):
    """Only what belongs to one lane; everything without one."""
    return [row for row in rows if lane in row.lanes] if lane in LANES else rows


def lanes_for(user):
    """The lanes of which the person may see something of their own."""
    verbs = {"legal": Can.VIEW_CASE, "aftercare": Can.VIEW_AFTERCARE, "operations": Can.VIEW_OPERATION}
    return [lane for lane in LANES if user.can(verbs[lane])]


def first_day(rows, kind, *codes):
    """The earliest day on which this kind of thing (with one of these codes) is known to have happened."""
    days = [
        PartialDate(row.on)
        for row in rows
        if row.kind == kind and row.on and (not codes or row.what in codes)
    ]
    return min(days, key=lambda day: day.first, default=None)
