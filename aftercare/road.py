"""The road of one person: scorings, homes, milestones and ends of care in one line, newest first."""

from django.utils.translation import gettext as _

from reference.templatetags.look import icon_name
from reference.templatetags.show import edtf


def road_of(care):
    """Entries for the timeline."""
    found = [*scorings(care), *stays(care), *milestones(care), *ends(care)]
    found.sort(key=lambda entry: (entry["when"], entry["order"]), reverse=True)
    return found


def entry(on, title, *, icon, tone="plain", text="", url="", order=0):
    return {
        "when": on.last, "when_text": edtf(on), "title": title, "icon": icon, "tone": tone, "text": text,
        "url": url, "order": order,
    }  # fmt: skip


def scorings(care):
    """Each scoring, with the home that it was made against."""
    for one in care.assessments.all():
        against = _("Scored against: %s") % one.setting if one.setting else ""
        title = one.get_reason_display() or _("Scored")
        words = _("Scored: %s") % title
        yield entry(one.on, words, icon=icon_name("chart-column"), tone="info", text=against)


def stays(care):
    """Each home: its kind alone, never which."""
    for stay in care.placements.all():
        if stay.starts_on:
            title = _("Lives in: %s") % stay.get_kind_display()
            yield entry(stay.starts_on, title, icon=icon_name("house"), order=1)


def milestones(care):
    """What the person has reached."""
    for one in care.milestones.all():
        if one.on:
            yield entry(
                one.on, one.get_what_display(), icon=icon_name("star"), tone="done", text=one.note, order=2
            )


def ends(care):
    """Ends of care that were agreed to, and when it was taken up again."""
    for one in care.closures.all():
        if one.agreed:
            title = _("Care ended: %s") % one.get_result_display()
            yield entry(one.on, title, icon=icon_name("flag"), tone="past", text=one.basis, order=3)
        if one.reopened_on:
            title = _("Taken up again: %s") % one.get_reopened_why_display()
            yield entry(one.reopened_on, title, icon=icon_name("history"), tone="soon", order=4)
