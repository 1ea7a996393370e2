"""The data keys of cases: made when a case first seals something, wrapped by the master keys."""

from django.apps import apps
from django.db.models import Max

from accounts.scope import system_access
from cases.models import Case, CaseKey
from reference import sealed
from reference.sealed_fields import EncryptedField, keys_in_hand

BATCH = 200
PRINCIPAL = "retention"  # sees cases and documents: enough to change the master key of their keys
SEALER = "loader"  # sees what cases hold, which a new data key has to seal anew


class CaseKeys:
    """Where sealed fields get their keys from; see reference.sealed_fields.register_keys."""

    def rows(self):
        """The keys that the viewer may see."""
        return CaseKey.objects.all()

    def newest(self, case_id):
        """(number, key) with which this case seals; made now if it never has."""
        kept = self.rows().filter(case_id=case_id).order_by("-number").first() or self.add(case_id, 1)
        return kept.number, opened(kept)

    def newest_of(self, case_ids):
        """{case: (number, key)} of many cases; made now for those that have never sealed anything."""
        rows = self.rows().filter(case_id__in=case_ids)
        known = set(rows.values_list("case_id", flat=True))
        new = [CaseKey(case_id=case_id, number=1) for case_id in case_ids if case_id not in known]
        for kept in new:
            kept.wrapped = sealed.wrap(sealed.new_key(), kept.about)
        self.rows().bulk_create(new, ignore_conflicts=True)
        return {kept.case_id: (kept.number, opened(kept)) for kept in rows.all().order_by("number")}

    def numbered(self, case_id, number):
        """The key of this number, or None: there is none that the viewer may see."""
        kept = self.rows().filter(case_id=case_id, number=number).first()
        return opened(kept) if kept else None

    def of_cases(self, case_ids):
        """{(case, number): key} of many cases in one question."""
        rows = self.rows().filter(case_id__in=case_ids)
        return {(kept.case_id, kept.number): opened(kept) for kept in rows}

    def add(self, case_id, number):
        """A fresh key for the case; the one that stands when somebody else was faster."""
        kept = CaseKey(case_id=case_id, number=number)
        kept.wrapped = sealed.wrap(sealed.new_key(), kept.about)
        self.rows().bulk_create([kept], ignore_conflicts=True)
        return self.rows().get(case_id=case_id, number=number)


def opened(kept):
    """The data key itself."""
    return sealed.unwrap(kept.wrapped, kept.about)


def rewrap_keys():
    """Bring every data key under the master key in use, in small steps that each stand alone."""
    done, after = 0, None
    while True:
        with system_access(PRINCIPAL, "data keys change their master key"):
            rows = CaseKey.objects.order_by("pk").select_for_update(of=("self",), no_key=True)
            batch = list((rows.filter(pk__gt=after) if after else rows)[:BATCH])
            for kept in batch:
                done += _rewrap(kept)
        if not batch:
            return done
        after = batch[-1].pk


def _rewrap(kept):
    wrapped = sealed.rewrap(kept.wrapped, kept.about)
    if wrapped == bytes(kept.wrapped):
        return 0
    kept.wrapped = wrapped
    kept.save(update_fields=["wrapped"])
    return 1


def renew_data_keys(number=None):
    """Give cases, or one, a new data key and seal all they hold with it; how many values that were."""
    with system_access(SEALER, "data keys are renewed"):
        cases = CaseKey.objects.order_by("case_id").distinct("case_id")
        if number:
            cases = cases.filter(case__number=number)
        ids = list(cases.values_list("case_id", flat=True))
    return sum(renew_case(case_id) for case_id in ids)


def renew_case(case_id):
    """One case, whole or not at all. The old key stays: a copy of a row may still need it."""
    done = 0
    with system_access(SEALER, "the data key of a case is renewed"):
        Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case_id)
        newest = CaseKey.objects.filter(case_id=case_id).aggregate(last=Max("number"))["last"]
        CaseKeys().add(case_id, newest + 1)
        with keys_in_hand([case_id]):
            for model, names in sealed_models():
                for row in model.objects.select_for_update(of=("self",)).filter(case_id=case_id):
                    values = [value for name in names if (value := getattr(row, name))]
                    for value in values:
                        value.renew()
                    row.save(update_fields=names)
                    done += len(values)
    return done


def sealed_models():
    """Every model with sealed columns, and their names."""
    for model in apps.get_models():
        names = [one.name for one in model._meta.concrete_fields if isinstance(one, EncryptedField)]
        if names:
            yield model, names
