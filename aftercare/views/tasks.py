"""Tasks of one person: ended, added, and the table of what makes them."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.actions.tasks import BY_DEED
from aftercare.forms.contacts import TaskAddForm, TaskEndForm
from aftercare.models import Care, CareTask
from aftercare.states import TASK_MOVES, TaskStatus
from aftercare.task_table import table
from aftercare.task_words import row_of
from aftercare.views.care import about, found_care
from aftercare.views.contacts import page_of_contact, where_next
from cases.answering import answer

BY_PEOPLE = {TaskStatus.OPEN, TaskStatus.DONE, TaskStatus.DROPPED}


@requires(Can.WRITE_AFTERCARE, of=CareTask)
@require_http_methods(["GET", "POST"])
def task_end(request, pk):
    """One press in a list; a page of its own for those who come from an alert, or drop it."""
    task = get_object_or_404(CareTask.objects.for_list(), pk=pk)
    care, now = found_care(task.care_id), timezone.now()
    moves = TASK_MOVES[TaskStatus(task.status)] & BY_PEOPLE
    if task.kind in BY_DEED:
        moves = moves - {TaskStatus.DONE}
    form = TaskEndForm(request.POST or None, initial={"version": task.version}, moves=moves)

    def end(**facts):
        return actions.move_task(task.pk, by=request.user, now=now, **facts)

    return answer(
        request, form, end, done=lambda row: where_next(request, page_of_contact(row)),
        page="aftercare/task_end.html",
        context=about(care, row=row_of(task, now), moves=moves, back=page_of_contact(care)),
    )  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def task_add(request, pk):
    care = found_care(pk)
    form = TaskAddForm(request.POST or None, team=actions.team_of_care(care.case))

    def add(due_on, **facts):
        evening = datetime.combine(due_on, time(17), tzinfo=ZoneInfo(care.office.time_zone))
        return actions.add_task(care.pk, by=request.user, now=timezone.now(), due_at=evening, **facts)

    return answer(
        request, form, add, done=page_of_contact, page="aftercare/task_add.html",
        context=about(care, back=page_of_contact(care)),
    )  # fmt: skip


@requires(Can.VIEW_AFTERCARE)
@require_safe
def task_table(request):
    """What makes a task by itself, of which kind, and until when: the table that the system works by."""
    return render(request, "aftercare/task_table.html", {"table": table()})
