"""The maker of both kinds of file: without names by default, with names for those who agreed to it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.consents import consent_needed
from exchange.htcds.dictionary import ENTITIES
from exchange.htcds.profiles import identified, pseudonymise
from exchange.htcds.records import gather
from exchange.htcds.writing import as_json, as_sheet, as_zip
from exchange.kinds import has_name, pick_identities, pick_survivors
from exchange.notes import notes_of
from exchange.states import CONSENT_FOR, ExportFormat, ExportKind, ExportPurpose, LeftOut
from exchange.work import Stopped, send_back_if_grown
from reference.sealed_fields import keys_in_hand
from survivors import consents
from survivors.actions import open_identity
from survivors.states import Shared

STEP = 250
# What must be agreed to: with names, to be named and to have told what happened; and always the latter.
NAMED = (Shared.IDENTITY, Shared.EXPLOITATION)
UNNAMED = (Shared.AGE, Shared.EXPLOITATION)
# To whom accused people are named: to those who prosecute them or work with the police on it.
TO_JUSTICE = (ExportPurpose.COURT, ExportPurpose.AGENCY)


def make(work):
    """The file, how many people stand in it, and who was left out."""
    with work.step() as export:
        keys = list(pick_survivors(export.filters).values_list("pk", flat=True))
        grown = send_back_if_grown(export, len(keys))
    if grown:
        raise Stopped
    found, left_out = {prefix: [] for prefix in ENTITIES}, []
    seen, people = set(), 0
    for start in range(0, len(keys), STEP):
        with work.step() as export:
            entities, without, number = some(export, keys[start : start + STEP])
            put(found, entities, seen)
        left_out += without
        people += number
        work.told(people + len(left_out))
    with work.step() as export:
        export.left_out = left_out
        return as_file(export, found, people), people, left_out


def put(found, entities, seen):
    """Add rows; people and organisations of a case that was cut in two come once."""
    for prefix, rows in entities.items():
        for row in rows:
            key = (prefix, row.get("x_record") or row.get("x_person"))
            if prefix in ("org", "prs", "per") and key in seen:
                continue
            seen.add(key)
            found[prefix].append(row)


def some(export, keys):
    """(entities of some people, who was left out, how many stand in it)."""
    if export.kind == ExportKind.HTCDS_NAMES:
        return named(export, keys)
    rows = pick_survivors(export.filters).select_related("case__office").filter(pk__in=keys)
    against = {}
    if consent_needed(export.kind, export.purpose):
        against = against_passing_on(export, rows, timezone.now())
    people = [one for one in rows if one.pk not in against]
    entities = pseudonymise(gather(people), export.receiver)
    if export.purpose in CONSENT_FOR:
        for row in entities["con"]:
            row["con_Consent"] = "true"  # without it nobody stands here
    return entities, left(against), len(people)


def against_passing_on(export, rows, now):
    """{id of a survivor: why nothing of her may leave in this file}."""
    asked = {"purpose": CONSENT_FOR[export.purpose], "receiver": export.receiver, "what": UNNAMED}
    return consents.reasons_against(rows, now=now, **asked)


def against_names(export, rows, now):
    """{id of a survivor: why she does not stand in this file with her name}."""
    asked = {"purpose": CONSENT_FOR[export.purpose], "receiver": export.receiver}
    found = consents.answers(rows, now=now, **asked)
    return {one.pk: why for one in rows if (why := why_not(one, found[one.pk]))}


def named(export, keys):
    """The same with names: each that is opened is written down in that person's own trail."""
    now = timezone.now()
    rows = list(pick_identities(export.filters).select_related("case__office").filter(pk__in=keys))
    asked = {"purpose": CONSENT_FOR[export.purpose], "receiver": export.receiver}
    found = consents.answers(rows, now=now, **asked)
    against = {one.pk: why for one in rows if (why := why_not(one, found[one.pk]))}
    people = [one for one in rows if one.pk not in against]
    for one in people:
        open_identity(one.pk, by=export.requested_by, now=now, parts=parts_of(found[one.pk].told))
    with keys_in_hand({one.case_id for one in people}):
        gathered = gather(people, {one.pk: one.identity for one in people})
    told = {one.pk: found[one.pk].told for one in people}
    entities = identified(gathered, told, export.purpose in TO_JUSTICE)
    for row in entities["con"]:
        row["con_Consent"] = "true"
    return entities, left(against), len(people)


def why_not(survivor, answer):
    """Why she does not stand in a file with names; a consent that does not say what allows no name."""
    if answer.reason:
        return answer.reason
    if not set(NAMED) <= set(answer.told):
        return LeftOut.LESS
    return "" if has_name(survivor) else LeftOut.NO_NAME


def parts_of(told):
    """What of an identity is opened for this file."""
    contacts = {Shared.CONTACT, Shared.WHEREABOUTS} & set(told)
    return ("names", "birth", "numbers", *(("contacts",) if contacts else ()))


def left(against):
    return [{"survivor": str(key), "reason": str(reason)} for key, reason in against.items()]


def as_file(export, entities, people):
    """In the form that was asked for, with what it is."""
    named = export.kind == ExportKind.HTCDS_NAMES
    by_code = _("Left out, by code")  # holds numbers of cases, which do not leave in this file
    notes = [line for line in notes_of(export, people, timezone.now()) if line[0] != by_code]
    notes += told_of_standard(named)
    profile = "identified" if named else "pseudonymised"
    if export.form == ExportFormat.JSON:
        return as_json(entities, profile, notes)
    if export.form == ExportFormat.ZIP:
        return as_zip(entities, profile, notes)
    return as_sheet(entities, notes)


def told_of_standard(named):
    """What a receiver must know to read it rightly."""
    lines = [
        (_("Standard"), "Human Trafficking Case Data Standard (HTCDS) 2.0, IOM, CC BY 4.0"),
        (
            _("Trafficking status"),
            _("As this organisation found it: actual where an exploitation is recorded that took place."),
        ),
        (
            _("Events"),
            _("An exploitation has an event for its beginning and one, with the same key, for its end."),
        ),
        (_("Keys"), _("Columns that begin with x_ hold random keys that say which rows belong together.")),
        (_("Accused people"), _("To stand in this file is no conviction; who was acquitted is not in it.")),
    ]  # fmt: skip
    if not named:
        lines.append(
            (
                _("Without names"),
                _(
                    "No names, numbers, addresses or words that somebody wrote. Dates are cut to the month,"
                    " dates of birth to the year."
                ),
            )
        )
    return lines
