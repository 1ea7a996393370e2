"""People, perpetrators and events counted in the shape of IC-TIP, and SDG indicator 16.2.2.

IC-TIP (IOM and UNODC, endorsed by the UN Statistical Commission in 2025) counts events, victims, perpetrators
and reporting entities; acts, means and purposes apart, after article 3 of the Palermo Protocol. Its tables
were not at hand: the shape follows its summaries. SDG 16.2.2 is victims of human trafficking per 100,000
people, by sex, age and form of exploitation.

Every line is one count. A victim stands in one line of a year: that in which the case was opened, with one
form, or `several`. Outside of us counts under eleven are hidden with what would give them away.
"""

from collections import Counter
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from exchange.ctdc.columns import AGES, COLUMNS, GENDERS, TYPES
from figures.catalogue import FIGURES
from figures.hiding import LEAST, hidden
from figures.snapshot import Snapshot
from operations.models import RouteLeg
from prosecutions.models import Accused
from prosecutions.states import RoleInProcess, Standing
from survivors.models import Episode
from survivors.states import Control, Gender

COUNT_COLUMNS = ("table", "year", "part", "sex", "age", "count", "per_100000")
HIDDEN = _("Hidden")
NOTES = (
    (_("Unit"), _("Victims: survivors on record, once. Perpetrators: accused people, once in a case. Events: "
                  "one exploitation as one case tells of it, with all its victims and perpetrators.")),
    (_("Year"), _("Victims, events: when the case was opened. Perpetrators: when the step was taken.")),
    (_("Reporting entity"), _("The office that asked, or all that the person who asked may see.")),
    (HIDDEN, _("Where a count is empty it is under 11, or would give such a one away.")),
    (_("Classification"), _("After summaries of IC-TIP 2025 and article 3 of the Palermo Protocol.")),
)  # fmt: skip
FORMS = {TYPES[0]: "forced_labour", TYPES[1]: "sexual_exploitation", TYPES[2]: "other_form"}
FORM_ROWS = (*FORMS.values(), "several", "unknown")
SEXES = {GENDERS[1]: "female", GENDERS[0]: "male", GENDERS[2]: "trans_nonconforming", "": "unknown"}
AGE_ROWS = ("child", "adult", "unknown")
SEX_OF_ACCUSED = {Gender.FEMININE: "female", Gender.MASCULINE: "male", "": "unknown"}
STEPS = {
    "suspected": "accused_registered", "prosecuted": "accused_charged", "convicted": "accused_convicted",
}  # fmt: skip
ACTS = {
    RoleInProcess.RECRUITER_OR_INTERMEDIARY: "recruitment", RoleInProcess.BROKER_TRAVEL_AGENT: "recruitment",
    RoleInProcess.TRANSPORTER: "transportation", RoleInProcess.SMUGGLER: "transportation",
    RoleInProcess.TRAVELLING_PARTNER: "transportation", RoleInProcess.TRANSFERRED_INDIVIDUAL: "transfer",
    RoleInProcess.HARBOURED_INDIVIDUAL: "harbouring", RoleInProcess.RECEIVED_INDIVIDUAL: "receipt",
}  # fmt: skip
MEANS = {
    RoleInProcess.KIDNAPPER: "abduction", RoleInProcess.SOLD_INDIVIDUAL: "payments_or_benefits",
    RoleInProcess.BOUGHT_INDIVIDUAL: "payments_or_benefits",
    Control.FALSE_PROMISES: "fraud_or_deception", Control.DEBT_BONDAGE: "abuse_of_power_or_vulnerability",
    Control.PSYCHOACTIVE_SUBSTANCE: "abuse_of_power_or_vulnerability",
    Control.WITHHOLDS_DOCUMENTS: "other_coercion", Control.RESTRICTS_MOVEMENT: "other_coercion",
    Control.RESTRICTS_FINANCIAL_ACCESS: "other_coercion", Control.RESTRICTS_MEDICAL_CARE: "other_coercion",
    Control.WITHHOLDS_NECESSITIES: "other_coercion", Control.TAKES_EARNINGS: "other_coercion",
    Control.EXCESSIVE_WORKING_HOURS: "other_coercion", Control.PSYCHOLOGICAL_ABUSE: "other_coercion",
    Control.PHYSICAL_THREATS: "threat_or_force", Control.THREATS_LAW_ENFORCEMENT: "threat_or_force",
    Control.THREATENS_CHILDREN_FAMILY: "threat_or_force", Control.PHYSICAL_ABUSE: "threat_or_force",
    Control.SEXUAL_ABUSE: "threat_or_force",
}  # fmt: skip


