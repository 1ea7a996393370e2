"""What stands on a frozen month, in words."""

from decimal import Decimal

from babel.dates import format_date
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cases.models import Case
from figures.catalogue import FIGURES
from figures.models import MonthFigure
from figures.months import definition_of, flows, middle, quantity_of, rounded
from figures.months_count import AT_A_TIME, changes, in_force
from figures.rows import NOTHING
from reference.templatetags.show import money, quantity


def month_told(day):
    """March 2026."""
    language = (translation.get_language() or "en").split("-")[0]
    return format_date(day, "LLLL y", locale=language)


def title_of(sheet):
    return f"{sheet.office.name}, {month_told(sheet.month)}"


def amount_told(amount, currency=""):
    """An amount in words."""
    return money(amount.low, amount.high, currency) if currency else quantity(amount)


def said(line, before=False):
    return amount_told(quantity_of(line, before), line.currency)


def may_see(person, name):
    """Does this person hold what the figure tells of?"""
    return name in FIGURES and person.can(FIGURES[name].need)


def lines_of(sheet, person):
    """Every figure of the sheet's own month: frozen, the month before, the change, corrected since."""
    before = by_place(sheet.previous, sheet.previous.month) if sheet.previous else {}
    since = corrected_since(sheet)
    order = {name: place for place, name in enumerate(FIGURES)}
    rows = [line for line in sheet.lines.all() if line.month == sheet.month and may_see(person, line.name)]
    return [
        {
            "name": line.name,
            "label": FIGURES[line.name].label,
            "value": said(line),
            "before": said(was) if (was := before.get((line.name, line.currency))) else "",
            "change": change(quantity_of(was), quantity_of(line)) if was else "",
            "since": since.get((line.name, line.currency), []),
            "url": compare_url(sheet, line.name),
            "other_words": definition_of(line.name) != line.definition,
        }
        for line in sorted(rows, key=lambda line: (order.get(line.name, 999), line.currency))
    ]


def compare_url(sheet, name):
    return reverse("figures:month-compare", args=[sheet.pk, name]) if name in flows() else ""


def by_place(sheet, month):
    rows = MonthFigure.objects.filter(sheet=sheet, month=month)
    return {(line.name, line.currency): line for line in rows}


def change(was, now):
    """+2, −3, or nothing where it is the same or not known."""
    if middle(was) is None or middle(now) is None:
        return ""
    return signed(middle(now) - middle(was))


def signed(move):
    if not move:
        return ""
    number = quantity(abs(Decimal(move)))
    return f"+{number}" if move > 0 else f"\N{MINUS SIGN}{number}"


def corrected_since(sheet):
    """{(name, currency): [what later sheets say of this one's month]}."""
    rows = MonthFigure.objects.filter(sheet__office=sheet.office_id, month=sheet.month)
    found = {}
    for line in rows.exclude(sheet=sheet).select_related("sheet").order_by("sheet__month"):
        move = change(quantity_of(line, before=True), quantity_of(line))
        words = _("%(move)s in %(month)s") % {"move": move, "month": month_told(line.sheet.month)}
        found.setdefault((line.name, line.currency), []).append(words)
    return found


def corrections_of(sheet, person):
    """What this sheet corrects of earlier months, a sentence each."""
    rows = [line for line in sheet.lines.all() if line.month != sheet.month and may_see(person, line.name)]
    return [correction_told(line) for line in sorted(rows, key=lambda line: (line.month, line.name))]


def correction_told(line):
    return {
        "month": month_told(line.month),
        "label": FIGURES[line.name].label,
        "was": said(line, before=True),
        "move": change(quantity_of(line, before=True), quantity_of(line)),
        "now": said(line),
    }


def compared(sheet, name, cases):
    """The cases that give something else today than the sheets say, as far as the viewer sees them."""
    keys = list(cases.order_by("number", "pk").values_list("pk", flat=True))
    rows = []
    for start in range(0, len(keys), AT_A_TIME):
        some = Case.objects.filter(pk__in=keys[start : start + AT_A_TIME])
        rows += differences(sheet, name, some)
    return rows


def differences(sheet, name, cases):
    found = changes(cases, [sheet], [name])
    known = in_force(sheet.office_id, sheet.month, [name], cases) if found else {}
    numbers = {case.pk: case for case in cases} if found else {}
    return [
        {
            "case": numbers[case_id],
            "was": amount_told(known.get(place, {}).get(case_id, rounded(NOTHING)), place[2]),
            "now": amount_told(amount, place[2]),
        }
        for place, amounts in sorted(found.items())
        for case_id, amount in amounts.items()
        if case_id in numbers
    ]
