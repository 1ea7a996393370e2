from django.urls import path
from rest_framework.routers import SimpleRouter

from api.figures import FigureDetail, FigureList, FigureRows
from api.hooks import EventList, WebhookViewSet
from api.months import MonthSheetViewSet
from api.nouns import NOUNS
from api.schema import SchemaView

app_name = "api"
router = SimpleRouter(use_regex_path=False)
for noun, view, name in NOUNS:
    router.register(noun, view, name)
router.register("months", MonthSheetViewSet, "month")
router.register("webhooks", WebhookViewSet, "webhook")
urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("events/", EventList.as_view(), name="event-list"),
    path("figures/", FigureList.as_view(), name="figure-list"),
    path("figures/<slug:name>/", FigureDetail.as_view(), name="figure-detail"),
    path("figures/<slug:name>/rows/", FigureRows.as_view(), name="figure-rows"),
    *router.urls,
]
