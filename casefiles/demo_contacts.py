"""Contact in the demonstration: who was reached, a threat, how somebody may be reached, tasks of the week."""

from datetime import timedelta

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import add_task, log_contact, make_task
from aftercare.models import Care, Contact
from aftercare.states import TaskKind
from casefiles.demo import LIVE, colleague
from survivors.actions import report_threat, set_contact_rule
from survivors.models import ContactRule, Threat

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def show_contacts(now):
    """The first person in care of today's case was visited, and somebody asked for her at the gate."""
    with viewing_as(colleague(Role.SOCIAL_WORKER)) as by:
        cares = Care.objects.filter(case__external_id=LIVE, survivor__isnull=False)
        care = cares.select_related("case", "survivor").order_by("survivor__key").first()
        if care is None or Threat.objects.filter(survivor=care.survivor_id).exists():
            return
        reach(care, by, now)
        plan_week(care, by, now)
        agree(care, by, now)
    with viewing_as(colleague(Role.LAWYER)) as lawyer:
        report_threat(
            care.case_id, by=lawyer, now=now, kind="visit", survivor_id=care.survivor_id,
            what="A man asked for her at the school gate and drove on when the guard came (demo)",
            said_by="The guard of the school (demo)",
        )  # fmt: skip


def reach(care, by, now):
    """Two contacts and a try, unless there are some."""
    if Contact.objects.filter(care=care, way="visit").exists():
        return
    facts = {"by": by, "now": now}
    log_contact(care.pk, way="visit", safe="yes", service="home_visit", met_at=now - 9 * DAY, **facts)
    log_contact(care.pk, way="call", safe="unsure", note="Spoke little (demo)", met_at=now - 2 * DAY, **facts)
    log_contact(care.pk, way="call", reached=False, met_at=now - 5 * HOUR, **facts)


def plan_week(care, by, now):
    """One late, one for today, one for this week."""
    make_task(care, TaskKind.TELL, by=by, now=now, due_at=now - 3 * HOUR, source="bail.grant")
    add_task(care.pk, by=by, now=now, what="Shoes for school (demo)", due_at=now + HOUR)
    add_task(care.pk, by=by, now=now, what="Ask the aunt about Sunday (demo)", due_at=now + 4 * DAY)


def agree(care, by, now):
    """How she may be reached."""
    if not ContactRule.objects.filter(survivor=care.survivor_id).exists():
        set_contact_rule(
            care.survivor_id, by=by, now=now, ways=["call", "text"], hours="Weekdays, 4 to 6 pm",
            who="Her aunt (demo)", not_to="Her stepfather (demo)", we_are="The school (demo)",
            code_word="mango tree (demo)",
        )  # fmt: skip
