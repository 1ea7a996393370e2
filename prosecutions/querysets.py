from functools import reduce
from operator import or_

from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Lower

from accounts.roles import Role
from accounts.scope import ScopedQuerySet
from cases.querysets import OfCaseQuerySet, holding_now
from prosecutions.hearing_querysets import losses
from prosecutions.states import (
    LIVE_BAIL,
    Bail,
    Charging,
    HearingOutcome,
    Stage,
    Standing,
    VerdictResult,
)


class PerpetratorQuerySet(ScopedQuerySet):
    """A human being is visible through the accused records of cases that are."""

    def visible_to(self, user):
        if not user.is_active:
            return self.none()
        of_case = self.model.accused_records.rel.related_model._base_manager.all()
        seen = OfCaseQuerySet.visible_to(_as_of_case(of_case), user).filter(perpetrator_id=OuterRef("pk"))
        return self.filter(Exists(seen))


def _as_of_case(rows):
    return OfCaseQuerySet(model=rows.model, query=rows.query.chain(), using=rows._db)


class PairQuerySet(ScopedQuerySet):
    """Matches between offices: the worker alone reads them."""

    def visible_to(self, user):
        return self.none()


class AccusedQuerySet(OfCaseQuerySet):
    """Words to ask for the accused with."""

    def counted(self):
        """Accused and suspects; those accused elsewhere or merely mentioned count nowhere."""
        return self.filter(standing__in=[Standing.ACCUSED, Standing.SUSPECT])

    def having(self, related, **facts):
        """Those with at least one such row; an EXISTS, so that nobody is listed twice."""
        rows = getattr(self.model, related).rel.related_model.objects
        return self.filter(Exists(rows.filter(accused=OuterRef("pk"), **facts)))

    def arrested(self):
        return self.having("arrests")

    def in_custody(self):
        return self.having("custodies", ends_on="", over=False)

    def on_bail(self):
        return self.having("bail_orders", status__in=LIVE_BAIL)

    def charged(self):
        """A charge that was filed and not dropped, or a judgment."""
        filed = self.having("charges", status__in=[Charging.FILED, Charging.AMENDED, Charging.DECIDED])
        return filed | self.having("verdicts")

    def convicted(self):
        """A conviction that stands."""
        return self.having("verdicts", result=VerdictResult.CONVICTED, overturned_on="")

    def known_as(self, *names):
        """Those with one of these names, aliases or descriptions, whatever the capitals and spaces."""
        aliases = Func(F("aliases"), Value("|"), function="array_to_string", output_field=TextField())
        bar = Value("|")
        words = Concat(bar, F("name"), bar, F("label"), bar, aliases, bar, output_field=TextField())
        spaces = (Value(r"\s+"), Value(""), Value("g"))
        called = Lower(Func(words, *spaces, function="regexp_replace", output_field=TextField()))
        typed = {"".join(name.split()).lower() for name in names} - {""}
        wanted = [Q(called__contains=f"|{name}|") for name in sorted(typed)]
        if not wanted:
            return self.none()
        return self.alias(called=called).filter(reduce(or_, wanted))

    def for_list(self):
        return self.select_related("case", "office").order_by("case__number", "key", "pk")


class CustodyQuerySet(OfCaseQuerySet):
    """Words to ask for spells in custody with."""

    def running(self):
        """Spells that go on."""
        return self.filter(ends_on="", over=False)


class ChargeQuerySet(OfCaseQuerySet):
    """Words to ask for charges with."""

    def without_outcome(self):
        """Neither dropped, nor decided, nor covered by a judgment on the same person."""
        verdicts = self.model.accused.field.related_model.verdicts.rel.related_model.objects
        names_it = Q(charge_positions=[]) | Q(
            charge_positions__contains=Func(
                Cast(OuterRef("position"), TextField()),
                function="ARRAY",
                template="%(function)s[%(expressions)s]",
            )
        )
        judged = verdicts.filter(names_it, accused=OuterRef("accused"))
        open_ones = self.exclude(status__in=[Charging.DROPPED, Charging.DECIDED])
        return open_ones.filter(~Exists(judged))


