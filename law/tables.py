"""How the tables of the law are shown and asked about: one entry for each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from law.models import (
    ClockRule,
    CourtStage,
    CourtTier,
    Entitlement,
    HearingType,
    Identifier,
    Offence,
    Reason,
    Statute,
)


@dataclass(frozen=True)
class Table:
    """One table: its name in addresses, its words, its icon, what orders it, what is asked and searched."""

    slug: str
    model: Any
    label: Any
    one: Any
    order: tuple
    fields: tuple
    searched: tuple = ("name", "code", "source", "note")

    def rows(self, country):
        """Every row of the country, in its order."""
        rows = self.model.objects.of_country(country)
        return self.joined(rows).order_by(*self.order, "code", "valid_from", "pk")

    def joined(self, rows):
        """The rows with what their lines show of others."""
        return rows.select_related("jurisdiction", "statute") if self.model is Offence else rows

    def search(self, rows, text):
        """Rows that hold every word, in any of the searched columns."""
        for word in text.split():
            rule = Q()
            for column in self.searched:
                rule |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(rule)
        return rows


ALWAYS = ("name", "valid_from", "valid_to", "source", "confidence", "checked", "note")
LENGTH = ("hours", "days", "months", "years", "fraction_of_max")

TABLES = (
    Table("statutes", Statute, _("Statutes"), _("Statute"), ("-valid_to", "name"),
          (*ALWAYS, "year", "amended_by")),
    Table("offences", Offence, _("Offences"), _("Offence"), ("statute__name", "section"),
          (*ALWAYS, "statute", "section", "months_min", "months_max", "life", "fine_min", "fine_max",
           "bailable", "attempted", "casework", "replaces"),
          ("name", "code", "section", "statute__name", "statute__code", "note")),
    Table("clocks", ClockRule, _("Clocks"), _("Clock"), ("starts",),
          (*ALWAYS, "starts", "stops_on", *LENGTH, "counts", "start_day", "roll_over", "suspended_by",
           "readings", "kind", "applies", "consequence", "severity"),
          ("name", "code", "starts", "stops_on", "applies", "consequence", "source")),
    Table("tiers", CourtTier, _("Kinds of court"), _("Kind of court"), ("tier",),
          (*ALWAYS, "local_name", "tier", "tries_trafficking"), ("name", "code", "local_name", "note")),
    Table("stages", CourtStage, _("Stages"), _("Stage"), ("order",),
          (*ALWAYS, "local_name", "order"), ("name", "code", "local_name", "note")),
    Table("hearing-types", HearingType, _("Kinds of hearing"), _("Kind of hearing"), ("stage", "name"),
          (*ALWAYS, "local_name", "stage", "survivor_attends"), ("name", "code", "local_name", "stage")),
    Table("reasons", Reason, _("Reasons for adjournments"), _("Reason for adjournments"), ("party", "name"),
          (*ALWAYS, "party", "avoidable", "falls_under"), ("name", "code", "note")),
    Table("entitlements", Entitlement, _("Entitlements"), _("Entitlement"), ("name",),
          (*ALWAYS, "amount", "amount_max", "currency", "condition", "for_whom", "moment", "level",
           "authority", "refunded", "papers", "due_days", "claim_months", "one_of"),
          ("name", "code", "condition", "authority", "source")),
    Table("identifiers", Identifier, _("Numbers"), _("Kind of number"), ("name",),
          (*ALWAYS, "local_name", "pattern", "example"), ("name", "code", "local_name", "example", "note")),
)  # fmt: skip
BY_SLUG = {table.slug: table for table in TABLES}
BY_MODEL = {table.model: table for table in TABLES}
