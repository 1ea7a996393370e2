"""How a view that writes answers: parse, one action, and a clear page whatever happened."""

from django import forms
from django.db import transaction
from django.shortcuts import redirect, render

from cases.states import IllegalMove, Stale


class VersionedForm(forms.Form):
    """A form that remembers which version of the record it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def answer(request, form, act, *, done, page, context=None):
    """Run `act(**cleaned_data)` once the form is right and go where `done(result)` says; else show it again.

    422 with a sentence beside the field when it is wrong or the move is not allowed; 409 with both versions
    when somebody else was faster. What was typed is never lost.
    """
    context = {**(context or {}), "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, page, context, status=422 if form.is_bound else 200)
    try:
        with transaction.atomic():
            result = act(**form.cleaned_data)
    except IllegalMove as why:
        form.add_error(getattr(why, "field", None), str(why))
        return render(request, page, context, status=422)
    except Stale as stale:
        return render(request, page, {**context, "changes": conflict(form, stale)}, status=409)
    return redirect(done(result))


def conflict(form, stale):
    """Both versions side by side; sending again overwrites knowingly, because the form now carries theirs."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = stale.record.version
    rows = [
        (field.label or name, form.cleaned_data.get(name), getattr(stale.record, name))
        for name, field in form.fields.items()
        if name != "version" and hasattr(stale.record, name)
    ]
    return [(label, mine, theirs) for label, mine, theirs in rows if str(mine) != str(theirs)]
