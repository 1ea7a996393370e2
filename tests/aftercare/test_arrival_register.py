"""People who came out together are registered on one screen: counted, written down, kept together, helped."""

import uuid
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import casefiles
from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from aftercare.models import Care, CareTask, Service
from audit.models import Event
from cases.models import Case
from operations.models import Headcount
from survivors.arrivals import groups_of
from survivors.models import Age, Family, HeadcountMember, Kinship, Relief, Survivor
from tests.factories import HeadcountMake, HeadcountMemberMake, OperationMake, ReliefMake, SurvivorMake
from tests.people import on_case, person

EXAMPLES = Path(casefiles.__file__).parent / "examples"


def address(case):
    return reverse("aftercare:arrival-register", args=[case.pk])


def send(client, case, user, rows=(), **facts):
    """Post the grid as the page would: `rows` are the people, by the names of their fields."""
    client.force_login(user)
    now = timezone.localtime(timezone=ZoneInfo(case.office.time_zone))
    data = {"group": "new", "arrived_at": now.strftime("%Y-%m-%dT%H:%M"), "risk": "medium", **facts}
    for number, row in enumerate(rows, 1):
        data |= {f"p{number}-called": "", **{f"p{number}-{name}": value for name, value in row.items()}}
    return client.post(address(case), data)


def told(user, model, *names, **which):
    with viewing_as(user):
        return list(
            model.objects.filter(**which)
            .order_by("created_at", "pk")
            .values_list(*names, flat=len(names) == 1)
        )


@pytest.mark.parametrize(
    ("file", "found", "known"), [("ghana-2017-lake-volta", 31, 2), ("rajasthan-2017-brick-kiln", 40, 1)]
)
def test_the_people_of_an_example_file_are_registered_on_one_screen(client, db, file, found, known):
    call_command("load_case_files", str(EXAMPLES / f"{file}.yaml"))
    with system_access("loader", "a test looks"):
        case = Case.objects.select_related("office").get()
        group = Headcount.objects.get()
    worker = person(Role.SOCIAL_WORKER, case.office)
    on_case(worker, case, Role.SOCIAL_WORKER)
    client.force_login(worker)
    page = client.get(address(case)).content.decode()
    left = found - known
    assert f"{found} found, {known} registered." in page
    assert f'name="p{left}-called"' in page
    assert f'name="p{left + 1}-called"' not in page
    rows = [{"age": str(6 + number % 10), "gender": "Masculine"} for number in range(left)]
    response = send(client, case, worker, rows, group=f"h:{group.pk}", worker_id=str(worker.pk), clothes="on")
    assert response.status_code == 302, response.context["form"].errors
    assert told(worker, Headcount, "pk") == [group.pk]
    assert len(told(worker, HeadcountMember, "survivor", headcount=group)) == found
    assert len(told(worker, Care, "pk", headcount=None)) == left
    assert len(set(told(worker, Relief, "survivor", operation=group.operation_id))) == found
    lists = (reverse("survivors:survivor-list"), reverse("aftercare:care-list"))
    for url in lists:
        assert "registered." not in client.get(url, {"case": case.pk}).content.decode()


