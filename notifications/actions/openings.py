"""What the rules of single facts share: the record behind a fact, the key of an episode, the other files."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps

from audit.models import Event
from cases.models import Case
from notifications.actions.alerts import Opening
from notifications.rules import WORKING, Practice, To
from prosecutions.models import Accused, BailBreach, BailOrder


def subject_of(event: Event) -> Any:
    """The record the fact is about."""
    return apps.get_model(event.subject).objects.select_related("case__office").get(pk=event.subject_id)


def case_of(event: Event) -> Case:
    return Case.objects.select_related("office").get(pk=event.case_id)  # type: ignore[misc]


def episode(rule: str, event: Event, case: Case) -> str:
    """One episode for each fact and case: a second application for bail is a second episode."""
    return f"{rule}:{event.subject_id}:e{event.pk}:{case.pk}"


def alert(rule: str, event: Event, subject: Any, **more: Any) -> Opening:
    return Opening(rule, subject.case, subject, episode(rule, event, subject.case), **more)


def bail_of(event: Event) -> BailOrder:
    subject = subject_of(event)
    return subject.bail if isinstance(subject, BailBreach) else subject


def elsewhere(
    event: Event, accused: Accused, rule: str, title: str, to: tuple[To, ...], **more: Any
) -> Iterable[Opening]:
    """The same human being on files of other teams: the alert is about theirs and tells nothing of ours."""
    records = Accused.objects.counted().filter(perpetrator_id=accused.perpetrator_id)
    how = WORKING[rule]
    for record in records.exclude(case=accused.case_id).select_related("case__office").order_by("pk"):
        practice = Practice(to, how.urgency, how.act_minutes)
        # The key names the human being, not the other case's record, which this team has no business with.
        key = f"{rule}:{accused.perpetrator_id}:e{event.pk}:{record.case_id}"
        yield Opening(
            rule, record.case, record, key, title=title, practice=practice, facts={"elsewhere": True}, **more
        )