class BailQuerySet(OfCaseQuerySet):
    """Words to ask for bail with."""

    def live(self):
        return self.filter(status__in=LIVE_BAIL)

    def pending(self):
        return self.filter(status=Bail.SOUGHT)

    def watched(self):
        """Bail that runs, and applications the court has not decided."""
        return self.filter(status__in=[*LIVE_BAIL, Bail.SOUGHT])

    def with_next_hearing(self, now):
        """The key of the next hearing of the proceeding, or of the case where that has none."""
        hearings = self.model.case.field.related_model.hearings.rel.related_model.objects
        ahead = hearings.filter(outcome="", starts_at__gte=now).order_by("starts_at", "pk").values("pk")
        of_proceeding = ahead.filter(proceeding=OuterRef("proceeding"))[:1]
        of_case = ahead.filter(case=OuterRef("case"))[:1]
        return self.annotate(next_hearing=Coalesce(Subquery(of_proceeding), Subquery(of_case)))

    def for_watch(self):
        """Broken conditions first, then what the court has still to decide, then those at liberty."""
        steps = {Bail.BREACHED: 0, Bail.SOUGHT: 1}
        rank = Case(*(When(status=status, then=place) for status, place in steps.items()), default=2)
        rows = self.select_related("accused", "case", "office", "proceeding")
        return rows.order_by(rank, "released_on", "created_at", "pk")

    def for_list(self):
        return self.select_related("accused", "case", "office", "proceeding").order_by("-created_at", "pk")


class ProceedingQuerySet(OfCaseQuerySet):
    """Words to ask for proceedings with."""

    def still_open(self):
        return self.filter(closed_on="").exclude(stage=Stage.CLOSED)

    def only_open_of(self, accused):
        """The proceeding that runs against the person, when it is one alone."""
        found = list(self.still_open().filter(parties__accused=accused).order_by("key")[:2])
        return found[0] if len(found) == 1 else None


class HearingQuerySet(OfCaseQuerySet):
    """Words to ask for hearings with."""

    def between(self, start, end):
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def expected(self):
        """Not vacated, adjourned or held yet."""
        return self.filter(outcome="")

    def next_first(self, today):
        """From today on in their order, then what lies before, the latest first."""
        ahead = Case(When(starts_at__gte=today, then=F("starts_at")))
        return self.order_by(ahead.asc(nulls_last=True), F("starts_at").desc(nulls_last=True), "-on", "pk")

    def unrecorded(self, now):
        """Begun, and nobody has said what happened."""
        return self.filter(outcome="", starts_at__lt=now)

    def standing(self):
        """Those that take or took place on their date: not taken off, nor put off before it came."""
        on_the_day = Q(outcome_at=None) | Q(outcome_at__gte=F("starts_at"))
        rows = self.exclude(outcome=HearingOutcome.VACATED)
        return rows.filter(~Q(outcome=HearingOutcome.ADJOURNED) | on_the_day)

    def in_diary_of(self, user):
        """Those to which the person goes, and those of her cases as a lawyer to which nobody goes yet."""
        assignments = self.model.case.field.related_model.assignments.rel.related_model.objects
        leads = assignments.filter(holding_now(), user=user, role=Role.LAWYER).values("case_id")
        return self.filter(Q(who_goes=user) | Q(who_goes=None, case__in=leads))

    def lost_money(self):
        """What these hearings cost families: one `Loss` for each hearing and currency, nothing twice."""
        return losses(self)

    def with_missing(self):
        """How many things the survivors called to it still need; 0 when nobody is called."""
        items = self.model.witness_items.rel.related_model.objects.missing().filter(hearing=OuterRef("pk"))
        counted = items.order_by().values("hearing").annotate(number=Count("pk")).values("number")
        return self.annotate(missing=Coalesce(Subquery(counted), 0))

    def naming(self, text):
        return self.filter(Q(proceeding__docket__icontains=text) | Q(proceeding__court__icontains=text))

    def for_list(self):
        return self.select_related("proceeding", "case", "office", "who_goes").order_by("starts_at", "pk")


class ConditionQuerySet(OfCaseQuerySet):
    """Words to ask for conditions of bail with."""

    def in_force(self):
        """Those of bail that runs which the court has not lifted."""
        return self.filter(bail__status__in=LIVE_BAIL, lifted_on="")


class MemoQuerySet(OfCaseQuerySet):
    """Whoever composed a memo opens it; what it says of other cases is hers to see."""

    def visible_to(self, user):
        return super().visible_to(user).filter(composed_by=user)
