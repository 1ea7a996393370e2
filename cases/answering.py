"""How a view that writes answers: parse, one action, and a clear page whatever happened."""

import uuid
from datetime import date, time

from django import forms
from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.states import IllegalMove, Stale
from reference.templatetags.show import clock, edtf
from reference.values import PartialDate


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
        field = getattr(why, "field", None)
        # What another verb refused, which this one has called, may be about a field that this form has not.
        form.add_error(field if field in form.fields else None, str(why))
        return render(request, page, context, status=422)
    except Stale as stale:
        return render(request, page, {**context, "changes": conflict(form, stale)}, status=409)
    return redirect(done(result))


def conflict(form, stale):
    """Both versions side by side; sending again overwrites knowingly, because the form now carries theirs."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = stale.record.version
    rows = [
        (field.label or name, in_words(field, form.cleaned_data.get(name)), in_words(field, theirs))
        for name, field in form.fields.items()
        if name != "version" and (theirs := getattr(stale.record, name, form)) is not form
    ]
    return [(label, mine, theirs) for label, mine, theirs in rows if mine != theirs]


def in_words(field, value):
    """An answer as the screen would show it, so that two versions can be compared by reading."""
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(field, part) for part in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return ""
    if isinstance(value, (date, PartialDate)):
        return edtf(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(field, forms.ModelChoiceField):
        return str(field.label_from_instance(value) if isinstance(value, Model) else value)
    return str(dict(getattr(field, "choices", ())).get(value, value))


class FactForm(forms.ModelForm):
    """The fields of a record as questions. The action judges and saves; the form only reads."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 4
        if "version" in self.fields and not self.instance._state.adding:
            self.initial["version"] = self.instance.version

    def _post_clean(self):
        """Nothing: the record is not the form's to fill or to check."""


class CodesFormField(forms.MultipleChoiceField):
    """Several codes of one list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices, **kwargs):
        super().__init__(choices=getattr(choices, "choices", choices), required=False, **kwargs)


def case_or_404(pk):
    """The case with its office; outside the need to know it does not exist."""
    return get_object_or_404(Case.objects.select_related("office"), pk=pk)


def case_asked_for(request):
    """The case named in the address of a list, or None; 404 when it is not one this person may open."""
    wanted = request.GET.get("case")
    if not wanted:
        return None
    try:
        return case_or_404(uuid.UUID(wanted))
    except ValueError as why:
        raise Http404 from why


def inside(case, tab, **more):
    """What every page inside a case is given: the case, the open tab, and where Cancel goes."""
    return {"case": case, "tab": tab, "back": case.get_absolute_url(), **more}


def sent(request):
    """What a form is bound to: the answers that were sent, or nothing yet."""
    return request.POST if request.method == "POST" else None


def add_to_case(request, case, form, action, *, page, context, done=None):
    """The answer of a view that adds a record to a case: `action(case.pk, by=, now=, **answers)`."""

    def act(**answers):
        return action(case.pk, by=request.user, now=timezone.now(), **answers)

    back = context["back"]
    return answer(request, form, act, done=done or (lambda _row: back), page=page, context=context)


def change(request, record, form, action, *, page, context, done=None):
    """The answer of a view that changes a record: `action(record.pk, by=, now=, **answers)`."""
    return add_to_case(request, record, form, action, page=page, context=context, done=done)
