from django.urls import path
from rest_framework.routers import SimpleRouter

from api.bail import BailViewSet
from api.cases import CaseViewSet
from api.hearings import HearingViewSet
from api.judgments import AwardViewSet, ReleaseViewSet, VerdictViewSet
from api.notifications import AlertViewSet
from api.prosecutions import AccusedViewSet, ProceedingViewSet
from api.schema import SchemaView
from api.survivors import SurvivorViewSet

app_name = "api"
router = SimpleRouter(use_regex_path=False)
router.register("cases", CaseViewSet, "case")
router.register("survivors", SurvivorViewSet, "survivor")
router.register("accused", AccusedViewSet, "accused")
router.register("proceedings", ProceedingViewSet, "proceeding")
router.register("hearings", HearingViewSet, "hearing")
router.register("bail-orders", BailViewSet, "bail-order")
router.register("verdicts", VerdictViewSet, "verdict")
router.register("releases", ReleaseViewSet, "release")
router.register("awards", AwardViewSet, "award")
router.register("alerts", AlertViewSet, "alert")
urlpatterns = [path("schema/", SchemaView.as_view(), name="schema"), *router.urls]