def counts_of(rows, export, *, inside):
    """Lines of COUNT_COLUMNS. `rows`: [(a row of the 27 columns, child or not or None)]."""
    cases = Case.objects.matching(
        **{
            name: export.filters.get(key)
            for name, key in (("office_id", "office"), ("casework_type", "kind_of_case"))
        }
    )
    population = int(export.filters.get("population") or 0)
    return [
        *victims(rows, population, inside),
        *perpetrators(cases, inside),
        *events(cases, inside),
    ]


def victims(rows, population, inside):
    """A table for each year: form by sex and age; with the rate where the population is known."""
    years, columns = {}, [(sex, age) for sex in SEXES.values() for age in AGE_ROWS]
    for row, child in rows:
        said = dict(zip(COLUMNS, row, strict=True))
        place = form_of(said), SEXES[said["gender"]], age_of(said, child)
        years.setdefault(said["yearOfRegistration"], Counter())[place] += 1
    for year, counts in sorted(years.items()):
        grid = [[counts[form, *column] for column in columns] for form in FORM_ROWS]
        cells, total = (hidden(grid).cells, hidden(grid).total) if not inside else (grid, sum(map(sum, grid)))
        for form, line in zip(FORM_ROWS, cells, strict=True):
            for (sex, age), count in zip(columns, line, strict=True):
                if count != 0:
                    yield ("victims", year, form, sex, age, said_as(count), rate(count, population))
        yield ("victims", year, "all", "all", "all", said_as(total), rate(total, population))


def form_of(said):
    found = [form for flag, form in FORMS.items() if said[flag]]
    return "unknown" if not found else found[0] if len(found) == 1 else "several"


def age_of(said, child):
    """The band where one is known, else what is written down of her."""
    if said["ageBroad"]:
        return "child" if AGES.index(said["ageBroad"]) < 2 else "adult"
    return "unknown" if child is None else "child" if child else "adult"


def said_as(count):
    return "" if count is None else count


def rate(count, population):
    """Per 100,000 people, to three places; '' where either is not known."""
    if not population or count is None:
        return ""
    return (Decimal(100_000) * count / population).quantize(Decimal("0.001"))


def perpetrators(cases, inside):
    """By year of the step and sex: suspected, prosecuted, convicted; each person once in each."""
    seen = Snapshot(cases, timezone.localdate())
    sexes = {pk: SEX_OF_ACCUSED.get(code, "other") for pk, code in Accused.objects.filter(
        case__in=cases.values("pk")).values_list("pk", "gender")}  # fmt: skip
    columns, years = ("female", "male", "other", "unknown"), {}
    for step, name in STEPS.items():
        for row in FIGURES[name].rows(seen):
            year = str(row.on.first.year) if row.on else ""
            years.setdefault(year, Counter())[step, sexes.get(row.pk, "unknown")] += 1
    for year, counts in sorted(years.items()):
        for step in STEPS:
            line = [counts[step, sex] for sex in columns]
            shown = line if inside else hidden([line]).cells[0]
            for sex, count in zip(columns, shown, strict=True):
                if count != 0:
                    yield ("perpetrators", year, step, sex, "", said_as(count), "")


def events(cases, inside):
    """Of how many events each act, means and purpose was part. One event may have several of each."""
    years = {pk: str(on.first.year) if on else "" for pk, on in cases.values_list("pk", "opened_on")}
    found = {}
    for place in parts_of_events(cases):
        found.setdefault(place[0], set()).add(place[1:])
    counts = Counter((years[case], *part) for case, all_parts in found.items() for part in all_parts)
    counts.update((years[case], "event", "all") for case in found)
    for (year, kind, part), count in sorted(counts.items()):
        if inside or count >= LEAST:
            yield ("events", year, f"{kind}: {part}", "", "", count, "")
        else:
            yield ("events", year, f"{kind}: {part}", "", "", "", "")


def parts_of_events(cases):
    """(case, act or means or purpose, which) as records say."""
    mine = cases.values("pk")
    for row in Episode.objects.filter(case__in=mine):
        yield from ((row.case_id, "purpose", code) for code in row.kinds)
        yield from ((row.case_id, "means", MEANS[code]) for code in row.control if code in MEANS)
        if row.recruited:
            yield row.case_id, "act", "recruitment"
    for case in RouteLeg.objects.filter(case__in=mine).values_list("case_id", flat=True):
        yield case, "act", "transportation"
    accused = Accused.objects.filter(case__in=mine, standing__in=(Standing.ACCUSED, Standing.SUSPECT))
    for case, roles in accused.values_list("case_id", "roles"):
        yield from ((case, "act", ACTS[role]) for role in roles if role in ACTS)
        yield from ((case, "means", MEANS[role]) for role in roles if role in MEANS)
