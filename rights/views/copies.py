from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from aftercare.models import TherapyNote
from cases.answering import sent
from cases.states import IllegalMove
from rights import actions, copying, forms
from rights.views.requests import about, survivor_or_404
from survivors.models import Survivor


@requires(Can.MANAGE_RIGHTS, of=Survivor)
@require_http_methods(["GET", "POST"])
@fresh
def copy_make(request, pk):
    """Her own copy: made while it is handed out, kept nowhere."""
    survivor = survivor_or_404(pk)
    language = copying.language_of(survivor)
    form = forms.CopyMakeForm(sent(request), language=language)
    may_open = request.user.can_on(Can.OPEN_IDENTITY, survivor.office_id)
    if not may_open:
        del form.fields["identity"]
    if request.method == "POST" and form.is_valid():
        return handed_out(request, survivor, form.cleaned_data)
    effects = [
        {
            "icon": "eye",
            "text": _("It holds what is hers: no accused, no other survivor, no address."),
        },
        {
            "icon": "brain",
            "text": _("Notes of therapy stand in it when their writer has released them."),
        },
        {"icon": "history", "text": _("Who looked at her record stands at its end: initials and role.")},
        {"icon": "triangle-alert", "text": _("A paper can be found by others. Ask her where she keeps it.")},
    ]
    context = about(survivor, _("Make the copy"), form=form, effects=effects)
    status = 422 if form.is_bound else 200
    return render(request, "rights/copy_make.html", context, status=status)


def handed_out(request, survivor, answers):
    """The file itself, and the line in the trail that says that it was made."""
    parts = copying.parts_for(request.user, survivor, answers)
    actions.make_copy(
        survivor.pk, by=request.user, now=timezone.now(), parts=sorted(parts), language=answers["language"]
    )
    with timezone.override(survivor.case.office.time_zone), translation.override(answers["language"]):
        plain = copying.copy_of(survivor, request.user, parts, answers["language"])
    response = HttpResponse(plain, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="copy.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@requires(Can.VIEW_THERAPY, of=TherapyNote)
@require_POST
def note_release(request, pk):
    """Whoever wrote the note lets it stand in her copy."""
    note = get_object_or_404(TherapyNote, pk=pk)
    try:
        actions.release_note(note.pk, by=request.user, now=timezone.now())
    except IllegalMove as why:
        return render(request, "rights/note_release.html", {"why": str(why), "note": note}, status=422)
    return redirect(note)
