from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import add_to_case, case_asked_for, case_or_404, change, inside, sent
from cases.keys import keys_of
from cases.models import Case
from cases.paging import page_of
from reference.templatetags.show import quantity
from survivors import actions, forms
from survivors.models import Kinship, Survivor, Threat
from survivors.panels import panels_of
from survivors.states import AgeMoment, Control, Exploitation, Recruitment, Vulnerability

LISTS = {
    "kinds": Exploitation.choices, "control": Control.choices, "recruited": Recruitment.choices,
    "vulnerabilities": Vulnerability.choices,
}  # fmt: skip


def survivor_or_404(pk):
    """The survivor with her case; outside the need to know she does not exist."""
    return get_object_or_404(Survivor.objects.select_related("case__office", "office"), pk=pk)


def about(survivor, submit, **more):
    """What every form about one survivor is given."""
    back = survivor.get_absolute_url()
    return inside(survivor.case, "survivors", survivor=survivor, submit=submit, **{"back": back, **more})


@requires(Can.VIEW_SURVIVOR)
@require_safe
def survivor_list(request):
    """The people this person may know of, by code and chosen name alone."""
    case = case_asked_for(request)
    form = forms.SurvivorFilterForm(request.GET)
    people = Survivor.objects.matching(case=case, **form.criteria()).with_ages_and_reliefs().for_list()
    page = page_of(people, request)
    for survivor in page:
        survivor.age_words, survivor.out = age_at_relief(survivor), last_relief(survivor)
    context = inside(case, "survivors") if case else {}
    context |= {"page": page, "form": form, "filtered": any(form.criteria().values())}
    context["may"] = case is not None and request.user.can(Can.WRITE_SURVIVOR)
    context["may_search"] = request.user.can(Can.OPEN_IDENTITY)
    return render(request, "survivors/survivor_list.html", context)


def age_at_relief(survivor):
    """Her age in words when she came out; else the last age that is known."""
    ages = sorted(survivor.ages.all(), key=lambda age: (age.at != AgeMoment.RELIEF, -age.position))
    return age_words(ages[0]) if ages else ""


def age_words(age):
    """An age in words: 15 years, 2 months."""
    if age.years:
        return _("%(number)s years") % {"number": quantity(age.years)}
    return _("%(number)s months") % {"number": quantity(age.months)}


def last_relief(survivor):
    """The last road out that held, or None."""
    held = [relief for relief in survivor.reliefs.all() if not relief.recaptured]
    return max(held, key=lambda relief: relief.position, default=None)


@requires(Can.WRITE_SURVIVOR, of=Case)
@require_http_methods(["GET", "POST"])
def survivor_add(request, pk):
    case = case_or_404(pk)

    def act(case_id, *, rows, by, now):
        return [add_person(case_id, by=by, now=now, **row) for row in rows]

    form = forms.SurvivorAddForm(sent(request), case=case)
    context = inside(case, "survivors", back=reverse("survivors:survivor-list", query={"case": case.pk}))
    return add_to_case(request, case, form, act, page="survivors/survivor_add.html", context=context)


def add_person(case_id, *, by, now, pseudonym, gender, years, said_by, operation):
    """One row of the grid: the person, her age and the operation that relieved her."""
    survivor = actions.add_survivor(case_id, by=by, now=now, pseudonym=pseudonym, gender=gender)
    if years:
        estimated = bool(said_by) or None
        age = {"years": years, "said_by": said_by, "estimated": estimated}
        actions.add_age(survivor.pk, by=by, now=now, at=AgeMoment.RELIEF, **age)
    if operation:
        actions.add_relief(survivor.pk, by=by, now=now, how="operation", operation=operation)
    return survivor


