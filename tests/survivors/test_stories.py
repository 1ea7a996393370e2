"""Stories for others: nothing in them leads to anybody, two others say yes, and everybody in them agrees."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.models import CareTask
from audit.models import Event
from cases.models import Case
from survivors import actions
from survivors.models import Story
from survivors.safe_story import findings_in
from tests.factories import (
    AccusedMake,
    AgencyMake,
    CareMake,
    ConsentMake,
    StoryMake,
    StorySubjectMake,
    SurvivorMake,
    VenueMake,
)
from tests.people import on_case, person

KHMER = "សុភា"  # a name inside a line that has no spaces


@pytest.fixture
def maya(case, alice):
    survivor = SurvivorMake(case=case, key="s1", pseudonym="Maya")
    with viewing_as(alice):
        actions.edit_identity(
            survivor.pk, by=alice, now=timezone.now(), own_name=KHMER, latin_name="Marisol dela Cruz",
            phones="0917 555 0142", numbers=[{"kind": "passport", "number": "P-884 2201"}],
            home={"locality": "Bogo"},
        )  # fmt: skip
    return survivor


def found(user, case, text):
    """{whose it is: the words}"""
    with viewing_as(user):
        return {one.said: one.words for one in findings_in(text, Case.objects.get(pk=case.pk))}


@pytest.mark.parametrize(
    ("text", "said", "words"),
    [
        ("Then MARISOL laughed", "a name of S-1", ("MARISOL",)),
        ("នៅពេលនោះសុភាសើច", "a name of S-1", (KHMER,)),
        ("with passport P 8842201 or P-8842201", "a number of S-1", ("P-8842201",)),
        ("the driver Salonga came", "a name of the accused P-1", ("Salonga",)),
        ("Alice drove her home", "a name of a colleague", ("Alice",)),
        ("call +63 917 555 0142", "a telephone number", ("+63 917 555 0142",)),
        ("write to maya@example.org", "an address of mail or of a page", ("maya@example.org",)),
        ("freed on 14 March 2017", "an exact day", ("14 March",)),
        ("libre el 3 de marzo", "an exact day", ("3 de marzo",)),
        ("freed 2017-03-14", "an exact day", ("2017-03-14",)),
        ("March 14th was cold", "an exact day", ("March 14th",)),
        ("from a bar in Cogon Market", "a place of the case", ("Cogon Market",)),
        ("home in bogo again", "a place of the case", ("Bogo",)),
        ("at Open Door she sews", "a place of the case", ("Open Door",)),
    ],
)
def test_the_check_finds_what_leads_to_a_person(case, alice, maya, text, said, words):
    AccusedMake(case=case, key="p1", name="Ramon Salonga")
    VenueMake(case=case, name="Blue Moon", locality="Cogon Market")
    AgencyMake(case=case, name="Open Door")
    assert found(alice, case, text)[said] == words


def test_a_safe_text_and_other_people_s_names_are_let_through(case, alice, maya):
    other = SurvivorMake()
    with viewing_as(on_case(person(Role.CASEWORKER, other.case.office), other.case, Role.CASEWORKER)) as by:
        actions.edit_identity(other.pk, by=by, now=timezone.now(), latin_name="Ligaya Ramos")
    text = "Maya was 15 when she came out in March 2017. With Ligaya she may sew 20 dresses a month in 2019."
    assert found(alice, case, text) == {}


@pytest.fixture
def second(office):
    return person(Role.OFFICE_DIRECTOR, office, name="Dolores")


def agree(case, survivor, **facts):
    return ConsentMake(case=case, survivor=survivor, purpose="publish_story", **facts)


def send(client, user, name, pk, **facts):
    client.force_login(user)
    return client.post(reverse(f"survivors:{name}", args=[pk]), facts)


def state(user):
    with viewing_as(user):
        return Story.objects.get()


def test_a_story_leaves_only_with_two_others_and_with_the_consent_of_all(
    client, case, alice, maya, safeguarding_lead, second, legal_lead
):
    luz = SurvivorMake(case=case, key="s2", pseudonym="Luz")
    agree(case, maya)
    facts = {"title": "Maya sews", "receiver": "Yearly report", "people": [maya.pk, luz.pk]}
    made = send(client, alice, "story-write", case.pk, **facts, text="Marisol has hope.")
    page = client.get(made["Location"]).content.decode()
    assert "a name of S-1" in page
    story = state(alice)
    assert send(client, alice, "story-send", story.pk).status_code == 422
    facts["version"] = story.version
    assert send(client, alice, "story-edit", story.pk, **facts, text="She has hope.").status_code == 302
    assert send(client, alice, "story-send", story.pk).status_code == 302
    assert send(client, alice, "story-approve", story.pk).status_code == 403
    blocked = send(client, safeguarding_lead, "story-approve", story.pk)
    assert "S-2: was not asked for this purpose" in blocked.content.decode()
    assert "S-1:" not in blocked.content.decode()
    agree(case, luz, receiver="Yearly report")
    assert send(client, safeguarding_lead, "story-approve", story.pk).status_code == 302
    assert (
        "approved it already" in send(client, safeguarding_lead, "story-approve", story.pk).content.decode()
    )
    assert send(client, alice, "story-use", story.pk, how="print").status_code == 422
    assert send(client, legal_lead, "story-approve", story.pk).status_code == 302
    assert state(alice).status == "approved"
    used = send(client, alice, "story-use", story.pk, how="copy")
    assert "She has hope." in used.content.decode()
    assert Event.objects.get(verb="story.open").detail == {"how": "copy"}
    facts["version"] = state(alice).version
    blocked = send(client, alice, "story-edit", story.pk, **facts, text="x")
    assert "Call it back first" in blocked.content.decode()


def test_a_withdrawal_calls_the_story_back_and_makes_a_task_to_tell(
    client, case, alice, maya, social_worker, second
):
    care, now = CareMake(case=case, survivor=maya), timezone.now()
    consent = agree(case, maya)
    facts = {
        "status": "approved",
        "first_by": second,
        "first_at": now,
        "second_by": social_worker,
        "second_at": now,
    }
    story = StoryMake(case=case, written_by=alice, receiver="Yearly report", **facts)
    StorySubjectMake(case=case, story=story, survivor=maya)
    assert send(client, alice, "consent-withdraw", consent.pk).status_code == 302
    assert (state(alice).status, state(alice).recalled_why) == ("recalled", "S-1 took the consent back.")
    assert send(client, alice, "story-use", story.pk).status_code == 422
    page = client.get(reverse("survivors:consent-list", args=[maya.pk])).content.decode()
    assert "Yearly report" in page
    with viewing_as(social_worker):
        task = CareTask.objects.get(care=care)
    assert task.source_id == story.pk
    assert "Yearly report" in task.what


def test_a_story_is_called_back_by_hand_with_a_reason_and_given_back_to_its_writer(
    client, case, alice, maya, safeguarding_lead
):
    story = StoryMake(case=case, written_by=alice, status="waiting")
    StorySubjectMake(case=case, story=story, survivor=maya)
    assert send(client, safeguarding_lead, "story-return", story.pk).status_code == 302
    assert state(alice).status == "draft"
    assert send(client, safeguarding_lead, "story-edit", story.pk, title="x", receiver="x", text="x",
                people=[maya.pk]).status_code == 422  # fmt: skip
    assert send(client, alice, "story-recall", story.pk).status_code == 422
    assert send(client, alice, "story-recall", story.pk, why="She is in danger").status_code == 302
    assert state(alice).recalled_why == "She is in danger"


def test_an_unapproved_text_is_read_by_those_alone_who_may_know_a_real_name(
    client, case, alice, maya, charlie
):
    story = StoryMake(case=case, written_by=alice, title="Marisol", text="Marisol sews.")
    StorySubjectMake(case=case, story=story, survivor=maya)
    paralegal = on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL)
    client.force_login(paralegal)
    for address in (story.get_absolute_url(), reverse("survivors:story-list") + f"?case={case.pk}"):
        page = client.get(address).content.decode()
        assert "Marisol" not in page
        assert "not approved" in page
    client.force_login(alice)
    own = reverse("survivors:story-detail", args=[story.pk])
    assert "Marisol" in client.get(own).content.decode()
    client.force_login(charlie)
    assert client.get(story.get_absolute_url()).status_code == 404
    assert client.get(reverse("survivors:story-edit", args=[story.pk])).status_code == 404


@pytest.mark.parametrize(
    ("text", "stands"),
    [("She has hope.", True), ("Hope sews.", False), ("with hope in Cruz Street", False), (KHMER, False)],
)
def test_a_real_name_cannot_be_let_stand_but_the_ordinary_word_that_it_also_is_can(
    client, case, alice, maya, text, stands
):
    with viewing_as(alice):
        actions.edit_identity(maya.pk, by=alice, now=timezone.now(), latin_name="Hope dela Cruz")
    story = StoryMake(case=case, written_by=alice, text=text)
    StorySubjectMake(case=case, story=story, survivor=maya)
    words = ["hope", "Hope", "Cruz", KHMER]
    assert send(client, alice, "story-send", story.pk, looked_at=words).status_code == (
        302 if stands else 422
    )


def test_a_text_in_which_words_were_let_stand_is_read_by_those_alone_who_may_know_a_real_name(
    client, case, maya, safeguarding_lead, second, alice
):
    facts = {"first_by": second, "second_by": safeguarding_lead, "first_at": timezone.now()}
    facts |= {"second_at": timezone.now(), "status": "approved", "written_by": alice, "text": "She has hope."}
    story = StoryMake(case=case, looked_at=["hope"], **facts)
    client.force_login(on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL))
    assert "She has hope" not in client.get(story.get_absolute_url()).content.decode()