def test_one_save_writes_everything_about_a_family_and_nothing_twice(client, case, social_worker):
    operation = OperationMake(case=case, on="2026-03-10")
    key = str(uuid.uuid4())
    rows = [
        {"called": "Amma", "age": "31", "gender": "Feminine", "family": "a", "part": "mother"},
        {"age": "8m", "gender": "Feminine", "family": "A", "part": "child", "dependant": "on",
         "risk": "high"},
        {"called": "Kofi", "grown": "child", "gender": "Masculine", "family": "A", "part": "child",
         "medical": "on"},
        {},
        {"age": "17..19"},
    ]  # fmt: skip
    before = timezone.now()
    for _press in range(2):
        response = send(
            client, case, social_worker, rows, group=f"o:{operation.pk}", people="6", children="4",
            food="on", worker_id=str(social_worker.pk), idempotency_key=key,
        )  # fmt: skip
    with viewing_as(social_worker):
        group = Headcount.objects.select_related("operation").get()
    assert response["Location"] == f"{address(case)}?group=h%3A{group.pk}"
    assert (group.people, group.children, group.operation, group.what) == ("6", "4", operation, "found")
    assert told(social_worker, Survivor, "key", "pseudonym", "label", "child", "dependant") == [
        ("s1", "Amma", "", False, False),
        ("s2", "", "Child 2", True, True),
        ("s3", "Kofi", "", True, False),
        ("s4", "", "Person 4", None, False),
    ]
    assert sorted(told(social_worker, Age, "survivor__key", "years", "months", "estimated"))[1:] == [
        ("s2", "", "8", None),
        ("s4", "17..19", "", True),
    ]
    assert set(told(social_worker, Relief, "how", "on", "operation")) == {
        ("operation", "2026-03-10", operation.pk)
    }
    assert told(social_worker, Family, "key", "label", "keep_together") == [("f1", "Family A", True)]
    assert set(told(social_worker, Kinship, "of", "who", "relation")) == {
        ("s2", "s1", "mother"),
        ("s3", "s1", "mother"),
        ("s2", "s3", "brother"),
    }
    cares = told(social_worker, Care, "survivor__key", "risk", "worker", "result", "next_review_on")
    assert [row[:4] for row in sorted(cares)] == [
        ("s1", "medium", social_worker.pk, "in_care"),
        ("s2", "high", social_worker.pk, "in_care"),
        ("s3", "medium", social_worker.pk, "in_care"),
        ("s4", "medium", social_worker.pk, "in_care"),
    ]
    services = told(social_worker, Service, "care__survivor__key", "kind")
    assert sorted(services) == [
        ("s1", "meals"),
        ("s2", "meals"),
        ("s3", "meals"),
        ("s3", "medical"),
        ("s4", "meals"),
    ]
    due = dict(told(social_worker, CareTask, "care__survivor__key", "due_at", kind="first_safety"))
    assert before + timedelta(hours=23) < due["s2"] < before + timedelta(hours=25)
    assert before + timedelta(hours=71) < due["s1"] < before + timedelta(hours=73)
    assert sorted(told(social_worker, CareTask, "care__survivor__key", kind="medical_check")) == [
        "s1",
        "s2",
        "s4",
    ]
    assert told(social_worker, CareTask, "kind", kind="name_worker") == []
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert [verbs.count(verb) for verb in ("survivor.add", "care.open", "care.assign")] == [4, 4, 4]
    assert verbs.count("service.log") == 5
    made = Event.objects.filter(verb="caretask.make").values_list("detail", flat=True)
    assert [detail["kind"] for detail in made].count("medical_check") == 3


def test_tomorrow_goes_on_with_the_same_group_and_the_same_family(client, case, social_worker):
    group = HeadcountMake(case=case, people="4", what="found", on="2026-03-10")
    first = [{"called": "Amma", "family": "A", "part": "mother", "grown": "adult"}]
    send(client, case, social_worker, first, group=f"h:{group.pk}", how="own_escape")
    ((how, on),) = told(social_worker, Relief, "how", "on")
    assert (how, on) == ("own_escape", told(social_worker, Care, "result_on")[0])
    page = client.get(address(case)).content.decode()
    assert "4 found, 1 registered." in page
    assert "3 are missing." in page
    second = [{"age": "5", "gender": "Feminine", "family": "A", "part": "child"}]
    send(client, case, social_worker, second, group=f"h:{group.pk}")
    assert told(social_worker, Family, "key") == ["f1"]
    assert told(social_worker, Kinship, "of", "who", "relation") == [("s2", "s1", "mother")]
    assert len(told(social_worker, CareTask, "pk", kind="name_worker")) == 2
    for url in (reverse("survivors:survivor-list"), reverse("aftercare:care-list")):
        assert "4 found, 2 registered." in client.get(url, {"case": case.pk}).content.decode()
    assert "4 found, 2 registered." in client.get(reverse("desk:case-page", args=[case.pk])).content.decode()
    assert "4 found, 2 registered." in client.get("/").content.decode()


WRONG = [
    ({"called": "Efua", "age": "ten"}, {}, "or months: 8m."),
    ({"called": "Efua", "part": "child"}, {}, "Write the letter of the family too."),
    ({"called": "Efua", "age": "30", "grown": "child"}, {}, "The age says otherwise."),
    ({"clothes": "on"}, {}, "say at least child or adult"),
    ({"called": "Efua", "family": "?"}, {}, "One letter"),
    ({"called": "Efua"}, {"people": "3", "children": "5"}, "more than the number it is a part of"),
    ({"called": "Efua"}, {"arrived_at": "2999-01-01T10:00"}, "This moment has not come yet."),
    ({"called": "Efua"}, {"worker_id": str(uuid.uuid4())}, "Select a valid choice"),
]


