"""Pages of a developer's machine, absent wherever the product is deployed."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from devservices.mailbox import letters


def open_to_all(view):
    """Declare what accounts.access declares of a public view; the launcher imports no app."""
    view = login_not_required(view)
    view.needs = "public"
    return view


@open_to_all
@require_GET
def mail_list(request):
    """Show the mails that this machine kept, also to somebody who cannot sign in yet."""
    if not settings.EMBEDDED:
        raise Http404
    return render(
        request, "devservices/mail_list.html", {"letters": letters(Path(settings.EMAIL_FILE_PATH))[:200]}
    )
