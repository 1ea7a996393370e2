"""The template library `look` and the geometry of charts."""

import pytest
from django import forms
from django.template import Context, Template

from reference import charts
from reference.templatetags.look import TONES, chosen, initials, problems, tone


def draw(text, **context):
    return Template("{% load look %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("red", "danger"),
        ("WARNING", "soon"),
        ("safety success", "done"),
        ("debug", "past"),
        ("?", "plain"),
        (None, "plain"),
    ],
)
def test_a_word_becomes_a_tone(word, means):
    assert tone(word) == means


def test_no_word_means_two_tones():
    words = [word for kind, others in TONES.items() for word in (kind, *others)]
    assert len(words) == len(set(words))


def test_an_icon_is_decoration_unless_it_has_a_name():
    assert 'aria-hidden="true"' in draw('{% icon "lock" %}')
    named = draw('{% icon "lock" size=16 label=words %}', words='Locked "now"')
    assert 'role="img" aria-label="Locked &quot;now&quot;"' in named
    assert 'width="16"' in named
    assert draw("{% icon nothing %}") == ""


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Joana Reyes", "JR"),
        ("“Liza”", "Liza"),
        ("S-1", "S-1"),
        ("", "?"),
        ("María de la Cruz", "MC"),
        ("( )", "?"),
    ],
)
def test_initials(text, letters):
    assert initials(text) == letters


def test_an_avatar_escapes_and_keeps_its_colour():
    assert draw("{% avatar who square=True %}", who="<b>").count("&lt;b&gt;") == 1
    assert draw('{% avatar "A B" %}') == draw('{% avatar "A B" %}')
    assert 'title="Ana Lim"' in draw('{% avatar "Ana Lim" label="Ana Lim" %}')


@pytest.mark.parametrize(
    ("percent", "width"), [(42, "42.0%"), (140, "100.0%"), (-3, "0.0%"), ("x", "0.0%"), (None, "0.0%")]
)
def test_a_bar_stays_in_its_frame(percent, width):
    assert f'width="{width}"' in draw('{% bar p "soon" %}', p=percent)


def test_a_spark_needs_two_numbers():
    assert draw("{% spark v %}", v=[1]) == ""
    assert draw("{% spark v %}", v=[1, 3, 2]).count("polyline") == 2
    assert "nan" not in draw("{% spark v %}", v=[2, 2, 2])


class Filter(forms.Form):
    office = forms.ChoiceField(choices=[("", "All"), ("Asia", [("CEB", "Cebu")])], required=False)
    kinds = forms.MultipleChoiceField(choices=[("a", "Bail"), ("b", "Trial")], required=False)
    text = forms.CharField(required=False)


def test_a_filter_says_what_was_chosen():
    form = Filter({"office": "CEB", "kinds": ["a", "b"], "text": "RTC 23"})
    assert [chosen(form[name]) for name in ("office", "kinds", "text")] == ["Cebu", "Bail, Trial", "RTC 23"]
    assert [chosen(field) for field in Filter({})] == ["", "", ""]


class Hearing(forms.Form):
    kind = forms.ChoiceField(label="Which kind?", choices=[("a", "A")], widget=forms.RadioSelect)
    on = forms.DateField(label="Day", error_messages={"required": "Enter the day"})
    room = forms.CharField(label="Room")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("These do not fit.")


def test_the_summary_names_the_question_when_the_message_does_not():
    assert problems(Hearing({})) == [
        ("", "These do not fit."),
        ("id_kind_0", "Which kind? This field is required."),
        ("id_on", "Enter the day"),
        ("id_room", "Room: This field is required."),
        ("", "Secret: This field is required."),
    ]
    assert problems(Hearing()) == []
    assert problems(None) == []


@pytest.mark.parametrize(("highest", "step"), [(0, 1), (3, 1), (19, 5), (80, 20), (412, 200), (4000, 1000)])
def test_grid_lines_stand_on_round_numbers(highest, step):
    assert charts.nice_step(highest) == step


def test_columns_stand_on_the_ground_and_below_the_top():
    chart = charts.stacked(["Jan", "Feb"], {"Convicted": [6, 0], "Acquitted": [3, None]})
    first = chart["columns"][0]
    assert first["total"] == 9
    assert first["parts"][0]["y"] + first["parts"][0]["height"] == pytest.approx(chart["ground"], abs=0.2)
    assert min(part["y"] for part in first["parts"]) >= charts.TOP
    assert chart["columns"][1]["total"] == 0
    assert charts.stacked([], {})["columns"] == []


def test_rows_share_out_the_whole():
    rows = charts.rows([{"label": "a", "value": 30}, {"label": "b", "value": 10}])
    assert [(row["percent"], row["share"]) for row in rows] == [(100, 75), (pytest.approx(33.3, abs=0.1), 25)]
    assert charts.rows([]) == []


class Twice(forms.Form):
    here = forms.CharField(label="Here", required=False)
    there = forms.CharField(label="There", required=False)

    def clean(self):
        for name in ("here", "there"):
            self.add_error(name, "Choose a score.")


def test_the_summary_names_the_questions_of_which_the_same_is_said():
    assert problems(Twice({})) == [
        ("id_here", "Here: Choose a score."), ("id_there", "There: Choose a score."),
    ]  # fmt: skip
