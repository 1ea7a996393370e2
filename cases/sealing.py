"""The data keys of cases: made when a case first seals something, wrapped by the master keys."""

from accounts.scope import system_access
from cases.models import CaseKey
from reference import sealed

BATCH = 200
PRINCIPAL = "retention"  # the system principal whose job the keys of cases are


class CaseKeys:
    """Where sealed fields get their keys from; see reference.sealed_fields.register_keys."""

    @staticmethod
    def newest(case_id):
        """(number, key) with which this case seals; made now if it never has."""
        rows = CaseKey.objects.filter(case_id=case_id).order_by("-number")
        kept = rows.first() or add_key(case_id, 1)
        return kept.number, opened(kept)

    @staticmethod
    def numbered(case_id, number):
        """The key of this number, or None: there is none that the viewer may see."""
        kept = CaseKey.objects.filter(case_id=case_id, number=number).first()
        return opened(kept) if kept else None

    @staticmethod
    def of_cases(case_ids):
        """{(case, number): key} of many cases in one question."""
        rows = CaseKey.objects.filter(case_id__in=case_ids)
        return {(kept.case_id, kept.number): opened(kept) for kept in rows}


def opened(kept):
    """The data key itself."""
    return sealed.unwrap(kept.wrapped, kept.about)


def add_key(case_id, number):
    """A fresh key for the case; the one that stands when somebody else was faster."""
    kept = CaseKey(case_id=case_id, number=number)
    kept.wrapped = sealed.wrap(sealed.new_key(), kept.about)
    CaseKey.objects.bulk_create([kept], ignore_conflicts=True)
    return CaseKey.objects.get(case_id=case_id, number=number)


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
