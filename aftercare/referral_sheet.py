"""The sheet that goes with a person who is referred: what she agreed to, in plain words, and nothing else."""

from django.utils.translation import gettext as _

from aftercare.states import PlacementKind
from reference.templatetags.show import edtf, labels, quantity
from survivors.models import Identity
from survivors.states import Exploitation, IdentityNumberKind, IdentityPart, Shared

AT_HOME = (PlacementKind.KIN, PlacementKind.OWN_FAMILY, PlacementKind.INDEPENDENT)


def sheet_of(referral, parts):
    """[(label, words)] in the order of the list; `parts` of the identity have just been opened."""
    return [row for code in referral.shared for row in ROWS[Shared(code)](referral, parts) if row[1]]


def chosen_name(referral, _parts):
    return [(_("Called"), referral.care.survivor.pseudonym)]


def age_and_gender(referral, _parts):
    survivor = referral.care.survivor
    ages = [age for age in survivor.ages.order_by("position", "created_at") if age.years]
    words = [_("%(number)s years") % {"number": quantity(ages[-1].years)}] if ages else []
    words += [edtf(ages[-1].on)] if ages and ages[-1].on else []
    return [(_("Age"), " · ".join(words)), (_("Gender"), survivor.get_gender_display())]


def real_name(referral, parts):
    if IdentityPart.NAMES not in parts:
        return [(_("Real name and papers"), _("Told by telephone"))]
    identity = Identity.objects.filter(survivor=referral.care.survivor).first()
    if identity is None:
        return []
    kinds = dict(IdentityNumberKind.choices)
    numbers = [
        f"{kinds.get(row['kind'], row['kind'])}: {row['number']}" for row in identity.numbers.open() or ()
    ]
    return [
        (_("Name"), identity.own_name.open()),
        (_("Name in Latin letters"), identity.latin_name.open()),
        (_("Papers"), "; ".join(str(line) for line in numbers)),
    ]


def how_to_reach(referral, parts):
    if IdentityPart.CONTACTS not in parts:
        return [(_("How to reach the person"), _("Told by telephone"))]
    identity = Identity.objects.filter(survivor=referral.care.survivor).first()
    if identity is None:
        return []
    return [(_("Telephone"), identity.phones.open()), (_("Reach safely"), identity.safe_contact.open())]


def where_she_lives(referral, parts):
    """A shelter's address belongs to all who live there: one person's yes does not put it on paper."""
    stay = referral.care.placements.filter(ends_on="", over=False).order_by("-position", "-pk").first()
    if IdentityPart.CONTACTS not in parts or (stay and stay.kind not in AT_HOME):
        return [(_("Where the person lives"), _("Told by telephone"))]
    identity = Identity.objects.filter(survivor=referral.care.survivor).first()
    return [(_("Where the person lives"), identity.address.open())] if identity else []


def needs(referral, _parts):
    return [(_("Help that is needed"), referral.get_kind_display()), (_("In words"), referral.note)]


def health(referral, _parts):
    rows = referral.care.survivor.health_events.order_by("on", "created_at")
    words = [" ".join(filter(None, (row.get_what_display(), edtf(row.on)))) for row in rows]
    return [(_("Health"), "; ".join(words))]


def what_happened(referral, _parts):
    rows = referral.care.survivor.episodes.order_by("position", "created_at")
    return [(_("What happened"), "; ".join(labels(row.kinds, Exploitation.choices) for row in rows))]


def in_court(referral, _parts):
    return [(_("In court"), referral.case.get_legal_status_display())]


def own_words(referral, _parts):
    return [(_("In the person's own words"), "; ".join(referral.care.wishes))]


def photos(_referral, _parts):
    return []


ROWS = {
    Shared.PSEUDONYM: chosen_name, Shared.AGE: age_and_gender, Shared.IDENTITY: real_name,
    Shared.CONTACT: how_to_reach, Shared.WHEREABOUTS: where_she_lives, Shared.NEEDS: needs,
    Shared.HEALTH: health, Shared.EXPLOITATION: what_happened, Shared.COURT: in_court,
    Shared.PHOTO: photos, Shared.WORDS: own_words,
}  # fmt: skip
