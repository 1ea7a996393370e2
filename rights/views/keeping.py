from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.models import Office
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, case_or_404, change, inside, sent
from cases.models import Case
from cases.paging import page_of
from rights import actions, forms
from rights.holding import held_by, held_of, rules_of
from rights.models import Hold, RetentionRule, Review
from rights.states import Held, ReviewState


@requires(Can.MANAGE_RIGHTS)
@require_safe
def review_list(request):
    """What is due for review, longest due first, and what holds it; what was decided below."""
    page = page_of(Review.objects.undecided().for_list(), request)
    held = held_of([row.case for row in page], timezone.now())
    for row in page:
        row.held = [why.label for why in held[row.case_id]]
    ended = Review.objects.filter(status__in=[ReviewState.DONE, ReviewState.KEPT]).for_list()
    holds = Hold.objects.filter(lifted_at=None).for_list()[:50]
    context = {"page": page, "ended": ended.order_by("-agreed_at", "pk")[:20], "holds": holds}
    return render(request, "rights/review_list.html", context)


def review_or_404(pk):
    rows = Review.objects.select_related("case__office", "survivor", "proposed_by", "agreed_by")
    return get_object_or_404(rows, pk=pk)


def of_review(row, tab="team", **more):
    """What every page about one review is given."""
    return inside(row.case, tab, **{"row": row, "back": row.get_absolute_url(), **more})


@requires(Can.MANAGE_RIGHTS, of=Review)
@require_safe
def review_detail(request, pk):
    row = review_or_404(pk)
    proposed = row.status == ReviewState.PROPOSED
    context = of_review(
        row, held=[Held(why).label for why in held_by(row.case, timezone.now())],
        may_propose=row.status == ReviewState.WAITING,
        may_agree=proposed and row.proposed_by_id != request.user.pk,
        mine=proposed and row.proposed_by_id == request.user.pk, effects=effects_of(row),
    )  # fmt: skip
    return render(request, "rights/review_detail.html", context)


def effects_of(row):
    """What follows, before anybody presses a button."""
    of_person = row.survivor_id is not None
    stays = _("Notes of the case that name the person stay as they are: look through them.")
    return [
        {"icon": "x", "text": _("Names, texts, addresses and notes go; nobody can bring them back.")},
        {
            "icon": "file-text",
            "text": _("Papers on which her benefits depend are destroyed; other documents of the case stay.")
            if of_person
            else _("The keys of the case and of its documents are destroyed, and the files with them."),
        },
        {
            "icon": "chart-column",
            "text": _("Codes, days and numbers stay: every figure is the same."),
        },
        {
            "icon": "history",
            "text": _("Who did what and when stays in the trail, not what it was about."),
        },
        {"icon": "archive", "text": _("Backups made before keep what was not sealed until they run out.")},
        *([{"icon": "triangle-alert", "text": stays}] if of_person else []),
    ]


@requires(Can.MANAGE_RIGHTS, of=Review)
@require_http_methods(["GET", "POST"])
@fresh
def review_propose(request, pk):
    row = review_or_404(pk)
    form = forms.ReviewProposeForm(sent(request), initial={"version": row.version})
    context = of_review(row, submit=_("Propose"), effects=effects_of(row))
    return change(
        request, row, form, actions.propose_review, page="rights/review_propose.html", context=context,
        done=Review.get_absolute_url,
    )  # fmt: skip


@requires(Can.MANAGE_RIGHTS, of=Review)
@require_http_methods(["GET", "POST"])
@fresh
def review_agree(request, pk):
    row = review_or_404(pk)
    form = forms.ConfirmForm(sent(request), initial={"version": row.version})
    context = of_review(row, submit=_("I agree"), effects=effects_of(row))
    return change(
        request, row, form, actions.agree_review, page="rights/review_agree.html", context=context,
        done=Review.get_absolute_url,
    )  # fmt: skip


@requires(Can.MANAGE_RIGHTS, of=Review)
@require_http_methods(["GET", "POST"])
def review_refuse(request, pk):
    row = review_or_404(pk)
    form = forms.ConfirmForm(sent(request), initial={"version": row.version})
    context = of_review(row, submit=_("Not so"))
    return change(
        request, row, form, actions.refuse_review, page="rights/review_refuse.html", context=context,
        done=Review.get_absolute_url,
    )  # fmt: skip


@requires(Can.MANAGE_RIGHTS, of=Case)
@require_http_methods(["GET", "POST"])
def hold_place(request, pk):
    case = case_or_404(pk)
    form = forms.HoldPlaceForm(sent(request))
    context = inside(case, "team", submit=_("Keep the case"))
    return change(
        request, case, form, actions.place_hold, page="rights/hold_place.html", context=context,
        done=lambda _hold: reverse("rights:review-list"),
    )  # fmt: skip


@requires(Can.MANAGE_RIGHTS, of=Hold)
@require_http_methods(["GET", "POST"])
def hold_lift(request, pk):
    hold = get_object_or_404(Hold.objects.select_related("case__office", "placed_by"), pk=pk)
    form = forms.ConfirmForm(sent(request))
    context = inside(hold.case, "team", hold=hold, submit=_("Lift it"), back=reverse("rights:review-list"))

    def act(**_answers):
        return actions.lift_hold(pk, by=request.user, now=timezone.now())

    page = "rights/hold_lift.html"
    return answer(request, form, act, done=lambda _hold: context["back"], page=page, context=context)


def my_offices(person):
    """The offices in which the person holds the verb."""
    held = {office for office, _role in person.live_memberships if office}
    mine = [office for office in held if person.can_in(office, Can.MANAGE_RIGHTS)]
    return Office.objects.filter(pk__in=mine).order_by("name", "pk")


@requires(Can.MANAGE_RIGHTS)
@require_safe
def rule_list(request):
    """For how long each of my offices keeps closed cases."""
    offices = list(my_offices(request.user))
    rules = rules_of({office.pk for office in offices})
    rows = [(office, rules.get(office.pk) or RetentionRule.of_the_house(office)) for office in offices]
    return render(request, "rights/rule_list.html", {"rows": rows})


@requires(Can.MANAGE_RIGHTS)
@require_http_methods(["GET", "POST"])
def rule_set(request, office):
    row = Office.objects.filter(pk=office).first()
    if row is None:
        raise Http404
    if not my_offices(request.user).filter(pk=row.pk).exists():
        raise PermissionDenied(str(Can.MANAGE_RIGHTS.label))
    rule = rules_of({row.pk}).get(row.pk) or RetentionRule.of_the_house(row)
    initial = {"years": rule.years, "child_until_age": rule.child_until_age}
    form = forms.RuleSetForm(sent(request), initial=initial)
    back = reverse("rights:rule-list")

    def act(**answers):
        return actions.set_rule(row.pk, by=request.user, now=timezone.now(), **answers)

    context = {"office": row, "submit": _("Save"), "back": back}
    page = "rights/rule_set.html"
    return answer(request, form, act, done=lambda _rule: back, page=page, context=context)
