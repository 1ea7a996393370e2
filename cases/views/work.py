from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases import actions, forms
from cases.answering import add_to_case, case_asked_for, case_or_404, inside, sent
from cases.clock import today_in
from cases.keys import keys_of
from cases.models import Case, Note, RiskNote, Task
from cases.paging import page_of
from cases.querysets import colleagues_who_may_see


@requires(Can.VIEW_CASE)
@require_safe
def note_list(request):
    """The notes of one case, latest first."""
    case = case_asked_for(request)
    if case is None:
        raise Http404
    notes = Note.objects.filter(case=case).select_related("author").order_by("-created_at", "pk")
    page = page_of(notes, request)
    names = dict(keys_of(case, request.user))
    for note in page:
        note.about_words = ", ".join(str(names.get(key, key)) for key in note.about)
    context = inside(case, "notes", page=page, may=request.user.can(Can.WRITE_NOTE))
    with timezone.override(case.office.time_zone):
        return render(request, "cases/note_list.html", context)


@requires(Can.WRITE_NOTE, of=Case)
@require_http_methods(["GET", "POST"])
def note_add(request, pk):
    case = case_or_404(pk)
    form = forms.NoteAddForm(sent(request), case=case, writer=request.user)
    context = inside(case, "notes", submit=_("Save the note"))
    context["back"] = reverse("cases:note-list", query={"case": case.pk})
    return add_to_case(request, case, form, actions.add_note, page="cases/note_add.html", context=context)


def risks_of(case):
    """What was said of the risk so far, the latest first."""
    return RiskNote.objects.filter(case=case).select_related("by").latest_first()[:20]


@requires(Can.WRITE_NOTE, of=Case)
@require_http_methods(["GET", "POST"])
def risk_assess(request, pk):
    """How great the danger is now, beside what was said before."""
    case = case_or_404(pk)
    form = forms.RiskAssessForm(sent(request))
    context = inside(case, "case", submit=_("Save the risk"), before=risks_of(case))
    return add_to_case(
        request, case, form, actions.assess_risk, page="cases/risk_assess.html", context=context
    )


@requires(Can.VIEW_CASE)
@require_safe
def task_list(request):
    """What is to do: my own tasks, or everybody's in one case. What is done stays for a look."""
    case = case_asked_for(request)
    tasks = Task.objects.filter(case=case) if case else Task.objects.filter(assigned_to=request.user)
    done = request.GET.get("show") == "done"
    order = ("-done_at", "pk") if done else ("due_on", "created_at", "pk")
    tasks = tasks.filter(done_at__isnull=not done).select_related("case", "office", "assigned_to", "done_by")
    page = page_of(tasks.order_by(*order), request)
    now = timezone.now()
    for task in page:
        task.due_words, task.tone = due_of(task, now)
    context = inside(case, "tasks") if case else {}
    context |= {"page": page, "done": done, "here": request.get_full_path()}
    context |= {"may": request.user.can(Can.WRITE_NOTE)}
    return render(request, "cases/task_list.html", context)


def due_of(task, now):
    """(words, tone) of the day on which it is due, by the clock of its office."""
    if task.due_on is None:
        return "", ""
    days = (task.due_on - today_in(task.office, now)).days
    if days < 0:
        return _("Late"), "danger"
    if days == 0:
        return _("Today"), "danger"
    return "", "soon" if days <= 3 else "plain"


@requires(Can.WRITE_NOTE, of=Case)
@require_http_methods(["GET", "POST"])
def task_add(request, pk):
    case = case_or_404(pk)
    people = colleagues_who_may_see(case)
    form = forms.TaskAddForm(sent(request), case=case, writer=request.user, people=people)
    context = inside(case, "tasks", submit=_("Save the task"))
    context["back"] = reverse("cases:task-list", query={"case": case.pk})
    return add_to_case(request, case, form, actions.add_task, page="cases/task_add.html", context=context)


@requires(Can.WRITE_NOTE, of=Task)
@require_http_methods(["GET", "POST"])
def task_finish(request, pk):
    """One press in a list; a page of its own for those who come by a link."""
    task = get_object_or_404(Task.objects.select_related("case__office", "assigned_to"), pk=pk)
    back = reverse("cases:task-list", query={"case": task.case_id})
    if request.method == "POST":
        actions.finish_task(task.pk, by=request.user, now=timezone.now())
        there = request.POST.get("next", "")
        return redirect(there if url_has_allowed_host_and_scheme(there, {request.get_host()}) else back)
    context = inside(task.case, "tasks", task=task, back=back)
    return render(request, "cases/task_finish.html", context)
