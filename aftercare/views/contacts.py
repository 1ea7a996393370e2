"""Contact with one person: logged in two presses, and all of it in one place."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms.contacts import ContactLogForm
from aftercare.models import Care, CareTask, Contact
from aftercare.querysets import silent_days
from aftercare.states import CARE_GOES_ON, ContactWay
from aftercare.task_words import row_of
from aftercare.views.care import about, same_case
from cases.answering import answer
from cases.paging import page_of
from survivors.models import ContactRule


def care_with_contact(pk):
    """The care with when the person was last met; 404 outside the need to know."""
    rows = Care.objects.with_review().with_last_seen()
    rows = rows.select_related("case", "office", "survivor", "headcount", "worker")
    return same_case(get_object_or_404(rows, pk=pk))


def page_of_contact(row):
    return reverse("aftercare:care-contact", args=[getattr(row, "care_id", row.pk)])


def where_next(request, otherwise):
    """Back to the list that the press came from."""
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, {request.get_host()}) else otherwise


def contact_form(care, way="", data=None):
    """A form of its own for each person of a page."""
    return ContactLogForm(data, initial={"way": way or ContactWay.CALL}, auto_id=f"id_{care.pk}_%s")


def rule_of(care):
    """How the person may be reached, for those who may open identities; None for others."""
    if care.survivor_id is None:
        return None
    return ContactRule.objects.filter(survivor=care.survivor_id).first()


def silence_of(care, now):
    """How long nobody has reached the person, and whether that is too long."""
    days = (now - care.silent_since).days
    goes_on = care.result in CARE_GOES_ON and care.survivor_id is not None
    return {"days": days, "limit": silent_days(care.risk), "over": goes_on and days >= silent_days(care.risk)}


@requires(Can.VIEW_AFTERCARE, of=Care)
@require_safe
def care_contact(request, pk):
    """Who has met the person when, how she may be reached, and what is to be done."""
    care = care_with_contact(pk)
    now = timezone.now()
    page = page_of(Contact.objects.filter(care=care).for_list(), request)
    newest = page.rows[0] if page.rows else None
    tasks = CareTask.objects.filter(care=care).waiting().for_list()
    context = about(
        care, page=page, care_tab="contact", form=contact_form(care, newest.way if newest else ""),
        tasks=[row_of(task, now) for task in tasks], silence=silence_of(care, now), rule=rule_of(care),
        may_write=request.user.can_on(Can.WRITE_AFTERCARE, care.office_id),
        may_report=care.survivor_id and request.user.can_on(Can.REPORT_THREAT, care.office_id),
        may_rule=care.survivor_id and request.user.can_on(Can.WRITE_IDENTITY, care.office_id),
        here=request.get_full_path(),
    )  # fmt: skip
    return render(request, "aftercare/care_contact.html", context)


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def contact_log(request, pk):
    """Two presses in a list; a page of its own where something is missing."""
    care = care_with_contact(pk)
    now = timezone.now()
    form = contact_form(care, data=request.POST or None)

    def log(on, **facts):
        return actions.log_contact(
            care.pk, by=request.user, now=now, met_at=moment_of(on, care, now), **facts
        )

    return answer(
        request, form, log, done=lambda row: where_next(request, page_of_contact(row)),
        page="aftercare/contact_log.html",
        context=about(care, care_tab="contact", rule=rule_of(care), back=page_of_contact(care)),
    )  # fmt: skip


def moment_of(day, care, now):
    """Now, or noon of the day that was said, on the clock of the office."""
    if day is None:
        return now
    noon = datetime.combine(day, time(12), tzinfo=ZoneInfo(care.office.time_zone))
    return min(noon, now) if day <= now.astimezone(noon.tzinfo).date() else noon
