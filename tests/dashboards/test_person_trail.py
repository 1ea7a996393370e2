from django.urls import reverse

from audit.actions import record
from tests.factories import UserMake


def read_trail(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("dashboards:person-trail"), asked)


def test_an_auditor_reads_who_did_what_and_nothing_of_a_case(client, case, auditor, alice, lawyer):
    record("note.add", by=alice, subject=case, case_id=case.pk)
    record("search.use", by=lawyer, subject=lawyer)
    record("something.new", by=UserMake.build(), subject=case, case_id=case.pk)
    text = read_trail(client, auditor).content.decode()
    for expected in ("Alice", "wrote a note", "Bob", "searched", "Somebody unknown", "something.new"):
        assert expected in text
    assert case.number not in text
    assert case.title not in text
    assert str(case.pk) not in text


def test_one_person_can_be_followed(client, case, auditor, alice, lawyer):
    record("note.add", by=alice, subject=case, case_id=case.pk)
    record("task.add", by=lawyer, subject=case, case_id=case.pk)
    response = read_trail(client, auditor, person=alice.pk)
    assert [event.verb for event, *_told in response.context["acts"]] == ["note.add"]
    assert "What Alice did" in response.content.decode()


def test_nonsense_in_the_address_follows_nobody(client, case, auditor, alice):
    record("note.add", by=alice, subject=case, case_id=case.pk)
    assert len(read_trail(client, auditor, person="nobody").context["acts"]) == 1


def test_an_empty_trail_says_what_will_appear(client, auditor):
    assert "Nothing has been done yet" in read_trail(client, auditor).content.decode()


def test_only_those_who_watch_over_people_may(client, director, administrator):
    assert read_trail(client, director).status_code == 403
    assert read_trail(client, administrator).status_code == 403


def test_a_trail_costs_the_same_for_one_act_and_for_three(client, case, auditor, alice, lawyer, queries_of):
    client.force_login(auditor)
    record("note.add", by=alice, subject=case)
    one = queries_of(lambda: client.get(reverse("dashboards:person-trail")))
    for who in (alice, lawyer):
        record("note.add", by=who, subject=case)
    assert queries_of(lambda: client.get(reverse("dashboards:person-trail"))) == one