def test_an_age_said_years_after_the_relief_is_of_the_day_on_which_they_came(client, case, social_worker):
    operation = OperationMake(case=case, on="2017-04")
    rows = [{"called": "Elm", "age": "20"}, {"called": "Oak", "age": "16"}, {"called": "Ash", "age": "50"}]
    response = send(client, case, social_worker, rows, group=f"o:{operation.pk}", people="3")
    assert response.status_code == 302
    came = str(timezone.localdate(timezone=ZoneInfo(case.office.time_zone)))
    assert set(told(social_worker, Age, "years", "at", "on")) == {
        (years, "intake", came) for years in ("20", "16", "50")
    }
    children = told(social_worker, Survivor, "pseudonym", "child")
    assert children == [("Elm", None), ("Oak", True), ("Ash", False)], "at the relief Elm was a child"


def test_the_summary_says_which_person_and_what_is_wrong(client, case, social_worker):
    rows = [{"called": "Amma"}, {"called": "Efua", "age": "300"}, {"age": "16", "grown": "adult"},
            {"age": "12", "grown": "adult"}]  # fmt: skip
    page = send(client, case, social_worker, rows).content.decode()
    summary = page[page.index('id="errors-title"') :].split("</ul>")[0]
    assert "3 things to put right" in summary
    assert "Person 2, Age: Write years" in summary
    assert "Person 3, Child or adult: The age says otherwise." in summary
    assert "Person 4, Child or adult: The age says otherwise." in summary


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_half_saved(client, case, social_worker):
    for row, facts, sentence in WRONG:
        response = send(client, case, social_worker, [{"called": "Amma", "age": "31"}, row], **facts)
        page = response.content.decode()
        assert (response.status_code, sentence in page, 'value="Amma"' in page) == (422, True, True), sentence
    empty = send(client, case, social_worker)
    assert "Count the group, or write down at least one person." in empty.content.decode()
    for model in (Survivor, Care, Headcount):
        assert told(social_worker, model, "pk") == []
    assert not Event.objects.filter(verb__in=("survivor.add", "headcount.add")).exists()


def test_more_rows_keep_what_was_typed(client, case, social_worker):
    response = send(client, case, social_worker, [{"called": "Amma", "medical": "on"}], people="9", more="1")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Amma"' in page
    assert 'name="p11-called"' in page
    assert 'value="9"' in page
    assert response.context["form"].rows[0]["medical"].value()
    assert told(social_worker, Survivor, "pk") == []


def test_a_group_is_counted_once_however_often_it_is_told(client, case, social_worker):
    operation = OperationMake(case=case, people="7", children="6", relieved="7")
    client.force_login(social_worker)
    page = client.get(address(case)).content.decode()
    assert "7 found, 0 registered." in page
    for _colleague in range(2):
        send(client, case, social_worker, [{"age": "9"}], group=f"o:{operation.pk}")
    assert told(social_worker, Headcount, "people", "children") == [("7", "6")]
    assert len(told(social_worker, HeadcountMember, "pk")) == 2


def test_who_was_registered_elsewhere_counts_and_other_counts_of_the_same_people_do_not(case, alice):
    operation = OperationMake(case=case, people="5")
    HeadcountMake(case=case, operation=operation, what="relieved", people="5")
    found = HeadcountMake(case=case, operation=operation, what="found", people="5")
    HeadcountMake(case=case, operation=operation, what="trapped", people="90")
    HeadcountMemberMake(case=case, headcount=found)
    ReliefMake(case=case, operation=operation, survivor=SurvivorMake(case=case))
    ReliefMake(case=case, operation=OperationMake(case=case))
    with viewing_as(alice):
        (group, other) = groups_of(Case.objects.get(pk=case.pk))
    assert (group.headcount, group.found, group.registered, group.left) == (found, 5, 2, 3)
    assert (other.found, other.left) == (0, 0)


def test_forty_people_cost_hardly_more_statements_than_one(client, case, social_worker):
    group = HeadcountMake(case=case, people="90", what="found")

    def cost(number):
        rows = [{"called": f"N{number}-{place}", "age": "9", "food": "on"} for place in range(number)]
        with CaptureQueriesContext(connection) as asked:
            response = send(
                client, case, social_worker, rows, group=f"h:{group.pk}", worker_id=str(social_worker.pk)
            )
        assert response.status_code == 302
        return len(asked)

    cost(1)
    one, forty = cost(1), cost(40)
    assert forty <= one + 5, (one, forty)


def test_the_grid_is_for_those_who_register_people_of_the_case(client, case, lawyer, charlie, alice):
    elsewhere = HeadcountMake(label="Secret group elsewhere")
    assert send(client, case, lawyer, [{"called": "Amma"}]).status_code == 403
    assert send(client, case, charlie, [{"called": "Amma"}]).status_code == 404
    response = send(client, case, alice, [{"called": "Amma"}], group=f"h:{elsewhere.pk}")
    assert response.status_code == 404
    assert "Secret group" not in client.get(address(case)).content.decode()
    assert told(alice, Survivor, "pk") == []
