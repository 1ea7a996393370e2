from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from prosecutions.actions.numbers import add_number, edit_number
from prosecutions.forms.pieces import initial_of
from prosecutions.forms.proceedings import NumberAddForm, NumberEditForm
from prosecutions.models import Proceeding, ProceedingNumber
from prosecutions.views.proceedings import page_of_proceeding
from prosecutions.views.writing import of_row, the_row, write


@requires(Can.WRITE_ACCUSED, of=Proceeding)
@require_http_methods(["GET", "POST"])
def number_add(request, pk):
    proceeding = the_row(Proceeding, pk)
    form = of_row(request, NumberAddForm, case=proceeding.case)

    def add(**facts):
        return add_number(proceeding.pk, **facts)

    return write(request, form, add, page="number_add", case=proceeding.case, tab="hearings",
                 done=page_of_proceeding(proceeding))  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=ProceedingNumber)
@require_http_methods(["GET", "POST"])
def number_edit(request, pk):
    row = the_row(ProceedingNumber, pk, "proceeding")
    form = of_row(request, NumberEditForm, initial_of(row, NumberEditForm), case=row.case)

    def edit(**facts):
        return edit_number(row.pk, **facts)

    return write(request, form, edit, page="number_edit", case=row.case, tab="hearings",
                 done=page_of_proceeding(row.proceeding))  # fmt: skip
