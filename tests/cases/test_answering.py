from datetime import date, time

from django import forms
from django.http import QueryDict

from cases.answering import VersionedForm, conflict
from cases.states import Stale
from reference.values import PartialDate
from tests.factories import HearingMake, UserMake


class MoveForm(VersionedForm):
    on = forms.DateField(label="New date")
    local_time = forms.TimeField(label="Time", required=False)
    purpose = forms.ChoiceField(label="What for", choices=[("bail", "Bail"), ("evidence", "Evidence")])
    who_goes = forms.CharField(label="Who goes", required=False)
    reply = forms.CharField(label="Not of the record", required=False)


def test_both_versions_are_shown_in_words_and_only_where_they_differ(case):
    hearing = HearingMake(
        case=case,
        on=PartialDate("2026-12-01"),
        local_time=time(8, 30),
        purpose="evidence",
        who_goes=UserMake(name="Bob"),
        version=4,
    )
    answers = {"on": "2026-12-24", "local_time": "08:30", "purpose": "bail", "who_goes": "", "version": "1"}
    data = QueryDict(mutable=True)
    data.update(answers)
    form = MoveForm(data)
    assert form.is_valid()
    assert conflict(form, Stale(hearing)) == [
        ("New date", "24 December 2026", "1 December 2026"),
        ("What for", "Bail", "Evidence"),
        ("Who goes", "", "Bob"),
    ]
    assert form["version"].value() == 4
    assert form["on"].value() == "2026-12-24"


class TermsForm(VersionedForm):
    conditions = forms.CharField(label="Conditions")
    history = forms.BooleanField(label="History", required=False)


class Terms:
    version = 2
    conditions = ["Report weekly", "Stay away"]
    history = True


def test_lists_and_yes_and_no_are_words_too():
    data = QueryDict(mutable=True)
    data.update({"conditions": "Report weekly", "version": "1"})
    form = TermsForm(data)
    assert form.is_valid()
    assert conflict(form, Stale(Terms())) == [
        ("Conditions", "Report weekly", "Report weekly, Stay away"),
        ("History", "No", "Yes"),
    ]
    assert PartialDate(date(2026, 12, 24)) == "2026-12-24"
