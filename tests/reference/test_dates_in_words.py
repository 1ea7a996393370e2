import datetime

import pytest
from django import forms
from django.utils import timezone, translation

from reference.form_fields import EdtfField
from reference.templatetags.show import day, edtf, moment

AT = datetime.datetime(2026, 11, 24, 0, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("24 November 2026", "November 2026", "Tue 24 November 2026", "Tue 24 November 2026, 08:30")),
        (
            "es",
            (
                "24 de noviembre de 2026",
                "noviembre de 2026",
                "mar 24 de noviembre de 2026",
                "mar 24 de noviembre de 2026, 08:30",
            ),
        ),
    ],
)
def test_dates_are_said_as_each_language_says_them(language, words):
    with translation.override(language), timezone.override("Asia/Manila"):
        assert (edtf("2026-11-24"), edtf("2026-11"), day(AT), moment(AT)) == words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("2026-02-31", "There is no such day in the calendar."), ("next week", "Write the date as 2017")],
)
def test_a_wrong_date_is_told_apart_from_a_strange_one(typed, sentence):
    with pytest.raises(forms.ValidationError, match=sentence):
        EdtfField().clean(typed)
