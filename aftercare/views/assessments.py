from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.agreement import compared
from aftercare.forms import AssessmentScoreForm, SecondRatingForm
from aftercare.models import Assessment, Care
from aftercare.scoring import (
    due_of,
    earlier_parts,
    in_domains,
    instrument_in_use,
    likely_setting,
    parts_for,
    rescores,
)
from aftercare.states import AssessmentReason
from aftercare.views.care import about, found_care, page_of_care
from cases.answering import answer
from cases.clock import today_in


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def assessment_score(request, pk):
    """Domain by domain, each part in words, with what was said before beside it."""
    care = found_care(pk)
    prefetch_related_objects([care], "assessments__scores", "placements", "survivor__ages", rescores())
    now = timezone.now()
    before, due = care.latest_assessment(), due_of(care, now, records=True)
    instrument = instrument_in_use()
    initial = {
        "on": today_in(care.office, now).isoformat(),
        "reason": due.reason if due else reason_after(before),
        "setting": likely_setting(care, before),
    }
    parts = parts_for(instrument, care, today_in(care.office, now))
    form = AssessmentScoreForm(
        request.POST or None, initial=initial, parts=parts, before=earlier_parts(before)
    )

    def score(**facts):
        which = instrument.pk if instrument else None
        return actions.score_assessment(care.pk, by=request.user, now=now, instrument_id=which, **facts)

    context = about(
        care, domains=domains_of(form, before), before=before, due=due, instrument=instrument,
    )  # fmt: skip
    return answer(request, form, score, done=page_of_care, page="aftercare/assessment_score.html",
                  context=context)  # fmt: skip


def domains_of(form, before):
    """Each domain with its fields and what was scored before; the first that wants something is open."""
    scored = {score.domain: score for score in before.scores.all()} if before else {}
    found = [domain_of(form, *fields, scored.get(fields[0])) for fields in form.domains()]
    wanting = [domain for domain in found if domain["wrong"]] or found
    wanting[0]["open"] = True
    return found


def domain_of(form, code, field, typed, score):
    """One domain for the page."""
    rows = [{"field": steps, "why": why} for _part, steps, why in form.rows(code)]
    wrong = any(row["field"].errors or row["why"].errors for row in rows)
    return {
        "field": field,
        "parts": typed,
        "before": score,
        "rows": rows,
        "wrong": wrong or bool(field.errors or typed.errors),
        "whole": bool(field.value() or typed.value() or typed.errors),
        "open": False,
    }


def reason_after(before):
    """Why the next assessment is probably made: intake first, then six months, then yearly."""
    if before is None:
        return AssessmentReason.INTAKE
    return AssessmentReason.SIX_MONTH if before.reason == AssessmentReason.INTAKE else AssessmentReason.ANNUAL


def found_assessment(pk):
    rows = Assessment.objects.select_related(
        "case", "office", "care__survivor", "care__headcount", "care__worker", "instrument", "assessor"
    )
    return get_object_or_404(rows, pk=pk)


@requires(Can.WRITE_AFTERCARE, of=Assessment)
@require_http_methods(["GET", "POST"])
def rating_add(request, pk):
    """A second look by somebody else: the first scores are not shown before hers are in."""
    assessment = found_assessment(pk)
    parts = [row.part for row in assessment.part_scores.select_related("part").order_by("part__position")]
    form = SecondRatingForm(request.POST or None, parts=parts)

    def rate(**facts):
        return actions.rate_assessment(assessment.pk, by=request.user, now=timezone.now(), **facts)

    def done(_rating):
        return reverse("aftercare:rating-detail", args=[assessment.pk])

    domains = [(domain.label, form.rows(domain)) for domain, rows in in_domains(form.rows()) if rows]
    context = about(
        assessment.care, assessment=assessment, domains=domains,
        barred=actions.may_not_rate(assessment, request.user),
    )  # fmt: skip
    return answer(request, form, rate, done=done, page="aftercare/rating_add.html", context=context)


@requires(Can.VIEW_AFTERCARE, of=Assessment)
@require_safe
def rating_detail(request, pk):
    """Both scorings side by side: where they agree, and where they are two steps or more apart."""
    assessment = found_assessment(pk)
    ratings = list(assessment.second_ratings.select_related("by").order_by("created_at", "pk"))
    parts = list(assessment.part_scores.select_related("part").order_by("part__position"))
    context = about(
        assessment.care, assessment=assessment,
        comparisons=[compared(parts, rating) for rating in ratings],
    )  # fmt: skip
    return render(request, "aftercare/rating_detail.html", context)
