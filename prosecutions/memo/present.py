"""What a memo says of the case at hand: who, before which court, charged with what, and what we ask for."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Can
from law.models import Jurisdiction, Offence
from prosecutions.countdown import with_countdown
from prosecutions.memo.lines import Line, Section, from_record
from prosecutions.models import Accused, BailOrder, Charge, Clock, Hearing
from prosecutions.states import Charging
from reference.templatetags.show import countries, edtf
from survivors.models import Survivor

PERSON = "prosecutions:accused-detail"


def identity(selves: Sequence[Accused]) -> Section:
    """Name and other names here, and what the same person is called in other cases."""
    lines = []
    for person in selves:
        words = [person.called]
        if person.aliases:
            words.append(_("also known as %(names)s") % {"names": ", ".join(person.aliases)})
        words += [str(person.get_position_display()), person.role_details, countries(person.nationality)]
        text = "; ".join(filter(None, words))
        lines.append(from_record(text, person, _("Record of the accused"), page=PERSON))
    return Section("identity", _("The accused"), lines)


def application(accused: Accused, bail: BailOrder | None, reader: User) -> Section:
    """The court, the application and our answer so far."""
    section = Section("application", _("Court and application"))
    if bail is None:
        section.empty = _("No application is on record yet.")
        return section
    words = [str(bail.get_kind_display())]
    if court := bail.court or (bail.proceeding.called if bail.proceeding else ""):
        words.append(court)
    if bail.applied_on:
        words.append(_("applied on %(date)s") % {"date": edtf(bail.applied_on)})
    if bail.heard_on:
        words.append(_("to be heard on %(date)s") % {"date": edtf(bail.heard_on)})
    if bail.decided_on:
        how = bail.get_status_display().lower()
        words.append(_("%(how)s on %(date)s") % {"how": how, "date": edtf(bail.decided_on)})
    section.lines.append(bail_line("; ".join(words), bail, on=bail.applied_on))
    if bail.proceeding_id and reader.can(Can.VIEW_HEARING):
        section.lines += hearings(bail)
    return section


def hearings(bail: BailOrder) -> list[Line]:
    """How often the court has sat, and how often it was put off."""
    rows = Hearing.objects.filter(proceeding=bail.proceeding_id).select_related("case")
    put_off = [row for row in rows if row.outcome in ("adjourned", "vacated")]
    if not put_off:
        return []
    words = ngettext(
        "%(n)s hearing of the proceeding was put off", "%(n)s hearings of the proceeding were put off",
        len(put_off),
    )  # fmt: skip
    return [
        from_record(words % {"n": len(put_off)}, bail, _("Hearings of the proceeding"),
                    page="prosecutions:proceeding-detail", pk=bail.proceeding_id)
    ]  # fmt: skip


def bail_line(text: str, bail: BailOrder, **more: object) -> Line:
    return from_record(text, bail, _("Bail record"), page="prosecutions:bail-detail", **more)  # type: ignore[arg-type]


def charges(accused: Accused) -> Section:
    """Each charge with its law and what it may cost."""
    rows = Charge.objects.filter(accused=accused).exclude(status=Charging.DROPPED)
    rows = rows.select_related("case", "known_offence").order_by("position")
    lines = [
        from_record(
            "; ".join(filter(None, [row.called, penalty(row.known_offence), bailability(row.known_offence)])),
            row, _("Charge"), on=row.filed_on, page=PERSON, pk=accused.pk,
        )
        for row in rows
    ]  # fmt: skip
    return Section("charges", _("Charges and penalties"), lines, empty=_("No charge is on record yet."))


def penalty(offence: Offence | None) -> str:
    """What the law threatens, as far as it is on our list."""
    if offence is None:
        return ""
    if offence.life:
        return _("up to prison for life")
    if offence.months_max:
        words = ngettext("up to %(n)s month of prison", "up to %(n)s months of prison", offence.months_max)
        return words % {"n": offence.months_max}
    return ""


def bailability(offence: Offence | None) -> str:
    return offence.get_bailable_display().lower() if offence is not None and offence.bailable else ""


def clocks(accused: Accused, now: datetime) -> Section:
    """Periods of the law that end ahead, so that nobody is let out because a day was missed.

    Those that have run out are for the board of clocks: here they would argue for the other side.
    """
    rows = Clock.objects.running().filter(accused=accused, due_at__gt=now)
    lines = []
    for clock in with_countdown(rows.select_related("rule", "case", "office").order_by("due_at", "pk"), now):
        words = f"{clock.rule.name}: {clock.count['until']}"
        lines.append(
            Line(
                "; ".join(filter(None, [words, clock.rule.consequence])), clock.rule.source, "",
                "", str(clock.case_id), strong=clock.count["tone"] == "danger",
            )
        )  # fmt: skip
    return Section("clocks", _("Periods that run"), lines)


def ties(accused: Accused) -> Section:
    """What holds the person here, and what does not."""
    lines = []
    country = accused.case.country or accused.case.office.country
    abroad = [code for code in accused.nationality if code != country]
    if abroad:
        text = _("Holds the nationality of another country: %(names)s") % {"names": countries(abroad)}
        lines.append(from_record(text, accused, _("Record of the accused"), page=PERSON))
    if accused.network:
        text = _("Belongs to the network %(name)s") % {"name": accused.network.name}
        lines.append(from_record(text, accused, _("Record of the network"), page=PERSON))
    return Section("ties", _("Ties"), lines)


def terms_asked(accused: Accused, people: Sequence[Survivor]) -> Section:
    """What we ask the court to order if it grants bail all the same; the lawyer strikes what does not fit."""
    lines = [_("No contact, direct or through others, with any survivor or witness of the case")]
    if people:
        codes = ", ".join(person.pseudonym or person.code for person in people)
        lines.append(_("To keep away from the places where these survivors live, learn and work: %(who)s")
                     % {"who": codes})  # fmt: skip
    lines.append(_("To report to the police every week, on a fixed day"))
    lines.append(_("To hand in every passport and not to leave the district of the court"))
    lines.append(_("Not to enter or run premises of the trade in which the offences were committed"))
    if any(person.child for person in people):
        lines.append(_("No contact with children who are not the person's own"))
    lines.append(_("A surety that fits the gain from the offences, and cancellation on the first breach"))
    return Section("terms", _("Conditions we ask for if bail is granted"), [Line(text) for text in lines])


def rules_of(accused: Accused) -> tuple[str, list[str]]:
    """The country, and its rules of bail as they stand in the lists of law: some speak for the accused."""
    country = accused.case.country or accused.case.office.country
    rules = Jurisdiction.objects.filter(country=country).values_list("name", "bail_rules").first()
    return rules or ("", [])


def law(accused: Accused, chosen: Sequence[str]) -> Section:
    """The rules that the lawyer has chosen to rely on."""
    name, rules = rules_of(accused)
    source = _("Bail rules, %(country)s; to be checked by the lawyer") % {"country": name}
    lines = [Line(text, source) for text in rules if text in chosen]
    return Section("law", _("Legal basis"), lines)
