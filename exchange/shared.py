"""What a partner reads of a case: plain words of an allow-list of fields, nothing that leads further."""

from django.utils.translation import gettext as _

from cases.states import SharePart
from prosecutions.models import Award, BailOrder, Custody, Hearing, Verdict
from reference.templatetags.show import clock, edtf, money


def parts_of(share):
    """The shared parts as tables of words: {title, columns, rows, empty}."""
    people = People()
    found = []
    for name in share.parts:
        if name in TABLES:
            found += TABLES[name](share.case_id, people)
    return found


def facts_of(case):
    """The head of the page: number, type and where both tracks stand."""
    return [
        (_("Case"), case.number),
        (_("Casework type"), case.get_casework_type_display()),
        (_("Legal track"), case.get_legal_status_display()),
        (_("Aftercare track"), case.get_aftercare_status_display()),
    ]


class People:
    """Accused people as a letter each, the same in every table of one page: a partner reads no names."""

    def __init__(self):
        self.letters = {}

    def called(self, accused_id):
        place = self.letters.setdefault(accused_id, len(self.letters))
        return _("Accused %(number)s") % {"number": place + 1}


def table(title, columns, rows, empty):
    cells = [{"cells": [{"text": str(word)} for word in row]} for row in rows]
    return {"title": title, "columns": [{"label": label} for label in columns], "rows": cells, "empty": empty}


def hearings(case_id, _people):
    rows = Hearing.objects.filter(case=case_id).order_by("on", "local_time", "pk")
    told = [(edtf(one.on), clock(one.local_time), one.get_outcome_display()) for one in rows]
    return [table(_("Hearings"), [_("Date"), _("Time"), _("Outcome")], told, _("No hearing is recorded."))]


def bail(case_id, people):
    orders = BailOrder.objects.filter(case=case_id).order_by("created_at", "pk")
    spells = Custody.objects.filter(case=case_id).order_by("starts_on", "pk")
    told = [
        (people.called(one.accused_id), one.get_kind_display(), one.get_status_display(),
         edtf(one.released_on), edtf(one.ended_on))
        for one in orders
    ]  # fmt: skip
    held = [
        (people.called(one.accused_id), one.get_kind_display(), edtf(one.starts_on),
         edtf(one.ends_on) or (_("over") if one.over else ""))
        for one in spells
    ]  # fmt: skip
    columns = [_("Accused"), _("Kind"), _("State"), _("Released on"), _("Ended on")]
    return [
        table(_("Bail"), columns, told, _("No bail is recorded.")),
        table(
            _("Custody"), [_("Accused"), _("Kind"), _("From"), _("Until")], held, _("No custody is recorded.")
        ),
    ]


def verdicts(case_id, people):
    rows = Verdict.objects.filter(case=case_id).order_by("on", "pk")
    told = [
        (people.called(one.accused_id), edtf(one.on), one.get_result_display(), prison(one)) for one in rows
    ]
    awards = Award.objects.filter(case=case_id, set_aside_on="").order_by("ordered_on", "pk")
    paid = [
        (edtf(one.ordered_on), money(one.each_low, one.each_high, one.each_currency),
         money(one.total_low, one.total_high, one.total_currency))
        for one in awards
    ]  # fmt: skip
    columns = [_("Accused"), _("Date"), _("Result"), _("Prison")]
    ordered = [_("Ordered on"), _("For each"), _("In all")]
    return [
        table(_("Verdicts"), columns, told, _("No verdict is recorded.")),
        table(_("Compensation"), ordered, paid, _("No compensation is recorded.")),
    ]


def prison(verdict):
    if verdict.life:
        return _("for life")
    return _("%(months)s months") % {"months": verdict.months} if verdict.months else ""


TABLES = {SharePart.HEARINGS: hearings, SharePart.BAIL: bail, SharePart.VERDICTS: verdicts}
