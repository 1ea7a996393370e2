"""A wallet, a referral and a story of the demonstration, made by colleagues as on any day."""

from datetime import timedelta

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import make_referral
from aftercare.models import Care, Referral
from casefiles.demo import LIVE, colleague
from cases.actions import add_agency
from cases.clock import today_in
from cases.models import Agency, Case
from reference.values import PartialDate
from survivors.actions import add_consent, approve_story, send_story, write_story
from survivors.models import Consent, Story, Survivor

AGENCY = "Sewing room (demo)"
STORY = (
    "She came out in the spring. With a machine of her own she sews school bags now, and she wants to"
    " teach it to others."
)


def show_wallet(now):
    """The first survivor of the live case agreed to some things, and refused one."""
    with viewing_as(colleague(Role.SOCIAL_WORKER)) as by:
        case = Case.objects.filter(external_id=LIVE).select_related("office").first()
        her = Survivor.objects.filter(case=case).order_by("key").first() if case else None
        if her is None or Consent.objects.filter(survivor=her, purpose="share_with_agency").exists():
            return
        agree(case, her, by, now)
        refer(case, her, by, now)
        story = write_story(
            case.pk, by=by, now=now, title="A machine of her own", receiver="Yearly report", text=STORY,
            people=[her.pk],
        )  # fmt: skip
        send_story(story.pk, by=by, now=now)
    with viewing_as(colleague(Role.SAFEGUARDING_LEAD)) as lead:
        approve_story(Story.objects.get(pk=story.pk).pk, by=lead, now=now)


def agree(case, her, by, now):
    """Four answers: one runs out soon, one is for one agency, one is a no."""
    today = today_in(case.office, now)
    agency = Agency.objects.filter(case=case, name=AGENCY).first()
    agency = agency or add_agency(case.pk, by=by, now=now, name=AGENCY, kind="ngo")
    facts = {"by": by, "now": now, "on": today.isoformat(), "giver": "ministry", "assent": True,
             "given_by": "the ministry's social worker (demo)", "how": "written"}  # fmt: skip
    month, year = ((today + timedelta(days=days)).isoformat() for days in (12, 365))
    add_consent(her.pk, given=True, purpose="share_with_agency", to=agency.key, until=year,
                what=["pseudonym", "age", "needs"], **facts)  # fmt: skip
    add_consent(her.pk, given=True, purpose="services", until=month, what=["pseudonym", "needs", "health"],
                receiver="City hospital (demo)", **facts)  # fmt: skip
    add_consent(her.pk, given=True, purpose="publish_story", until=year, what=["pseudonym", "words"], **facts)
    add_consent(her.pk, given=False, purpose="photograph", **{**facts, "giver": "self"})


def refer(case, her, by, now):
    """To the sewing room, with what she agreed to."""
    care = Care.objects.filter(survivor=her).first()
    key = Agency.objects.filter(case=case, name=AGENCY).values_list("key", flat=True).first()
    if care and not Referral.objects.filter(care=care).exists():
        make_referral(
            care.pk, by=by, now=now, kind="vocational_training", to=key,
            on=PartialDate(today_in(case.office, now)), note="Wants to learn to sew; mornings are best.",
        )  # fmt: skip
