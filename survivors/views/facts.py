from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases.answering import change, sent
from survivors import actions, forms
from survivors.models import Relief, Survivor
from survivors.views.people import about, survivor_or_404


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def age_add(request, pk):
    survivor = survivor_or_404(pk)
    form = forms.AgeAddForm(sent(request))
    page, context = "survivors/age_add.html", about(survivor, _("Save the age"))
    return change(request, survivor, form, actions.add_age, page=page, context=context)


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def episode_add(request, pk):
    survivor = survivor_or_404(pk)
    form = forms.EpisodeAddForm(sent(request), case=survivor.case, writer=request.user)
    page, context = "survivors/episode_add.html", about(survivor, _("Save what happened"))
    return change(request, survivor, form, actions.add_episode, page=page, context=context)


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def relief_add(request, pk):
    survivor = survivor_or_404(pk)
    form = forms.ReliefAddForm(sent(request), case=survivor.case)
    page, context = "survivors/relief_add.html", about(survivor, _("Save the road out"))
    return change(request, survivor, form, actions.add_relief, page=page, context=context)


@requires(Can.WRITE_SURVIVOR, of=Relief)
@require_http_methods(["GET", "POST"])
def relief_recapture(request, pk):
    relief = get_object_or_404(Relief.objects.select_related("survivor", "case__office"), pk=pk)
    form = forms.ReliefRecaptureForm(sent(request), case=relief.case, writer=request.user)
    page, context = "survivors/relief_recapture.html", about(relief.survivor, _("Record it"), relief=relief)
    context["case"] = relief.case
    return change(request, relief, form, actions.recapture_survivor, page=page, context=context)


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def kinship_add(request, pk):
    survivor = survivor_or_404(pk)
    form = forms.KinshipAddForm(sent(request), survivor=survivor, writer=request.user)
    page, context = "survivors/kinship_add.html", about(survivor, _("Save the family tie"))
    return change(request, survivor, form, actions.add_kinship, page=page, context=context)


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def statement_add(request, pk):
    survivor = survivor_or_404(pk)
    form = forms.StatementAddForm(sent(request), case=survivor.case, writer=request.user)
    page, context = "survivors/statement_add.html", about(survivor, _("Save the statement"))
    return change(request, survivor, form, actions.add_statement, page=page, context=context)
