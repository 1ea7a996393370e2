from django.db import models

from cases.models.case import CaseBearing, of_case


class CaseKey(CaseBearing):
    """A data key of one case, wrapped by a master key that is not in the database.

    The newest one seals; older ones open what they sealed. Whoever may not see the case does not get its key.
    """

    case = of_case("data_keys")
    number = models.PositiveSmallIntegerField(default=1)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="case_key_once", fields=["case", "number"])]

    class Privacy:
        sensitive = {"wrapped"}
        neutral = {"number"}

    @property
    def about(self):
        """What the master key bound it to."""
        return f"cases.CaseKey {self.case_id} {self.number}"
