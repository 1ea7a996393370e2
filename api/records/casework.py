"""Around the case itself: the team, notes, tasks, links, grants, agencies, and the papers' covers."""

from django.db.models import Q

from accounts.roles import Can
from api.records.reading import Reading, RecordShape
from cases.models import (
    Agency,
    Assignment,
    Case,
    CaseLink,
    CaseMilestone,
    Grant,
    Note,
    ReferralStep,
    RiskNote,
    Task,
    TrackChange,
)
from cases.states import Track
from documents.models import Document, EvidenceStep

VIEW = {"list": Can.VIEW_CASE}


class AssignmentViewSet(Reading):
    """Who works on a case, as what, since when and until when."""

    model = Assignment
    needs = VIEW
    fields = ("user", "role", "kind", "backup", "started_at", "until", "ended_at")
    narrow = ("user", "role", "kind", "backup")


class NoteReading(Reading):
    """Facts without a field, and what somebody wanted the team to know."""

    model = Note
    needs = VIEW
    fields = ("on", "about", "text", "author")
    narrow = ("author",)


class TaskReading(Reading):
    """What somebody has to do on a case."""

    model = Task
    needs = VIEW
    fields = ("title", "due_on", "assigned_to", "about", "done_at", "done_by")
    narrow = ("assigned_to",)


class CaseLinkViewSet(Reading):
    """Ties to other cases; one to a case that the person may not open is not there."""

    model = CaseLink
    needs = VIEW
    fields = ("kind", "number", "outside", "on", "through", "note")
    narrow = ("kind",)

    def told(self, rows):
        return rows.filter(Q(number="") | Q(number__in=Case.objects.values("number")))


class GrantViewSet(Reading):
    """Donor money that pays for the casework."""

    model = Grant
    needs = VIEW
    fields = ("name", "through", "starts_on", "ends_on", "note")


class CaseMilestoneViewSet(Reading):
    """What the office wants to remember of a case."""

    model = CaseMilestone
    needs = VIEW
    fields = ("what", "on", "note")
    narrow = ("what",)


class AgencyViewSet(Reading):
    """Organisations that play a part in a case."""

    model = Agency
    needs = VIEW
    fields = ("name", "kind", "country", "locality", "part_of", "partner", "trained_on", "note")
    narrow = ("kind", "partner")


class ReferralStepViewSet(Reading):
    """The chain by which a case came to us."""

    model = ReferralStep
    needs = VIEW
    fields = ("position", "source", "target", "on", "note")


class RiskNoteViewSet(Reading):
    """How great the danger of a case was held to be; the latest counts."""

    model = RiskNote
    needs = VIEW
    fields = ("level", "on", "note", "by")
    narrow = ("level",)


class TrackChangeShape(RecordShape):
    """What is said of the aftercare track is read by those who see aftercare."""

    def to_representation(self, change):
        shown = super().to_representation(change)
        person = self.context["request"].user
        if change.track == Track.AFTERCARE and not person.can_on(Can.VIEW_AFTERCARE, change.office_id):
            shown["note"] = ""
        return shown


class TrackChangeViewSet(Reading):
    """Moves of the two tracks of a case, in order."""

    model = TrackChange
    needs = VIEW
    fields = ("track", "position", "status", "reason", "on", "note", "by")
    narrow = ("track",)
    shape = TrackChangeShape


def openable(person, document=""):
    """What shows who a survivor is, is listed for those who brought it and those who may open identities."""
    if person.can(Can.OPEN_IDENTITY):
        return Q()
    return Q(**{f"{document}identifying": False}) | Q(**{f"{document}uploaded_by": person})


class DocumentViewSet(Reading):
    """Files of cases: what is known of each. The files themselves are opened on their pages."""

    model = Document
    needs = VIEW
    fields = (
        "title", "ending", "size", "content_type", "sha256", "uploaded_by", "evidence", "identifying",
        "first", "edition", "redacts", "scan", "scanned_at",
    )  # fmt: skip
    narrow = ("uploaded_by", "evidence", "identifying", "first", "redacts", "scan")

    def told(self, rows):
        return rows.filter(openable(self.request.user))


class EvidenceStepViewSet(Reading):
    """Entries in chains of custody: when what happened, and the digest that chains it to the one before."""

    model = EvidenceStep
    needs = VIEW
    fields = ("document", "position", "kind", "happened_at", "recorded_by", "digest")
    narrow = ("document", "kind")

    def told(self, rows):
        return rows.filter(openable(self.request.user, "document__"))
