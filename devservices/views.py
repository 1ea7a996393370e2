"""Pages of a developer's machine, absent wherever the product is deployed."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from devservices import mailbox


def folder() -> Path:
    """Return where this machine keeps its mail; a deployment has no such place."""
    if not settings.EMBEDDED:
        raise Http404
    return Path(settings.EMAIL_FILE_PATH)


def public(view):
    """Declare what accounts.access declares of a public view; the launcher imports no app."""
    view.needs = "public"
    return login_not_required(view)


@public
@require_GET
def mail_list(request):
    """Show the messages that this machine kept, also to somebody who cannot sign in yet."""
    context = {"letters": mailbox.letters(folder()), "texts": mailbox.texts(Path(settings.DEV_DIR) / "texts")}
    return render(request, "devservices/mail_list.html", context)


@public
@require_GET
def mail_show(request, name):
    """Show one mail as plain text."""
    letter = mailbox.letter(folder(), name)
    if letter is None:
        raise Http404
    return render(request, "devservices/mail_show.html", {"letter": letter})
