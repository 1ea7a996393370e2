"""The sheet of her plan: her words, her language, her chosen name, and nothing of what it is about."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.models import Goal
from aftercare.sheet_words import OTHER, WORDS, language_of, words_in
from aftercare.sheets import can_write, printed, written
from audit.models import Event
from reference.values import PartialDate
from survivors.actions import edit_identity
from tests.factories import CareMake, GoalMake, PlanMake, SurvivorMake


@pytest.fixture
def plan(case):
    survivor = SurvivorMake(case=case, key="s1", pseudonym="Maya", language="bn")
    care = CareMake(case=case, survivor=survivor, wishes=["আমি রান্না শিখতে চাই", "To see the sea"])
    plan = PlanMake(case=case, care=care)
    GoalMake(case=case, plan=plan, goal="Vocational training", area="Livelihood", due="2027-03-10")
    GoalMake(case=case, plan=plan, goal="Move away from the accused", area="safety", position=2)
    return plan


def address(plan):
    return reverse("aftercare:plan-sheet", args=[plan.pk])


def post(client, user, plan, goal, **facts):
    client.force_login(user)
    facts = {
        "language": "bn", "named": "on", "dates": "on", "wishes": ["0"], "form": "page",
        f"on_{goal.pk}": "on", f"words_{goal.pk}": "আমি সেলাই শিখব", **facts,
    }  # fmt: skip
    return client.post(address(plan), facts)


def test_the_sheet_tells_only_what_was_chosen_in_her_words_and_language(
    client, case, plan, social_worker, alice, lawyer, charlie, read
):
    sewing, telling = read(social_worker, Goal)
    for person, status in ((lawyer, 403), (alice, 403), (charlie, 404)):
        client.force_login(person)
        assert client.get(address(plan)).status_code == status
    client.force_login(social_worker)
    text = client.get(address(plan)).content.decode()
    assert 'value="bn" selected' in text
    assert f'name="on_{sewing.pk}" ' in text
    assert "May tell too much at home" in text
    response = post(client, social_worker, plan, sewing, meet_on="2026-12-24", call="0917 555 0101")
    text = response.content.decode()
    paper = text[text.index("<article") : text.index("</article>")]
    for words in (
        "আমার পরিকল্পনা", "Maya", "আমি সেলাই শিখব", "10 মার্চ, 2027 পর্যন্ত", "আমি রান্না শিখতে চাই",
        "24 ডিসেম্বর, 2026", "0917 555 0101", 'lang="bn"',
    ):  # fmt: skip
        assert words in paper, words
    for words in (case.number, case.title, "S-1", "IJM", "Vocational", "accused", "safety", "To see the sea"):
        assert words not in paper, words
    assert case.number not in text.split("<main")[0]  # nor in the title of the tab
    assert "<title>আমার পরিকল্পনা</title>" in text
    assert read(social_worker, Goal, sewing.pk).own_words == "আমি সেলাই শিখব"
    event = Event.objects.filter(verb="plan.print").get()
    assert event.detail == {"language": "bn", "form": "page"}
    response = post(client, social_worker, plan, sewing, form="pdf")
    if response["Content-Type"] == "application/pdf":  # this machine has a font for Bengali
        assert response["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
        assert response.content.startswith(b"%PDF")
    assert telling.own_words == ""


def test_words_that_are_missing_or_tell_too_much_are_asked_for_again(client, case, plan, social_worker, read):
    sewing, telling = read(social_worker, Goal)
    for wrong, words in (
        ({f"words_{sewing.pk}": ""}, "Write it first in the person&#x27;s own words."),
        ({f"on_{telling.pk}": "on"}, "Write it first in the person&#x27;s own words."),
        ({f"words_{sewing.pk}": f"As in {case.number.lower()}"}, "tells what the paper is about"),
        ({"call": "IJM 0917"}, "tells what the paper is about"),
    ):
        response = post(client, social_worker, plan, sewing, **wrong)
        assert response.status_code == 422, wrong
        assert words in response.content.decode()
    assert not Event.objects.filter(verb="plan.print").exists()
    assert read(social_worker, Goal, sewing.pk).own_words == ""


def test_a_real_name_never_stands_on_the_sheet(client, plan, social_worker, alice, read):
    sewing, _telling = read(social_worker, Goal)
    with viewing_as(alice):
        survivor = plan.care.survivor_id
        edit_identity(survivor, by=alice, now=timezone.now(), latin_name="Marisol Maya Salonga")
    for words in ("Marisol learns to sew", "I, salonga and marisol, learn to sew"):
        response = post(client, social_worker, plan, sewing, **{f"words_{sewing.pk}": words})
        text = response.content.decode()
        assert (response.status_code, "tells what the paper is about" in text) == (422, True), words
    assert not Event.objects.filter(verb="plan.print").exists()
    response = post(client, social_worker, plan, sewing, **{f"words_{sewing.pk}": "Maya learns to sew"})
    assert response.status_code == 200, "the name that she chose may stand there"


def test_no_letter_becomes_an_empty_box():
    assert can_write("My plan, 10 March 2027 – ñ", have=frozenset())
    for language, words in WORDS.items():
        sheet = " ".join(
            (words.title, words.wishes, words.goals, words.change, words.day(PartialDate("2027-03")))
        )
        plain = language in ("en", "es", "tl")
        assert can_write(sheet, have=frozenset()) is plain, language
        fonts = {
            "Noto Sans",
            *(f"Noto Sans {script}" for script in ("Bengali", "Devanagari", "Thai", "Khmer")),
        }
        assert can_write(sheet, have=fonts), language
    assert not can_write("العربية", have=fonts)
    told = {
        "lang": "en", "title": "My plan", "name": "", "wishes": [], "lines": [],
        "goals": [{"words": "#eval(1)", "until": ""}], "words": {"wishes": "", "goals": ""},
    }  # fmt: skip
    assert printed(told).startswith(b"%PDF")
    assert "#eval(1)" in written(told)
    assert printed({**told, "name": "العربية"}) is None


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("", "en"),
        ("bn", "bn"),
        ("Bengali", "bn"),
        ("es-MX", "es"),
        ("fil", "tl"),
        ("Quechua", OTHER),
        ("ay", OTHER),
    ],
)
def test_the_language_follows_the_record(said, language):
    assert language_of(said) == language
    assert words_in(language).until.format("x")
