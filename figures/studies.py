"""Studies in words: how sure they are, what they do not say, and why two of them may not be compared.

`quoted(study)` is how a study's number stands anywhere else: always with its source and its date.
"""

from django.utils.translation import gettext as _

from figures.models import Study
from figures.states import Representative
from reference.templatetags.show import countries, edtf, quantity
from reference.values import plain

WIDE = 400


def told(study):
    """What a page shows of one study: its number in words, its interval drawn, how loud the warning is."""
    return {
        "study": study,
        "country": countries([study.country]),
        "number": number_of(study),
        "interval": interval_of(study),
        "drawn": drawn(study),
        "when": when(study),
        "warning": "" if study.representative == Representative.YES else study.get_representative_display(),
        "tone": {"no": "danger", "unknown": "soon"}.get(study.representative, "done"),
        "url": study.get_absolute_url(),
    }


def number_of(study):
    """The main number in words."""
    if study.share is not None:
        return share(study.share)
    if study.low is not None:
        return _("%(low)s to %(high)s %%") % {"low": plain(study.low), "high": plain(study.high)}
    if study.found is not None and study.sample:
        return _("%(found)s of %(sample)s") % {
            "found": quantity(study.found),
            "sample": quantity(study.sample),
        }
    return quantity(study.estimate or study.found)


def share(value):
    return f"{plain(value)} %"


def interval_of(study):
    """How sure it is, in a sentence."""
    if study.low is None:
        return _("No interval was published: nobody can say how far off this may be.")
    ends = {"low": plain(study.low), "high": plain(study.high)}
    if study.confidence is None:
        return _("Between %(low)s and %(high)s %%; how sure that is was not published.") % ends
    return _(
        "Between %(low)s and %(high)s %%. Of a hundred studies made like this one, about %(sure)s would have "
        "an interval that holds the true share."
    ) % {**ends, "sure": plain(study.confidence)}


def drawn(study):
    """Where the share and its ends lie on a line of 0 to 100 per cent; None where there is no share."""
    if study.share is None and study.low is None:
        return None
    low, high = (study.low, study.high) if study.low is not None else (study.share, study.share)
    return {
        "low": _at(low),
        "width": max(round(_at(high) - _at(low), 1), 2),
        "share": None if study.share is None else _at(study.share),
        "ticks": [(_at(mark), mark) for mark in (0, 25, 50, 75, 100)],
    }


def _at(value):
    return round(float(value) * WIDE / 100, 1)


def when(study):
    """When it was measured, and when it was published, where that is another date."""
    measured = _from_to(study.began_on, study.ended_on)
    published = edtf(study.published_on)
    if measured and published:
        return _("measured %(measured)s, published %(published)s") % {
            "measured": measured,
            "published": published,
        }
    if published:
        return _("published %(published)s; when it was measured is not known") % {"published": published}
    return _("measured %(measured)s") % {"measured": measured} if measured else _("date not known")


def _from_to(began_on, ended_on):
    if began_on and ended_on and began_on != ended_on:
        return _("%(first)s to %(last)s") % {"first": edtf(began_on), "last": edtf(ended_on)}
    return edtf(began_on or ended_on)


def quoted(study):
    """A number of a study as it may stand elsewhere: with where, when, and who says so."""
    sentence = _("%(measure)s, %(place)s: %(number)s (%(source)s; %(when)s)") % {
        "measure": study.measure, "place": study.place, "number": number_of(study), "source": study.source,
        "when": when(study),
    }  # fmt: skip
    if study.representative == Representative.YES:
        return sentence
    return f"{sentence}. {study.get_representative_display()}."


def facts_of(study):
    """(label, value) of everything that is said."""
    rows = [
        (_("What was measured"), study.measure),
        (_("Place"), f"{study.place} · {countries([study.country])}"),
        (_("Of whom"), study.population),
        (_("Method"), study.get_method_display()),
        (_("Measured"), _from_to(study.began_on, study.ended_on)),
        (_("Published"), edtf(study.published_on)),
        (_("Sample"), quantity(study.sample)),
        (_("Found among them"), quantity(study.found)),
        (_("Share"), "" if study.share is None else share(study.share)),
        (_("Level of confidence"), "" if study.confidence is None else share(study.confidence)),
        (_("People in all"), quantity(study.estimate)),
        (_("Representative?"), study.get_representative_display()),
        (_("Source"), study.source),
        (_("Made by"), study.made_by),
        (_("Note"), study.note),
    ]
    return [(label, value or "–") for label, value in rows]


def changes(study, before):
    """(label, was, now) of what an edition says otherwise than the one before."""
    if before is None:
        return []
    pairs = zip(facts_of(before), facts_of(study), strict=True)
    return [(label, was, now) for (label, was), (_label, now) in pairs if was != now]


def same_place(one, other):
    """Two different studies of one place."""
    return one.work != other.work and place_of(one) == place_of(other)


def place_of(study):
    return study.country, study.place.casefold().strip()


def of_the_same_place(study):
    """The last editions of other studies of its place."""
    rows = Study.objects.newest().filter(country=study.country, place__iexact=study.place.strip())
    return [told(other) for other in rows.exclude(work=study.work).for_list()]


def side_by_side(one, other):
    """(label, of the one, of the other, differs)"""
    pairs = zip(facts_of(one), facts_of(other), strict=True)
    return [(label, mine, theirs, mine != theirs) for (label, mine), (_label, theirs) in pairs]


def warnings(one, other):
    """Every reason for which the difference of two studies may say nothing about the world."""
    found = []
    if one.method != other.method or "unknown" in (one.method, other.method):
        found.append(_("The methods differ or are not known: the difference may come from them alone."))
    if one.measure != other.measure or one.population != other.population:
        found.append(_("They do not measure the same thing of the same people."))
    for study in (one, other):
        if study.representative != Representative.YES:
            found.append(f"{number_of(study)}: {study.get_representative_display().lower()}.")
    if None in (one.low, other.low):
        found.append(
            _("One of them has no interval: nobody can say whether they differ by more than chance.")
        )
    elif one.low <= other.high and other.low <= one.high:
        found.append(_("Their intervals overlap: the difference may be chance."))
    return found
