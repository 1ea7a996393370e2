"""Aftercare: who is cared for, where they stay (never the address), what is done and what is owed."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.roles import Can
from aftercare.models import (
    Care,
    CareMilestone,
    Closure,
    Contact,
    Entitlement,
    EntitlementPaper,
    Home,
    Placement,
    Referral,
    SafetyCheck,
    Service,
    TherapyNote,
)
from api.records.reading import Reading, RecordShape
from api.shapes import ModelShape

VIEW = {"list": Can.VIEW_AFTERCARE}


class CareViewSet(Reading):
    """The aftercare of one survivor, or of a head-count group."""

    model = Care
    needs = VIEW
    fields = (
        "survivor", "headcount", "worker", "worker_words", "wishes", "risk", "arrived_at", "next_review_on",
        "result", "result_on", "basis", "result_note", "note",
    )  # fmt: skip
    narrow = ("survivor", "headcount", "worker", "risk", "result")
    scoped = ("headcount",)


class CareMilestoneViewSet(Reading):
    """Steps on a survivor's road."""

    model = CareMilestone
    needs = VIEW
    fields = ("care", "on", "what", "note")
    narrow = ("care", "what")


class PlacementReading(Reading):
    """Stays in places of care: of which kind, in which home of the office, from when to when. Where a place
    stands is never told here, and neither is the note, which may tell it."""

    model = Placement
    needs = VIEW
    fields = (
        "care", "position", "kind", "home", "starts_on", "ends_on", "over", "placed_with", "consent_on",
        "ended_why",
    )  # fmt: skip
    narrow = ("care", "kind", "home", "over")
    scoped = ("home",)


class HomeViewSet(Reading):
    """Homes of the offices where the person works in aftercare, under the names the team gave them."""

    model = Home
    needs = VIEW
    fields = (
        "called", "kind", "capacity", "takes", "youngest", "oldest", "siblings_together", "family_consent",
        "languages", "step_free", "closed_on",
    )  # fmt: skip
    narrow = ("kind", "takes")


class ServiceReading(Reading):
    """Services that were given."""

    model = Service
    needs = VIEW
    fields = (
        "care", "kind", "starts_on", "ends_on", "by", "cost", "cost_currency", "grant", "step", "note",
    )  # fmt: skip
    narrow = ("care", "kind", "grant", "step")


class ContactReading(Reading):
    """When people were met or reached, or nobody could."""

    model = Contact
    needs = VIEW
    fields = ("care", "met_at", "way", "reached", "safe", "by", "note")
    narrow = ("care", "way", "reached", "safe")


class SafetyCheckReading(Reading):
    """Looks at the safety of people."""

    model = SafetyCheck
    needs = VIEW
    fields = ("care", "looked_at", "reason", "safe", "risk", "dangers", "plan", "next_on", "by")
    narrow = ("care", "safe", "risk")


class CareReferralViewSet(Reading):
    """Referrals to the help of others, with what was told and the consent it rests on."""

    model = Referral
    needs = VIEW
    fields = (
        "care", "to", "receiver", "kind", "shared", "consent", "on", "status", "answered_on", "by", "note",
    )  # fmt: skip
    narrow = ("care", "kind", "status")


class PaperShape(ModelShape):
    class Meta:
        model = EntitlementPaper
        fields = read_only_fields = ["id", "kind", "state", "on", "owed_by"]


class EntitlementShape(RecordShape):
    papers = serializers.SerializerMethodField()

    @extend_schema_field(PaperShape(many=True))
    def get_papers(self, entitlement):
        return PaperShape(sorted(entitlement.papers.all(), key=lambda paper: paper.kind), many=True).data


class EntitlementViewSet(Reading):
    """What the law or a scheme owes people, with the papers it depends on."""

    model = Entitlement
    needs = VIEW
    fields = (
        "care", "country", "law_code", "level", "scheme", "by", "granted_low", "granted_high",
        "granted_currency", "applied_on", "granted_on", "paid_low", "paid_high", "paid_currency", "paid_on",
        "status", "centre_status", "centre_on", "not_due", "papers", "note",
    )  # fmt: skip
    narrow = ("care", "level", "status", "centre_status")
    shape = EntitlementShape

    def told(self, rows):
        return rows.prefetch_related("papers")


class ClosureViewSet(Reading):
    """Requests to end the care of a person, and the answers."""

    model = Closure
    needs = VIEW
    fields = (
        "care", "result", "on", "basis", "asked_by", "asked_at", "decided_by", "decided_at", "agreed",
        "answer", "follow_up_months", "reopened_on", "reopened_why",
    )  # fmt: skip
    narrow = ("care", "result", "agreed")


class TherapyNoteViewSet(Reading):
    """That there was a session, for those who work in therapy. What was said is read on its page alone."""

    model = TherapyNote
    needs = {"list": Can.VIEW_THERAPY}
    fields = ("care", "on", "kind", "by")
    narrow = ("care", "kind")
