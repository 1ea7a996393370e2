"""What stands on top of every page inside a case: its status in tags, and the tabs the person may open."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Can
from cases.actions.emergency import running_of
from cases.states import AftercareStatus, LegalStatus, Sensitivity
from desk.links import links

register = template.Library()


def tabs_of(case):
    """(tab, verb, url name, args, query, words) of every page inside a case, in the order of work."""
    inside = {"case": case.pk}
    return (
        ("overview", Can.VIEW_CASE, "desk:case-page", (case.pk,), {}, _("Overview")),
        ("survivors", Can.VIEW_SURVIVOR, "survivors:survivor-list", (), inside, _("Survivors")),
        ("accused", Can.VIEW_ACCUSED, "prosecutions:accused-list", (), inside, _("Accused")),
        ("hearings", Can.VIEW_HEARING, "prosecutions:hearing-list", (), inside, _("Hearings")),
        ("clocks", Can.VIEW_ACCUSED, "prosecutions:clock-list", (), inside, _("Clocks")),
        ("operations", Can.VIEW_OPERATION, "operations:operation-list", (), inside, _("Operations")),
        ("aftercare", Can.VIEW_AFTERCARE, "aftercare:care-list", (), inside, _("Aftercare")),
        ("documents", Can.VIEW_CASE, "documents:document-list", (), inside, _("Documents")),
        ("tasks", Can.VIEW_CASE, "cases:task-list", (), inside, _("Tasks")),
        ("notes", Can.VIEW_CASE, "cases:note-list", (), inside, _("Notes")),
        ("team", Can.VIEW_CASE, "cases:case-team", (case.pk,), {}, _("Team")),
        ("trail", Can.VIEW_TRAIL, "cases:case-trail", (case.pk,), {}, _("Trail")),
    )


@register.simple_tag(takes_context=True)
def case_tabs(context, case, tab, counts=None):
    """The tabs of a case for the person looking; the one that is open is marked."""
    wanted = [
        (verb, name, args, query, {"label": words, "active": key == tab, "count": (counts or {}).get(key)})
        for key, verb, name, args, query, words in tabs_of(case)
    ]
    return links(context["request"].user, wanted)


@register.simple_tag(takes_context=True)
def emergency(context, case):
    """The emergency by which the person looking sees this case, if that is how."""
    if not context.get("in_emergency", True):
        return None
    return running_of(context["request"].user, case.pk, timezone.now())


@register.filter
def case_tags(case):
    """Where both tracks stand, and who may open the case, as tags."""
    tags = []
    if case.legal_status:
        tone = {LegalStatus.CLOSED: "past", LegalStatus.JUDGMENT: "judgment"}.get(case.legal_status, "info")
        words = _("Legal: %(status)s") % {"status": case.get_legal_status_display()}
        tags.append({"label": words, "tone": tone, "icon": "scale"})
    if case.aftercare_status:
        tone = "past" if case.aftercare_status == AftercareStatus.CLOSED else "info"
        words = _("Aftercare: %(status)s") % {"status": case.get_aftercare_status_display()}
        tags.append({"label": words, "tone": tone, "icon": "heart-handshake"})
    if case.sensitivity == Sensitivity.SEALED:
        tags.append({"label": _("Sealed"), "tone": "plain", "icon": "lock"})
    elif case.sensitivity == Sensitivity.TEAM:
        tags.append({"label": _("Team only"), "tone": "plain", "icon": "lock"})
    return tags
