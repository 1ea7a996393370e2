from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases.answering import answer, sent
from notifications import actions
from notifications.actions.choosing import open_to
from notifications.handing_forms import ChoiceSetForm
from notifications.models import Choice

FIELDS = ("quiet_from", "quiet_until", "digest", "digest_at", "confirm_by", "normal_by")


@requires(Can.USE_DESK)
@require_http_methods(["GET", "POST"])
def choice_set(request):
    """When and how I am told of what is not urgent."""
    kept = Choice.objects.filter(user=request.user).first() or Choice()
    initial = {name: getattr(kept, name) for name in FIELDS}
    form = ChoiceSetForm(sent(request), initial=initial, open_to=open_to(request.user))

    def act(**facts):
        choice = actions.set_choice(by=request.user, now=timezone.now(), **facts)
        messages.info(request, _("Your choice is saved."))
        return choice

    back = reverse("notifications:inbox-list")
    context = {"submit": _("Save"), "back": back}
    page = "notifications/choice_set.html"
    return answer(request, form, act, done=lambda _row: request.path, page=page, context=context)
