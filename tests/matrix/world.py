"""The world that the matrix walks through: three cases with a record of every kind, and everybody who looks.

Every text of a case holds the canary of its case. Whoever does not see the case must never see the canary, in
no byte of any answer.
"""

from datetime import timedelta

from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from accounts.models import Deputy
from accounts.roles import Role
from api.actions import issue_token
from audit.actions import record as write_down
from cases.models import Assignment, Case, CaseBearing, Emergency, Share
from cases.querysets import CASE_ROLES
from cases.states import SharePart
from documents.models import Document
from notifications.models import Alert, InboxItem
from reference.fields import CodeField, PartialDateField
from tests import factories
from tests.factories import (
    AssignmentMake,
    CaseMake,
    DutyMake,
    EmergencyMake,
    MembershipMake,
    OfficeMake,
    UserMake,
)
from tests.people import just_confirmed, on_case, person

HOUR = timedelta(hours=1)
LEVELS = {"open": 0, "team": 1, "sealed": 2}
# What the database or a list knows better than free text.
NOT_A_TEXT = {
    "key",
    "number",
    "digest",
    "sha256",
    "file",
    "external_id",
    "ending",
    "content_type",
    "quote_lang",
}


class World:
    """Who looks (each with the case that her column is about), and the record of each kind in each case."""

    def __init__(self):
        self.office = OfficeMake(key="cebu", name="Cebu")
        self.elsewhere = OfficeMake(key="accra", name="Accra")
        self.cases = {name: CaseMake(office=self.office, sensitivity=level) for name, level in LEVELS.items()}
        self.people, self.about, self.clients, self.keys = {}, {}, {}, {}
        self.insiders()
        self.outsiders()
        self.records = {name: self.one_of_each(case) for name, case in self.cases.items()}
        for name, case in self.cases.items():
            plant(case, canary(name))
        for name, user in self.people.items():
            self.let_in(name, user)

    def column(self, name, user, about="open"):
        self.people[name], self.about[name] = user, about
        return user

    def insiders(self):
        """One of each role; those who do casework are named on the open case."""
        for role in CASE_ROLES:
            on_case(self.column(role.value, person(role, self.office)), self.cases["open"], role)
        for role in (Role.REGIONAL_DIRECTOR, Role.PARTNER):
            self.column(role.value, person(role, self.office))
        for role in (Role.GLOBAL_DIRECTOR, Role.ADMINISTRATOR, Role.AUDITOR):
            self.column(role.value, person(role))

    def outsiders(self):
        """Everybody else, by what lets them in or keeps them out."""
        office, cases, now = self.office, self.cases, timezone.now()
        self.column("shared", person(Role.PARTNER, office))
        self.column("colleague", person(Role.CASEWORKER, office))
        self.column("stranger", person(Role.OFFICE_DIRECTOR, self.elsewhere))
        director = person(Role.OFFICE_DIRECTOR, office)
        self.column("director_team", director, "team")
        self.column("director_sealed", director, "sealed")
        on_case(
            self.column("named_sealed", person(Role.CASEWORKER, office), "sealed"),
            cases["sealed"],
            "caseworker",
        )
        on_case(
            self.column("ended", person(Role.CASEWORKER, office)), cases["open"], "caseworker", ended_at=now
        )
        for name, until in (("expired", now - HOUR), ("breaking", now + HOUR)):
            user = self.column(name, person(Role.CASEWORKER, office), "team")
            AssignmentMake(
                case=cases["team"], user=user, role="caseworker", kind="break_glass", reason="x", until=until,
                started_at=now - 2 * HOUR,
            )  # fmt: skip
        away = person(Role.CASEWORKER, office)
        for name in ("team", "sealed"):
            on_case(away, cases[name], "caseworker")
        deputy = person(Role.CASEWORKER, office)
        Deputy.objects.create(
            person=away, deputy=deputy, starts_at=now - HOUR, until=now + HOUR, named_by=away
        )
        self.column("deputy_team", deputy, "team")
        self.column("deputy_sealed", deputy, "sealed")
        DutyMake(office=office, user=self.column("duty", person(Role.CASEWORKER, self.elsewhere)))
        both = self.column("other_verbs", person(Role.AUDITOR))
        MembershipMake(user=both, office=self.elsewhere, role=Role.LAWYER)
        MembershipMake(user=both, office=office, role=Role.PARALEGAL)
        on_case(both, cases["open"], "paralegal")
        left = person(Role.CASEWORKER, office)
        on_case(self.column("left", left), cases["open"], "caseworker")
        self.column("no_factor", UserMake(factor=False))
        MembershipMake(user=self.people["no_factor"], office=office, role=Role.CASEWORKER)
        on_case(self.people["no_factor"], cases["open"], "caseworker")
        self.column("anonymous", None)

    def let_in(self, name, user):
        """A browser and a token for each; whoever has left had them before."""
        self.clients[name] = Client(raise_request_exception=False)
        if user is None:
            self.keys[name] = ""
            return
        just_confirmed(self.clients[name], user, ago=-86400)  # however long the walk takes
        self.keys[name] = issue_token(user.pk, by=user, now=timezone.now())
        if name == "left":
            user.is_active = False
            user.save(update_fields=["is_active"])

    def one_of_each(self, case):
        """{model label: key of a record of this case}, of every kind that a factory makes and others."""
        made = {"cases.Case": case.pk}
        answered = {"action": "x", "acted_at": timezone.now(), "acted_by": self.people["caseworker"]}
        named = {
            "cases.Assignment": {"user": UserMake(), "role": "lawyer"},
            "survivors.Threat": answered,  # else there may be no words about what was done
        }
        for name, make in sorted(vars(factories).items()):
            model = getattr(getattr(make, "_meta", None), "model", None)
            if model is None or not name.endswith("Make") or not issubclass(model, CaseBearing):
                continue
            made[model._meta.label] = make(case=case, **named.get(model._meta.label, {})).pk
        made |= self.others(case)
        return made

    def others(self, case):
        """Records that no factory makes."""
        now, mine = timezone.now(), self.people["caseworker"]
        of_case = {"case": case, "office_id": case.office_id, "sensitivity": case.sensitivity}
        alert = Alert(
            rule="J1", subject="cases.Case", subject_id=case.pk, episode_key=f"J1:{case.pk}", urgency="U-S",
            opened_at=now, created_by_pid=1, facts={"told": ["TEAM"]}, **of_case,
        )  # fmt: skip
        item = InboxItem(
            user=mine,
            key=f"alert:{case.pk}",
            alert=alert,
            title_code="J1",
            why="TEAM",
            urgency="U-S",
            created_by_pid=1,
            **of_case,
        )
        partner = self.people["shared"]
        share = Share(
            user=partner,
            parts=list(SharePart.values),
            purpose="A trial",
            by=mine,
            until=now + HOUR,
            **of_case,
        )
        paper = Document(
            title="x", original_name="x", file="x", size=1, content_type="text/plain", sha256="0" * 64,
            uploaded_by=mine, **of_case,
        )  # fmt: skip
        for row in (alert, item, paper, share) if case.sensitivity == 0 else (alert, item, paper):
            row.save(force_insert=True)
        entry = EmergencyMake(
            office=case.office, user=self.people["lawyer"], case_id=case.pk, number=case.number
        )
        write_down("note.add", by=mine, subject=case, case_id=case.pk)
        return {
            Alert._meta.label: alert.pk, InboxItem._meta.label: item.pk, Emergency._meta.label: entry.pk,
            Share._meta.label: share.pk, Document._meta.label: paper.pk,
        }  # fmt: skip

    def hidden_from(self, name):
        """The canaries of the cases that this person does not see."""
        seen = {"open": {"open"}, "team": {"team"}, "sealed": {"sealed"}}
        sees = SEES.get(name, seen[self.about[name]] if name not in OUT else set())
        return [canary(case) for case in self.cases if case not in sees]


