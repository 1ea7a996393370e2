"""Code lists of care as a whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CareMilestoneKind(models.TextChoices):
    """What happened?"""

    RETURNED_HOME = "returned_home", _("Returned home")
    REUNITED = "reunited", _("Reunited")
    BIRTHDAY = "birthday", _("Birthday")
    BACK_TO_SCHOOL = "back_to_school", _("Back to school")
    FINISHED_SCHOOL = "finished_school", _("Finished school")
    STARTED_TRAINING = "started_training", _("Started training")
    STARTED_WORK = "started_work", _("Started work")
    MOVED_OUT = "moved_out", _("Moved out")
    CERTIFICATE = "certificate", _("Certificate")
    TESTIFIED = "testified", _("Testified")
    VERDICT_HEARD = "verdict_heard", _("Verdict heard")
    OTHER = "other", _("Other")


class CareResult(models.TextChoices):
    """How did the care end, or where does it stand?"""

    IN_CARE = "in_care", _("In care")
    RESTORED = "restored", _("Restored")
    REINTEGRATED = "reintegrated", _("Reintegrated")
    MOVED = "moved", _("Moved")
    DECLINED = "declined", _("Declined")
    LOST_CONTACT = "lost_contact", _("Lost contact")
    TRANSFERRED = "transferred", _("Transferred")
    RE_TRAFFICKED = "re_trafficked", _("Re-trafficked")
    DIED = "died", _("Died")


class ReopenWhy(models.TextChoices):
    """Why is care taken up again?"""

    RE_VICTIMISED = "re_victimised", _("Exploited again")
    NEW_DANGER = "new_danger", _("New danger")
    ASKED_FOR_HELP = "asked_for_help", _("The person asked for help")
    CLOSED_BY_MISTAKE = "closed_by_mistake", _("Closed by mistake")


CARE_GOES_ON = ("", CareResult.IN_CARE, CareResult.REINTEGRATED, CareResult.RE_TRAFFICKED)
