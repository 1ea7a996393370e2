"""How a page that changes the law answers: parse, one action, a clear page."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.actions import Refused
from law.actions import Overtaken
from law.showing import shown


def answer(request, form, act, *, done, page, context):
    """As cases.answering, for what stands below cases: 422 with a sentence, 409 with both versions."""
    context = {**context, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, page, context, status=422 if form.is_bound else 200)
    try:
        with transaction.atomic():
            result = act(by=request.user, now=timezone.now(), **form.cleaned_data)
    except Refused as why:
        form.add_error(why.field if why.field in form.fields else None, str(why))
        return render(request, page, context, status=422)
    except Overtaken as why:
        return render(request, page, {**context, "changes": conflict(form, why.record)}, status=409)
    return redirect(done(result))


def conflict(form, record):
    """Both versions side by side; sending again overwrites knowingly."""
    form.data = form.data.copy()
    form.data["version"] = record.version
    rows = [
        (form.fields[name].label or name, shown(form.cleaned_data.get(name)), shown(getattr(record, name)))
        for name in form.fields
        if name != "version" and hasattr(record, name)
    ]
    return [(label, mine, theirs) for label, mine, theirs in rows if mine != theirs]
