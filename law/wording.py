"""Rows of law in words: what an offence may cost, how a statute is called in short."""

from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def number(amount):
    """An amount as the reader writes numbers."""
    return format_decimal(amount, locale=(get_language() or "en").split("-")[0])


def term(months):
    """So many months, in years where they are whole."""
    if months % 12 == 0:
        return ngettext("%(n)d year", "%(n)d years", months // 12) % {"n": months // 12}
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}


def prison(offence):
    """The term of prison."""
    least, most = offence.months_min, offence.months_max
    if offence.life:
        return _("%(least)s to life") % {"least": term(least)} if least else _("Up to life")
    if least and most:
        return _("%(least)s to %(most)s") % {"least": term(least), "most": term(most)}
    if most:
        return _("Up to %(most)s") % {"most": term(most)}
    return _("%(least)s or more") % {"least": term(least)} if least else ""


def fine(offence):
    """The fine, in the money of the country."""
    least, most = (number(amount) if amount else "" for amount in (offence.fine_min, offence.fine_max))
    if least and most:
        return _("fine of %(least)s to %(most)s") % {"least": least, "most": most}
    if most:
        return _("fine up to %(most)s") % {"most": most}
    return _("fine from %(least)s") % {"least": least} if least else ""


def penalty_of(offence):
    """Prison and fine in one line; empty when the law as we know it names none."""
    parts = [part for part in (prison(offence), fine(offence)) if part]
    return " · ".join(parts)


def short_of(statute):
    """BNS for BNS-2023, RA 9208 for RA-9208: as lawyers say it."""
    code = statute.code
    if statute.year and code.endswith(f"-{statute.year}"):
        code = code.removesuffix(f"-{statute.year}")
    return code.replace("-", " ")


def length_of(rule):
    """How long the period of a clock is, in words."""
    if rule.years or rule.months:
        return term((rule.years or 0) * 12 + (rule.months or 0))
    if rule.hours:
        return ngettext("%(n)d hour", "%(n)d hours", rule.hours) % {"n": rule.hours}
    if rule.days is not None:
        if rule.counts == "working":
            return ngettext("%(n)d working day", "%(n)d working days", rule.days) % {"n": rule.days}
        return ngettext("%(n)d day", "%(n)d days", rule.days) % {"n": rule.days}
    if rule.fraction_of_max:
        return _("%(share)s of the longest term") % {"share": f"{rule.fraction_of_max:.0%}"}
    return _("The law names no number")


def gift_of(entitlement):
    """The amount of an entitlement."""
    low, high = entitlement.amount, entitlement.amount_max
    money = entitlement.currency
    if low and high:
        return f"{number(low)} – {number(high)} {money}"
    if low or high:
        return _("up to %(amount)s") % {"amount": f"{number(low or high)} {money}"}
    return ""
