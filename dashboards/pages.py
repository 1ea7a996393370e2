"""The pages under the dashboard: what each is called, who may open it, and the way between them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Can

PAGES = (
    ("dashboard", _("Overview"), Can.VIEW_DASHBOARD),
    ("trend-show", _("Trends"), Can.VIEW_DASHBOARD),
    ("speed-show", _("Speed of justice"), Can.VIEW_DASHBOARD),
    ("bail-show", _("Verdicts, custody, bail"), Can.VIEW_DASHBOARD),
    ("adjournment-show", _("Adjournments"), Can.VIEW_DASHBOARD),
    ("road-show", _("Aftercare"), Can.VIEW_AFTERCARE),
    ("workload-show", _("Workload"), Can.VIEW_DASHBOARD),
)


def tabs_of(scope, here):
    """The tabs of the dashboard, under the filters as they stand."""
    tabs = [
        {"label": label, "url": scope.url(name, **days_of(scope, name)), "active": name == here}
        for name, label, verb in PAGES
        if scope.user.can(verb)
    ]
    everybody = {"label": _("Whole organisation"), "url": reverse("figures:published-list"), "active": False}
    return [
        *tabs,
        everybody,
        {"label": _("Frozen months"), "url": reverse("figures:month-list"), "active": False},
    ]


def days_of(scope, name):
    """The page of adjournments reads days and not months."""
    typed = [key for key in ("since", "until") if scope.asked[key]]
    if name != "adjournment-show" or not typed:
        return {}
    return {key: str(scope.period[("since", "until").index(key)]) for key in typed}


def page_of(scope, here, **more):
    """What every page of the dashboard shows besides its own."""
    return {
        "scope": scope,
        "form": scope.form,
        "filtered": bool(scope.query),
        "as_of": scope.now,
        "tabs": tabs_of(scope, here),
        "may_export": scope.user.can(Can.EXPORT_DATA),
        **more,
    }
