"""Her own copy of her record: what is hers, in plain words, and who looked at it. Kept nowhere.

What stands in it and what does not is decided in an ADR: nothing of other survivors, of the accused no more
than she said herself, no address of a home, no remarks that staff wrote for each other.
"""

import json
import warnings
from pathlib import Path

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Can
from aftercare.models import (
    Assessment,
    Contact,
    Entitlement,
    Goal,
    Placement,
    Referral,
    Service,
    TherapyNote,
)
from dashboards.looked import days_of, told_to_her
from prosecutions.models import Attendance
from reference.templatetags.show import countries, day, edtf, labels
from rights.models import Correction, NoteRelease, RightsRequest
from rights.opening import opened
from survivors.models import (
    Age,
    Consent,
    ContactRule,
    Episode,
    Identity,
    Relief,
    Statement,
    StorySubject,
    Threat,
)
from survivors.states import Exploitation, IdentityNumberKind, ReachedBy

PAGE = Path(__file__).with_name("copy.typ")
MOST_LINES = 400
IDENTITY, THERAPY = "identity", "therapy"
OWN_WORDS = {"español": "es", "spanish": "es", "english": "en", "inglés": "en"}


def language_of(survivor):
    """Her language where we have it, else the house's."""
    said = survivor.language.strip().casefold()
    code = OWN_WORDS.get(said, said[:2])
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE.split("-")[0]


def parts_for(person, survivor, answers):
    """The closed parts that may stand in it: asked for, and open to whoever makes it."""
    parts = set()
    if answers.get("identity") and person.can_on(Can.OPEN_IDENTITY, survivor.office_id):
        parts.add(IDENTITY)
    if person.can_on(Can.VIEW_THERAPY, survivor.office_id):
        parts.add(THERAPY)
    return parts


def copy_of(survivor, person, parts, language):
    """The PDF's bytes, in the language that is active."""
    sections = [section for section in sections_of(survivor, person, parts) if section["rows"]]
    told = {
        "lang": language,
        "title": _("What is kept about you"),
        "intro": [
            _("This is your own copy. It says what is kept about you, in plain words."),
            _("If something is wrong or missing, say so: it will be changed, or your words will stand "
              "beside it. You may also ask that things are not kept any longer."),
            _("Not in this copy: what concerns other people, where homes are, and notes that the people "
              "who help you wrote to each other. You may ask to have those about you read to you."),
        ],
        "sections": sections,
        "made": _("Made on %(day)s") % {"day": day(timezone.localdate())},
        "keep": _("Keep this where only you find it."),
    }  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a word in a script without a font is no reason to stop
        return typst.compile(PAGE.read_bytes(), format="pdf", sys_inputs={"told": json.dumps(told)})


def sections_of(survivor, person, parts):
    """Every section; those without a line are left out by whoever prints them."""
    yield section(_("You"), about_her(survivor))
    if IDENTITY in parts:
        yield section(_("Your name and how to reach you"), identity_of(survivor))
        yield section(_("How you want to be reached"), contact_of(survivor))
    yield section(_("What happened to you"), episodes_of(survivor))
    yield section(_("How you came out"), reliefs_of(survivor))
    yield section(_("What you told"), statements_of(survivor))
    yield section(_("What you agreed to, and what not"), consents_of(survivor))
    yield section(_("Your days in court"), court_of(survivor))
    yield section(_("Threats that were reported"), threats_of(survivor))
    if person.can_on(Can.VIEW_AFTERCARE, survivor.office_id):
        yield from care_of(survivor)
        yield from help_of(survivor)
    if THERAPY in parts:
        yield section(_("Notes of your counsellor"), notes_of(survivor))
    yield section(_("Stories about you"), stories_of(survivor))
    yield section(_("What you asked, and the answer"), requests_of(survivor))
    yield section(_("What you said is wrong"), corrections_of(survivor))
    yield section(_("Who looked at your record"), looked_of(survivor))


def section(title, rows):
    """A heading and its lines (on the left when or what, on the right the words)."""
    lines = [[str(left), str(right)] for left, right in rows if str(right).strip()]
    return {"title": title, "rows": lines[:MOST_LINES]}


def joined(*words):
    """What is known of it, in one line."""
    return " · ".join(str(word) for word in words if word)


def about_her(survivor):
    yield _("Name in this record"), survivor.called
    yield _("Gender"), survivor.get_gender_display()
    yield _("Year of birth"), edtf(survivor.birth_year)
    yield _("Nationality"), countries(survivor.nationality)
    yield _("Language"), survivor.language
    yield _("School"), survivor.schooling
    for age in Age.objects.filter(survivor=survivor).order_by("position", "pk"):
        yield _("Age"), " · ".join(filter(None, [str(age.years), str(age.get_at_display()), edtf(age.on)]))


def identity_of(survivor):
    yield _("Day of birth"), edtf(survivor.born.open())
    yield _("Where you come from"), ", ".join((survivor.home.open() or {}).values())
    identity = Identity.objects.filter(survivor=survivor).first()
    if identity is None:
        return
    for name in ("own_name", "latin_name", "known_as", "phones", "address", "family_contact"):
        yield identity._meta.get_field(name).verbose_name, getattr(identity, name).open()
    for row in identity.numbers.open() or ():
        yield labels([row["kind"]], IdentityNumberKind.choices), row["number"]


def contact_of(survivor):
    rule = ContactRule.objects.filter(survivor=survivor).first()
    if rule is not None:
        yield _("Safe ways"), labels(rule.ways, ReachedBy.choices)
        yield _("When"), rule.hours
        yield _("Who may answer"), rule.who.open()
        yield _("Who must not know"), rule.not_to.open()
        yield _("We say that we are"), rule.we_are.open()


