"""Any form, without a word of its own, comes out labelled, explained and native."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from reference.form_renderer import ChoiceCards


class Outcome(forms.Form):
    outcome = forms.ChoiceField(
        choices=[("HELD", "Held"), ("OFF", "Taken off the list")],
        widget=ChoiceCards(hints={"HELD": "It went ahead"}),
    )
    on = forms.DateField(label="Next date", help_text="As the court said it")
    at = forms.TimeField(required=False)
    told = forms.SplitDateTimeField(required=False, widget=forms.SplitDateTimeWidget)
    seen = forms.BooleanField(label="The survivor was told", required=False, help_text="By a safe call")
    who = forms.MultipleChoiceField(
        choices=[("j", "Judge")], required=False, widget=forms.CheckboxSelectMultiple
    )
    order = forms.FileField(required=False)
    kind = forms.ChoiceField(
        choices=[("", "Choose"), ("a", "A")], widget=forms.Select(attrs={"class": "w-short"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


@pytest.fixture
def empty():
    return str(Outcome())


@pytest.fixture
def wrong():
    return str(Outcome({"version": "3"}))


def test_dates_and_times_are_native(empty):
    assert 'type="date" name="on"' in empty
    assert 'type="time" name="at"' in empty
    assert re.search(r'type="date" name="told_0"[^>]* aria-label="Date"', empty)


def test_a_kept_date_is_written_as_browsers_read_it():
    form = Outcome({"on": "24/11/2026", "version": "3"})
    assert 'value="24/11/2026"' in str(form["on"]) or form["on"].errors
    assert 'value="2026-11-24"' in str(Outcome({"on": "2026-11-24"})["on"])


def test_labels_hints_and_optional_marks(empty):
    assert '<label for="id_on">Next date</label>' in empty
    assert 'id="id_on_helptext">As the court said it' in empty
    assert 'aria-describedby="id_on_helptext"' in empty
    assert empty.count("(optional)") == 4  # at, told, who, order; a single box says it by itself


def test_groups_have_a_legend(empty):
    assert empty.count("<fieldset") == empty.count("<legend") == 3
    assert "<small>It went ahead</small>" in empty


def test_classes_come_by_the_kind_of_input(empty):
    assert 'class="form-select w-short"' in empty
    assert empty.count('class="form-check-input"') == 4
    assert 'name="version" value="3" id="id_version"' in empty


def test_errors_stand_above_the_field_and_in_the_summary(wrong):
    assert wrong.index('role="alert"') < wrong.index("field-wrong")
    assert '<a href="#id_outcome_0">Outcome: This field is required.</a>' in wrong
    assert 'aria-invalid="true"' in wrong
    assert 'aria-describedby="id_on_helptext id_on_error"' in wrong
    before, after = wrong.split('id="id_on_error"')
    assert "As the court said it" in before
    assert 'name="on"' in after


def test_a_filter_form_marks_nothing_optional():
    class Filter(Outcome):
        mark_optional = False

    assert "(optional)" not in str(Filter())


def page(**context):
    request = RequestFactory().get("/")
    request.idempotency_key = "abc"
    return render_to_string("_form.html", context, request=request)


def test_a_form_carries_its_keys_and_can_be_cancelled():
    html = page(form=Outcome(), submit="Save outcome", cancel="/cases/7/")
    assert 'name="idempotency_key" value="abc"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'enctype="multipart/form-data"' in html
    assert 'hx-boost="true"' in html
    assert 'href="/cases/7/"' in html
    assert "Save outcome</button>" in html


def test_a_plain_form_is_left_to_the_browser():
    assert "hx-" not in page(form=Outcome(), plain=True)
    assert "btn-danger" in page(danger=True)
