"""Studies of prevalence: which there are, what each says and how surely, and how two of one place differ."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import answer, sent
from figures import studies
from figures.actions.studies import add_study, edit_study
from figures.models import Study
from figures.study_forms import StudyAddForm, StudyEditForm


@requires(Can.USE_DESK)
@require_safe
def study_list(request):
    """The last edition of each study, by place."""
    rows = [studies.told(study) for study in Study.objects.newest().for_list()]
    context = {"rows": rows, "may_edit": request.user.can(Can.SIGN_FIGURES)}
    return render(request, "figures/study_list.html", context)


@requires(Can.USE_DESK, of=Study)
@require_safe
def study_detail(request, pk):
    """One edition, its interval drawn and in words, the other editions, and studies of the same place."""
    study = get_object_or_404(Study.objects.select_related("written_by"), pk=pk)
    editions = list(Study.objects.filter(work=study.work).select_related("written_by").order_by("-edition"))
    context = {
        "study": study, "told": studies.told(study), "facts": studies.facts_of(study),
        "editions": [(one, studies.changes(one, earlier(editions, one))) for one in editions],
        "newest": editions[0], "others": studies.of_the_same_place(study),
        "may_edit": request.user.can(Can.SIGN_FIGURES), "crumbs": crumbs(study),
    }  # fmt: skip
    return render(request, "figures/study_detail.html", context)


def earlier(editions, study):
    """The edition before this one, if there is one."""
    return next((one for one in editions if one.edition == study.edition - 1), None)


def crumbs(study=None):
    way = [
        (_("Definitions"), reverse("figures:definition-list")),
        (_("Studies"), reverse("figures:study-list")),
    ]
    return [*way, (study.place, study.get_absolute_url())] if study else way


@requires(Can.USE_DESK, of=Study)
@require_safe
def study_compare(request, pk):
    """Two studies of one place, with every reason why they may not be compared; 404 for two places."""
    study = get_object_or_404(Study, pk=pk)
    try:
        other = Study.objects.get(pk=UUID(request.GET.get("with", "")))
    except (ValueError, Study.DoesNotExist) as why:
        raise Http404 from why
    if not studies.same_place(study, other):
        raise Http404
    context = {
        "pair": [studies.told(study), studies.told(other)],
        "warnings": studies.warnings(study, other),
        "rows": studies.side_by_side(study, other),
        "crumbs": [*crumbs(study), (_("Compare"), None)],
    }
    return render(request, "figures/study_compare.html", context)


@requires(Can.SIGN_FIGURES)
@require_http_methods(["GET", "POST"])
def study_add(request):
    def add(**facts):
        return add_study(by=request.user, now=timezone.now(), **facts)

    context = {"cancel": reverse("figures:study-list"), "crumbs": [*crumbs(), (_("Add a study"), None)]}
    return answer(request, StudyAddForm(sent(request)), add, done=Study.get_absolute_url,
                  page="figures/study_add.html", context=context)  # fmt: skip


@requires(Can.SIGN_FIGURES, of=Study)
@require_http_methods(["GET", "POST"])
def study_edit(request, pk):
    """A new edition of a study; the old ones stay."""
    study = get_object_or_404(Study, pk=pk)
    newest = Study.objects.filter(work=study.work).order_by("-edition").first()

    def edit(**facts):
        return edit_study(newest.work, by=request.user, now=timezone.now(), **facts)

    form = StudyEditForm(sent(request), initial=StudyEditForm.of(newest))
    context = {"study": newest, "cancel": newest.get_absolute_url(),
               "crumbs": [*crumbs(newest), (_("New edition"), None)]}  # fmt: skip
    return answer(request, form, edit, done=Study.get_absolute_url, page="figures/study_edit.html",
                  context=context)  # fmt: skip
