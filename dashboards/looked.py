"""Who looked at a survivor: in plain words, day by day, for her to read."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Case, Count, F, Max, Q, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncDate
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from aftercare.models import Placement
from audit.models import Event
from cases.models import Assignment

DAYS = 60  # lines on a page
# What was opened, as one would say it to her. Everything else is said as what it is: something was written.
HER_WORDS = {
    "survivor.open": _("read your record"),
    "identity.open": _("saw your name and how to reach you"),
    "identity.page": _("looked at the page about who you are, where everything was covered"),
    "shelter.open": _("saw the address of where you stay"),
    "home.where": _("saw the address of where you stay"),
    "therapy.open": _("read the notes of your counsellor"),
    "document.open": _("opened a document about you"),
    "evidence.open": _("opened a piece of evidence about you"),
    "trail.read": _("read this page"),
    "copy.make": _("made your own copy of your record"),
}
WROTE = _("wrote in your record")


def hers(survivor):
    """Every event about her own record or about one that says it is hers, of here and now."""
    key = str(survivor.pk)
    own = Q(case_id=survivor.case_id) & (Q(subject_id=key) | Q(detail__survivor=key))
    return Event.objects.live().filter(own | looks_at_homes(survivor))


def looks_at_homes(survivor):
    """Whoever opened the address of a home while she lived there saw where she was."""
    zone = timezone.zoneinfo.ZoneInfo(survivor.case.office.time_zone)
    found = Q(pk__in=[])
    for stay in Placement.objects.filter(care__survivor=survivor).exclude(home=None):
        look = Q(verb="home.where", subject_id=str(stay.home_id))
        if stay.starts_on:
            look &= Q(at__gte=datetime.combine(stay.starts_on.first, time.min, zone))
        if stay.ends_on:
            look &= Q(at__lt=datetime.combine(stay.ends_on.last + timedelta(days=1), time.min, zone))
        found |= look
    return found


def days_of(survivor):
    """(day, person, what was seen, how often), newest first; days as the office counts them."""
    zone = timezone.zoneinfo.ZoneInfo(survivor.case.office.time_zone)
    rows = hers(survivor).annotate(
        day=TruncDate("at", tzinfo=zone), parts=KeyTextTransform("parts", "detail")
    )
    covered = When(verb="identity.open", parts="[]", then=Value("identity.page"))
    rows = rows.annotate(seen=Case(covered, default=F("verb"))).order_by()
    counted = rows.values("day", "actor_id", "seen").annotate(times=Count("pk"), last=Max("pk"))
    return counted.order_by("-day", "-last")


def told_to_her(survivor, rows):
    """The lines with names, roles and words; three queries however many they are."""
    rows = list(rows)
    people = User.objects.in_bulk({row["actor_id"] for row in rows})
    roles = roles_of(survivor, people)
    return [
        {
            "day": row["day"],
            "who": people[row["actor_id"]].name if row["actor_id"] in people else "",
            "role": roles.get(row["actor_id"], ""),
            "words": HER_WORDS.get(row["seen"], WROTE),
            "times": row["times"],
        }
        for row in rows
    ]


def roles_of(survivor, people):
    """What each of them is: on her case first, else by the role held."""
    found = {}
    memberships = Membership.objects.filter(user__in=people).order_by("ended_at", "pk")
    for user_id, role in memberships.values_list("user_id", "role"):
        found.setdefault(user_id, Role(role).label)
    named = Assignment.objects.filter(case=survivor.case_id, user__in=people).order_by("started_at", "pk")
    found.update({user_id: Role(role).label for user_id, role in named.values_list("user_id", "role")})
    return found


def asked_language(request):
    """The language asked for, if we have it."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language()


def looked_at(survivor):
    """For the panel on her page: how many people opened her record in thirty days."""
    since = timezone.now() - timezone.timedelta(days=30)
    seen = hers(survivor).filter(at__gte=since, verb__in=HER_WORDS)
    return {"people": seen.order_by().aggregate(n=Count("actor_id", distinct=True))["n"]}
