"""The map of the site: one line per app."""

from django.urls import include, path
from django.views.generic import RedirectView

from accounts.access import public
from ijm_cases.health import healthz, healthz_alerts
from notifications.views.codes import code_show
from notifications.views.worker import push_worker

urlpatterns = [
    path("", include("desk.urls")),
    path("law/", include("law.urls")),
    path("calendar/", include("diary.urls")),
    path("cases/", include("cases.urls")),
    path("operations/", include("operations.urls")),
    path("documents/", include("documents.urls")),
    path("survivors/", include("survivors.urls")),
    path("prosecutions/", include("prosecutions.urls")),
    path("aftercare/", include("aftercare.urls")),
    path("notifications/", include("notifications.urls")),
    path("dashboards/", include("dashboards.urls")),
    path("figures/", include("figures.urls")),
    path("exchange/", include("exchange.urls")),
    path("rights/", include("rights.urls")),
    path("hooks/", include("hooks.urls")),
    path("people/", include("accounts.urls")),
    # Addresses are the administrator's to give; the page of allauth would let an open session add its own.
    path("accounts/email/", RedirectView.as_view(pattern_name="accounts:preferences"), name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("api.urls")),
    path("dev/", include("devservices.urls")),
    path("r/<slug:code>/", code_show, name="code-show"),
    path("push-worker.js", push_worker, name="push-worker"),
    path("healthz/", public(healthz), name="healthz"),
    path("healthz/alerts/", public(healthz_alerts), name="healthz-alerts"),
]

handler404 = "api.answers.not_there"
