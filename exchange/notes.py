"""What every file says of itself: what, of which records, for whom and what for, by whom and when."""

from babel.dates import format_datetime
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Office
from cases.states import AftercareStatus, CaseworkType, LegalStatus
from reference.templatetags.show import edtf
from survivors.consents import codes_told, counts_told

WORDS_OF = {
    "kind_of_case": dict(CaseworkType.choices),
    "legal_status": dict(LegalStatus.choices),
    "aftercare_status": dict(AftercareStatus.choices),
}


def filters_told(filters):
    """(filter, its value) in words; one line says so where nothing was narrowed."""
    labels = {
        "office": _("Office"), "kind_of_case": _("Casework type"), "legal_status": _("Legal track"),
        "aftercare_status": _("Aftercare track"), "first": _("From"), "last": _("Until"),
        "grant": _("Grant"),
    }  # fmt: skip
    told = [(labels[name], filter_told(name, filters[name])) for name in labels if filters.get(name)]
    return told or [(_("Filters"), _("None: everything that the person who asked may see"))]


def filter_told(name, value):
    if name == "office":
        return Office.objects.filter(pk=value).values_list("name", flat=True).first() or ""
    if name == "grant":
        return value
    if name in WORDS_OF:
        return str(WORDS_OF[name].get(value, value))
    return edtf(value)


def left_out_told(left_out):
    """Sentences: how many were left out, by reason."""
    return counts_told(line["reason"] for line in left_out)


def who_was_left_out(left_out):
    """(case number and code, why) of each whom the reader may see: never a name."""
    return codes_told({line["survivor"]: line["reason"] for line in left_out})


def codes_line(export):
    """Every code with its reason, in one line."""
    return "; ".join(f"{code}: {reason}" for code, reason in who_was_left_out(export.left_out))


def moment_told(moment):
    """A moment in words that mean the same everywhere."""
    language = (translation.get_language() or "en").split("-")[0]
    return format_datetime(moment, "d MMMM y, HH:mm 'UTC'", tzinfo=None, locale=language)


def watermark(export, now):
    """The line that leads from a copy back to this one file."""
    whom = export.receiver or _("our own use")
    return _("%(code)s · made for %(whom)s by %(who)s · %(when)s") % {
        "code": export.code, "whom": whom, "who": export.requested_by.name, "when": moment_told(now),
    }  # fmt: skip


def notes_of(export, rows, now):
    """Lines of (what, words) for the sheet of notes."""
    return [
        (_("What"), export.get_kind_display()),
        (_("Code of this copy"), export.code),
        (_("Made for"), export.receiver or _("Our own use")),
        (pgettext("file", "Purpose"), f"{export.get_purpose_display()} · {export.why}"),
        (_("Asked for by"), export.requested_by.name),
        (_("Approved by"), export.approved_by.name if export.approved_by else _("No approval was needed")),
        (_("Made on"), moment_told(now)),
        *filters_told(export.filters),
        (_("Rows"), rows),
        (_("Left out"), "; ".join(left_out_told(export.left_out)) or _("Nobody")),
        *(((_("Left out, by code"), lines),) if (lines := codes_line(export)) else ()),
        (_("What the rows are"), _("Only records that the person who asked may see, on that day.")),
        (_("Dates"), _("2017, 2017-03 or 2017-03-10; ~ means about, ? not certain.")),
        (_("Texts"), _("An apostrophe before a text keeps a spreadsheet from taking it for a formula.")),
        (
            _("Keep it safe"),
            _("This copy is known by its code. Do not pass it on; destroy it when it is used."),
        ),
    ]
