"""The data keys of cases: made when a case first seals something, wrapped by the master keys."""

from accounts.scope import system_access
from cases.models import CaseKey
from reference import sealed

BATCH = 200
PRINCIPAL = "retention"  # the system principal whose job the keys of cases are


class CaseKeys:
    """Where sealed fields get their keys from; see reference.sealed_fields.register_keys."""

    def rows(self):
        """The keys that the viewer may see."""
        return CaseKey.objects.all()

    def newest(self, case_id):
        """(number, key) with which this case seals; made now if it never has."""
        kept = self.rows().filter(case_id=case_id).order_by("-number").first() or self.add(case_id, 1)
        return kept.number, opened(kept)

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