@requires(Can.VIEW_SURVIVOR, of=Survivor)
@require_safe
def survivor_detail(request, pk):
    """Her record. Opening it is written down."""
    try:
        survivor = actions.open_survivor(pk, by=request.user, now=timezone.now())
    except Survivor.DoesNotExist as outside:
        raise Http404 from outside
    episodes = list(survivor.episodes.order_by("position", "created_at"))
    ties = ties_of(survivor)
    names = names_in(survivor.case, request.user, episodes, ties)
    context = inside(survivor.case, "survivors", survivor=survivor, may=request.user.can(Can.WRITE_SURVIVOR))
    context["may_open"] = request.user.can_on(Can.OPEN_IDENTITY, survivor.office_id)
    context |= {
        "ages": [told_in_words(age) for age in survivor.ages.order_by("position", "created_at")],
        "episodes": [spelled(row, names) for row in episodes],
        "reliefs": survivor.reliefs.select_related("operation").order_by("position", "created_at"),
        "statements": survivor.statements.order_by("round"),
        "family": family_of(survivor, ties, names),
        "missing": survivor.times_missing.select_related("operation").order_by("created_at"),
        "may_see_operations": request.user.can(Can.VIEW_OPERATION),
        "panels": panels_of(survivor, request.user),
        "threats": threats_of(survivor),
        "may_report": request.user.can_on(Can.REPORT_THREAT, survivor.office_id),
        "choices": LISTS,
        "yes_no": ",".join((_("yes"), _("no"), "–")),
    }
    with timezone.override(survivor.case.office.time_zone):
        return render(request, "survivors/survivor_detail.html", context)


def threats_of(survivor):
    """Those against her, and those against everybody of the case, latest first."""
    rows = Threat.objects.filter(Q(survivor=survivor) | Q(survivor=None), case=survivor.case_id)
    return rows.select_related("survivor").order_by("-reported_at", "pk")[:10]


def told_in_words(age):
    """The age with its words."""
    age.words = age_words(age)
    return age


def spelled(episode, names):
    """The keys of an episode in words, as far as this person may know them."""
    episode.by_words = [names.get(key, key) for key in episode.by]
    episode.venue_words = [names.get(key, key) for key in episode.venues]
    return episode


def names_in(case, person, episodes, ties):
    """{local key: words} of those who are spoken of here; nobody is looked up where nobody is."""
    kin = {key for tie in ties for key in (tie.who, tie.of) if key}
    people = kin.union(*(row.by for row in episodes))
    kinds = [*(("survivor", "accused", "network") if people else ()),
             *(("venue",) if any(row.venues for row in episodes) else ())]  # fmt: skip
    return dict(keys_of(case, person, *kinds)) if kinds else {}


def ties_of(survivor):
    """Ties at whose one end or other she stands."""
    either = Q(of=survivor.key) | Q(who=survivor.key)
    return list(Kinship.objects.filter(either, case=survivor.case_id).order_by("created_at", "pk"))


def family_of(survivor, ties, names):
    """Ties from both ends: who is what to her, and to whom she is what."""
    hers = [tie for tie in ties if tie.of == survivor.key]
    theirs = [tie for tie in ties if tie.who == survivor.key]
    rows = [
        {"tie": tie, "who": names.get(tie.who, tie.who) if tie.who else _("No record of her or his own")}
        for tie in hers
    ]
    return rows + [{"tie": tie, "who": names.get(tie.of, tie.of), "reverse": True} for tie in theirs]


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def survivor_edit(request, pk):
    survivor = survivor_or_404(pk)
    form = forms.SurvivorEditForm(sent(request), instance=survivor)
    page, context = "survivors/survivor_edit.html", about(survivor, _("Save the record"))
    return change(request, survivor, form, actions.edit_survivor, page=page, context=context)


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def witness_edit(request, pk):
    survivor = survivor_or_404(pk)
    form = forms.WitnessEditForm(sent(request), instance=survivor)
    page, context = "survivors/witness_edit.html", about(survivor, _("Save"))
    return change(request, survivor, form, actions.edit_witness, page=page, context=context)


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def survivor_miss(request, pk):
    survivor = survivor_or_404(pk)
    form = forms.SurvivorMissForm(sent(request), case=survivor.case)
    page, context = "survivors/survivor_miss.html", about(survivor, _("Record as missing"))
    return change(request, survivor, form, actions.miss_survivor, page=page, context=context)