# Who sees nothing of the case of her column, and who sees more than the one case.
OUT = {
    "partner", "administrator", "auditor", "colleague", "stranger", "ended", "expired", "left", "no_factor",
    "anonymous",
}  # fmt: skip
SEES = {
    "director_team": {"open"}, "director_sealed": {"open"},
    "deputy_team": {"team"}, "deputy_sealed": {"team"},
}  # fmt: skip


def canary(name):
    return f"CANARY{name.upper()}"


def plant(case, word):
    """Put the canary into every free text of the case and of everything that hangs from it."""
    Case._base_manager.filter(pk=case.pk).update(title=word, summary=word, number=f"{word[:38]}-1")
    for model in apps.get_models():
        if not issubclass(model, CaseBearing) or not changeable(model):
            continue
        fields = [field.name for field in model._meta.concrete_fields if is_text(field)]
        if fields:
            rows = model._base_manager.filter(case_id=case.pk)
            rows = rows.exclude(kind="break_glass") if model is Assignment else rows
            rows.update(**dict.fromkeys(fields, word))


def changeable(model):
    """Some records are only ever added to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [model._meta.db_table])
        return cursor.fetchone()[0]


def is_text(field):
    """A text that people write."""
    if field.name in NOT_A_TEXT or field.choices or isinstance(field, (CodeField, PartialDateField)):
        return False
    if type(field) not in (models.CharField, models.TextField):
        return False
    return not field.unique and (field.max_length is None or field.max_length >= 40)
