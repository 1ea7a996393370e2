"""The page of both tracks side by side: what is asked, and what it is given."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from cases.clock import today_in
from cases.paging import page_of
from desk import lanes, timeline
from desk.lane_drawing import along, down
from desk.telling import tell

LEGEND = (
    ("done", _("as it should be")),
    ("info", _("took place, or goes on")),
    ("soon", _("to be watched")),
    ("danger", _("danger")),
    ("judgment", _("a court's decision")),
    ("past", _("adjourned, or over")),
)


class LanesFilterForm(forms.Form):
    """Which lanes, and of which survivor."""

    mark_optional = False
    show = forms.MultipleChoiceField(label=_("Lanes"), required=False, widget=forms.CheckboxSelectMultiple)
    who = forms.ChoiceField(label=_("Survivor"), required=False)

    def __init__(self, *args, shown, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["show"].choices = shown
        self.fields["who"].choices = [("", _("Everybody")), *people]
        if not people:
            del self.fields["who"]


def lanes_page(request, case, survivors, accused):
    """Everything that the page shows, within what this person may see."""
    user = request.user
    offered = lanes.lanes_for(user, case.office_id)
    names = {str(person.pk): person.called for person in (*survivors, *accused)}
    people = [(str(person.pk), f"{person.code} {person.called}") for person in survivors]
    form = LanesFilterForm(request.GET, shown=offered, people=people)
    asked = form.cleaned_data if form.is_valid() else {}
    shown = set(asked.get("show") or [name for name, _label in offered])
    who = asked.get("who", "")
    today = today_in(case.office, timezone.now())
    rows = lanes.chosen(timeline.history(case, user), shown, who)
    scores = lanes.scores_of(case, user, who) if "scores" in shown else {}
    told = lanes.lanes_of(rows, scores, shown, [pk for pk, _called in people], names, today)
    drawn, left_out = lanes.first_people(told)
    page = page_of([row for row in rows if row.on], request, per_page=25)
    return {
        "case": case,
        "form": form,
        "person": dict(people).get(who, "") and now_("Only %(who)s") % {"who": dict(people)[who]},
        "left_out": left_out,
        "left_out_narrow": lanes.people_beyond_the_first(told),
        **pictures(drawn, today),
        "legend": [{"tone": tone, "label": label} for tone, label in LEGEND],
        "page": page,
        "entries": [tell(row, names) for row in page],
    }


def pictures(drawn, today):
    """The picture along the page and the one down it; neither where nothing has happened."""
    if not any(lane.marks for lane in drawn):
        return {"wide": {}, "tall": {}}
    span = lanes.span_of(drawn, today)
    return {"wide": along(drawn, span), "tall": down(lanes.narrow(drawn), span)}