def episodes_of(survivor):
    for one in Episode.objects.filter(survivor=survivor).order_by("position", "pk"):
        when = " – ".join(filter(None, [edtf(one.started), edtf(one.ended)]))
        words = [labels(one.kinds, Exploitation.choices), one.promise, one.conditions]
        yield when or _("No date"), ". ".join(filter(None, words))


def reliefs_of(survivor):
    for one in Relief.objects.filter(survivor=survivor).order_by("position", "pk"):
        yield edtf(one.on) or _("No date"), one.get_how_display()


def statements_of(survivor):
    for one in Statement.objects.filter(survivor=survivor).order_by("round", "pk"):
        yield edtf(one.on) or _("No date"), one.get_result_display()


def consents_of(survivor):
    for one in Consent.objects.filter(survivor=survivor).order_by("created_at", "pk"):
        answer = _("yes") if one.given else _("no")
        if one.withdrawn_on:
            answer = _("taken back on %(day)s") % {"day": edtf(one.withdrawn_on)}
        yield edtf(one.on) or _("No date"), f"{one.get_purpose_display()}: {answer}"


def court_of(survivor):
    rows = Attendance.objects.filter(survivor=survivor).select_related("hearing")
    for one in rows.order_by("hearing__on", "pk"):
        hearing = one.hearing
        words = [str(hearing.get_purpose_display()), str(hearing.get_outcome_display())]
        yield edtf(hearing.on), " · ".join(filter(None, words))


def threats_of(survivor):
    for one in Threat.objects.filter(survivor=survivor).order_by("reported_at", "pk"):
        words = [str(one.get_kind_display()), one.what]
        words += [_("What was done: %(what)s") % {"what": one.action}] if one.action else []
        yield edtf(one.on) or day(one.reported_at), ". ".join(words)


def care_of(survivor):
    """What aftercare keeps, without the place of a home."""
    of_her = {"care__survivor": survivor}
    stays = Placement.objects.filter(**of_her).order_by("position", "pk")
    yield section(_("Where you lived"), [
        (" – ".join(filter(None, [edtf(one.starts_on), edtf(one.ends_on)])), one.get_kind_display())
        for one in stays
    ])  # fmt: skip
    scored = Assessment.objects.filter(**of_her).prefetch_related("scores").order_by("on", "position")
    yield section(_("How you were doing (1 needs most help, 4 is safe and strong)"), [
        (edtf(one.on), ", ".join(f"{row.get_domain_display()} {row.value:.1f}" for row in one.scores.all()))
        for one in scored
    ])  # fmt: skip
    goals = Goal.objects.filter(plan__care__survivor=survivor).order_by("plan__position", "position", "pk")
    yield section(_("Your plan"), [
        (one.get_area_display(), joined(one.own_words or one.goal, one.get_status_display()))
        for one in goals
    ])  # fmt: skip


def help_of(survivor):
    """Services, contacts, referrals and what the law owes her."""
    of_her = {"care__survivor": survivor}
    yield section(_("Help you had"), [
        (edtf(one.starts_on), " · ".join(filter(None, [str(one.get_kind_display()), one.by])))
        for one in Service.objects.filter(**of_her).order_by("starts_on", "pk")
    ])  # fmt: skip
    yield section(_("When we met or called"), [
        (day(one.met_at), one.get_way_display())
        for one in Contact.objects.filter(**of_her, reached=True).order_by("met_at", "pk")
    ])  # fmt: skip
    yield section(_("To whom you were sent for help"), [
        (edtf(one.on), " · ".join([one.receiver, str(one.get_status_display())]))
        for one in Referral.objects.filter(**of_her).order_by("created_at", "pk")
    ])  # fmt: skip
    yield section(_("What the law owes you"), [
        (one.scheme, one.get_status_display() or _("not asked for yet"))
        for one in Entitlement.objects.filter(**of_her).order_by("created_at", "pk")
    ])  # fmt: skip


def notes_of(survivor):
    released = NoteRelease.objects.filter(note__care__survivor=survivor).values("note")
    for one in TherapyNote.objects.filter(pk__in=released).order_by("on", "pk"):
        yield edtf(one.on), one.text.open()


def stories_of(survivor):
    rows = StorySubject.objects.filter(survivor=survivor).select_related("story").order_by("created_at", "pk")
    for one in rows:
        yield one.story.title, " · ".join([one.story.receiver, str(one.story.get_status_display())])


def requests_of(survivor):
    for one in RightsRequest.objects.filter(survivor=survivor).order_by("asked_on", "pk"):
        words = opened(one)
        said = [str(one.get_kind_display()), words["what"], str(one.get_status_display()), words["answer"]]
        yield day(one.asked_on), ". ".join(filter(None, said))


def corrections_of(survivor):
    for one in Correction.objects.filter(survivor=survivor).order_by("asked_on", "pk"):
        words = opened(one)
        yield words["what"], f"{words['should_be']} ({one.get_status_display()})"


def looked_of(survivor):
    """By initials and role: enough to ask about, and nobody's name lies about on paper."""
    for line in told_to_her(survivor, days_of(survivor)[:MOST_LINES]):
        who = "".join(f"{word[0]}." for word in line["who"].split()) or _("Somebody unknown")
        words = f"{who} {line['role']}: {line['words']}"
        yield day(line["day"]), f"{words} ×{line['times']}" if line["times"] > 1 else words
