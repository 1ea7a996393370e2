from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import CaseBearing, of_case
from notifications.models.alerts import Alert
from notifications.states import HowTold, WasTold
from reference.fields import CodeField
from survivors.models import Survivor


class Telling(CaseBearing):
    """What one survivor was told of what one alert is about. Not telling is a decision, with its reason."""

    case = of_case("tellings")
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="tellings")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="tellings")
    told = CodeField(_("told?"), choices=WasTold)
    way = CodeField(_("how"), choices=HowTold, blank=True)
    reason = models.CharField(_("why not"), max_length=300, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="telling_once", fields=["alert", "survivor"]),
            models.CheckConstraint(
                name="not_telling_has_a_reason", condition=~Q(told="not_told") | ~Q(reason="")
            ),
        ]

    class Privacy:
        sensitive = {"reason"}
        neutral = {"alert", "survivor", "told", "way", "answered_at", "answered_by"}
