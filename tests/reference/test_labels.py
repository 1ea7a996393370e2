"""The label of a code: one text is translated for it, not the whole list of codes."""

from django.db import models
from django.test.utils import isolate_apps
from django.utils.functional import lazy
from django.utils.translation import override

from prosecutions.models import Hearing
from prosecutions.states import HearingOutcome
from reference.fields import CodeField


@isolate_apps("reference")
def test_only_the_label_of_the_code_is_made_into_words():
    made = []

    def words(text):
        made.append(text)
        return text

    labels = lazy(words, str)

    class Coded(models.Model):
        code = CodeField(choices=[(code, labels(code.upper())) for code in "abc"], blank=True)
        own = CodeField(choices=[("a", "A")])

        class Meta:
            app_label = "reference"

        def get_own_display(self):
            return "its own"

    made.clear()
    assert [Coded(code=code).get_code_display() for code in ("b", "c", "", "z")] == ["B", "C", "", "z"]
    assert made == ["B", "C"]
    assert Coded(own="a").get_own_display() == "its own"


def test_the_language_is_the_readers():
    hearing = Hearing(outcome="adjourned")
    for language in ("en", "es", "en"):
        with override(language):
            assert hearing.get_outcome_display() == str(HearingOutcome.ADJOURNED.label)
    with override("es"):
        spanish = hearing.get_outcome_display()
    assert spanish != hearing.get_outcome_display()
