"""What the pages that write have in common."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from cases.answering import answer
from cases.models import Case


def write(request, form, act, *, page, case, done, **context):
    """Act as the person looking, now; `done` is an address or makes one of the result."""

    def run(**facts):
        return act(by=request.user, now=timezone.now(), **facts)

    after = done if callable(done) else lambda _result: done
    context.setdefault("cancel", done if not callable(done) else "")
    context["case"] = case
    return answer(request, form, run, done=after, page=f"prosecutions/{page}.html", context=context)


def rights_of(user):
    """Which buttons the person gets; the views ask again."""
    return {
        "accused": user.can(Can.WRITE_ACCUSED),
        "hearing": user.can(Can.WRITE_HEARING),
        "record": user.can(Can.RECORD_HEARING),
        "witness": user.can(Can.PLAN_WITNESS),
        "bail": user.can(Can.WRITE_BAIL),
        "verdict": user.can(Can.WRITE_VERDICT),
        "note": user.can(Can.WRITE_NOTE),
    }


def of_row(request, form_class, initial=None, **more):
    """The form as sent, or as it is first shown."""
    return form_class(request.POST if request.method == "POST" else None, initial=initial, **more)


def the_case(pk):
    """The case of the address; 404 outside the need to know."""
    return get_object_or_404(Case.objects.select_related("office"), pk=pk)


def the_row(model, pk, *related):
    """One row with its case and office; 404 outside the need to know."""
    return get_object_or_404(model.objects.select_related("case__office", *related), pk=pk)


def page_of_accused(accused_id):
    """The address of an accused person's page."""
    return reverse("prosecutions:accused-detail", args=[accused_id])


def list_of_accused(case):
    """The address of the accused of a case."""
    return reverse("prosecutions:accused-list", query={"case": case.pk})
