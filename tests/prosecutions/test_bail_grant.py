import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.scope import viewing_as
from cases.states import IllegalMove
from prosecutions import actions
from prosecutions.models import BailOrder
from tests.factories import AccusedMake, BailOrderMake, CaseMake, ProceedingMake

HERE_ALREADY = "This person is on bail in this proceeding already. End or cancel that bail first."
SAY_WHICH = "This person is on bail already. Say in which proceeding, or end the other bail first."


@pytest.fixture
def bail(case):
    accused = AccusedMake(case=case)
    return BailOrderMake(case=case, accused=accused, proceeding=ProceedingMake(case=case))


def grant(client, user, bail, **facts):
    client.force_login(user)
    facts = {"decided_on": "2026-04-03", "version": bail.version, **facts}
    return client.post(reverse("prosecutions:bail-grant", args=[bail.pk]), facts)


def test_grants_and_leaves_a_trace(client, bail, lawyer, look, events):
    terms = {"conditions": "report weekly\r\n\r\n stay away ", "surety": "20000", "surety_currency": "php"}
    assert grant(client, lawyer, bail, **terms).status_code == 302

    row = look(lawyer, BailOrder, pk=bail.pk)
    assert (row.status, row.decided_on) == ("GRANTED", "2026-04-03")
    assert row.conditions == ["report weekly", "stay away"]
    assert (row.surety_low, row.surety_high, row.surety_currency) == (20000, 20000, "PHP")
    (event,) = events("bail.grant")
    assert (event.actor_id, event.case_id, event.subject_id) == (lawyer.pk, bail.case_id, str(bail.pk))
    assert event.detail == {"kind": "pretrial"}


def test_a_bail_that_runs_cannot_be_granted_again(client, bail, lawyer, events):
    grant(client, lawyer, bail)
    response = grant(client, lawyer, bail, version=2)
    assert response.status_code == 422
    assert "This cannot go from Granted to Granted." in response.content.decode()
    assert len(events("bail.grant")) == 1


def test_a_second_live_bail_in_one_proceeding_is_refused_beside_the_field(client, bail, lawyer, look, events):
    second = BailOrderMake(case=bail.case, accused=bail.accused, proceeding=bail.proceeding)
    grant(client, lawyer, bail)
    response = grant(client, lawyer, second)
    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors["decided_on"] == [HERE_ALREADY]
    assert look(lawyer, BailOrder, pk=second.pk).status == "SOUGHT"
    assert len(events("bail.grant")) == 1


def test_a_second_live_bail_where_no_proceeding_is_known_is_refused_too(client, case, lawyer):
    accused = AccusedMake(case=case)
    first, second = (BailOrderMake(case=case, accused=accused, proceeding=None) for _ in range(2))
    assert grant(client, lawyer, first).status_code == 302
    assert grant(client, lawyer, second).status_code == 422


def test_bail_pending_appeal_does_not_stand_beside_bail_before_trial(client, bail, lawyer, look):
    later = BailOrderMake(
        case=bail.case, accused=bail.accused, proceeding=bail.proceeding, kind="pending_appeal"
    )
    assert grant(client, lawyer, bail).status_code == 302
    response = grant(client, lawyer, later)
    assert response.status_code == 422
    assert response.context["form"].errors["decided_on"] == [HERE_ALREADY]
    assert look(lawyer, BailOrder, pk=later.pk).status == "SOUGHT"


@pytest.mark.parametrize("status", ["GRANTED", "BREACHED"])
def test_beside_a_live_bail_of_no_known_proceeding_none_is_granted(client, bail, lawyer, status):
    BailOrderMake(case=bail.case, accused=bail.accused, proceeding=None, status=status, decided_on="2026")
    response = grant(client, lawyer, bail)
    assert response.status_code == 422
    assert response.context["form"].errors["decided_on"] == [SAY_WHICH]


def test_a_bail_of_no_known_proceeding_is_granted_beside_another_once_it_names_its_own(
    client, bail, lawyer, look
):
    vague = BailOrderMake(case=bail.case, accused=bail.accused, proceeding=None)
    own = ProceedingMake(case=bail.case)
    foreign = ProceedingMake(case=CaseMake(office=bail.case.office))
    grant(client, lawyer, bail)
    response = grant(client, lawyer, vague)
    assert response.status_code == 422
    assert response.context["form"].errors["proceeding"] == [SAY_WHICH]
    same = grant(client, lawyer, vague, proceeding=bail.proceeding_id)
    assert same.context["form"].errors["proceeding"] == [HERE_ALREADY]
    assert "proceeding" in grant(client, lawyer, vague, proceeding=foreign.pk).context["form"].errors
    assert grant(client, lawyer, vague, proceeding=own.pk).status_code == 302
    row = look(lawyer, BailOrder, pk=vague.pk)
    assert (row.status, row.proceeding_id) == ("GRANTED", own.pk)


def test_the_proceeding_of_an_application_is_not_asked_for_again(client, bail, lawyer, look):
    other = ProceedingMake(case=bail.case)
    client.force_login(lawyer)
    page = client.get(reverse("prosecutions:bail-grant", args=[bail.pk]))
    assert "proceeding" not in page.context["form"].fields
    assert grant(client, lawyer, bail, proceeding=other.pk).status_code == 302
    assert look(lawyer, BailOrder, pk=bail.pk).proceeding_id == bail.proceeding_id


def test_in_two_proceedings_and_after_the_end_of_the_first_bail_is_granted(client, bail, lawyer):
    ended = {"status": "ENDED", "decided_on": "2026-03-01", "ended": "unknown"}
    BailOrderMake(case=bail.case, accused=bail.accused, proceeding=bail.proceeding, **ended)
    BailOrderMake(case=bail.case, accused=bail.accused, proceeding=None, **ended)
    assert grant(client, lawyer, bail).status_code == 302
    assert grant(client, lawyer, BailOrderMake(case=bail.case, accused=bail.accused)).status_code == 302
    assert grant(client, lawyer, BailOrderMake(case=bail.case, proceeding=bail.proceeding)).status_code == 302


def test_two_kinds_that_history_left_running_may_stand(bail):
    facts = {"case": bail.case, "accused": bail.accused, "status": "GRANTED", "decided_on": "2020"}
    kinds = [
        BailOrderMake(proceeding=bail.proceeding, kind=kind, **facts)
        for kind in ("pretrial", "pending_appeal")
    ]
    assert len(kinds) == 2


def test_another_fault_of_the_database_is_not_taken_for_a_second_bail(bail, lawyer, now):
    facts = {"decided_on": "2026-04-03", "surety": -5, "surety_currency": "PHP"}
    with viewing_as(lawyer), pytest.raises(IntegrityError), transaction.atomic():
        actions.grant_bail(bail.pk, by=lawyer, now=now, **facts)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("", "This field is required."),
        ("soon", "Write the date as 2017"),
        ("2999-01-01", "This date is in the future."),
        ("2026-03-01", "This is before the beginning."),
    ],
)
def test_a_wrong_date_is_refused_beside_the_field(client, bail, lawyer, look, on, sentence):
    response = grant(client, lawyer, bail, decided_on=on)
    assert response.status_code == 422
    assert sentence in response.context["form"].errors["decided_on"][0]
    assert look(lawyer, BailOrder, pk=bail.pk).status == "SOUGHT"


def test_an_action_without_a_date_is_refused(bail, lawyer, now):
    with viewing_as(lawyer), pytest.raises(IllegalMove, match="Enter the date of the decision"):
        actions.grant_bail(bail.pk, by=lawyer, now=now, decided_on="")


def test_two_people_at_once_get_both_versions(client, bail, lawyer):
    client.force_login(lawyer)
    client.post(
        reverse("prosecutions:bail-oppose", args=[bail.pk]), {"opposition": "filed", "version": bail.version}
    )
    response = grant(client, lawyer, bail, conditions="report weekly")
    assert response.status_code == 409
    text = response.content.decode()
    assert "Somebody else saved this record" in text
    assert "report weekly" in text


def test_the_double_click_grants_once(client, bail, lawyer, events):
    key = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
    first = grant(client, lawyer, bail, idempotency_key=key)
    second = grant(client, lawyer, bail, idempotency_key=key)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert len(events("bail.grant")) == 1


def test_outside_need_to_know_the_order_does_not_exist(client, bail, charlie):
    assert grant(client, charlie, bail).status_code == 404


def test_two_lawyers_who_grant_two_applications_at_once_leave_one_live_bail(committed, now):
    """Two connections, two transactions, two kinds: the second waits for the accused and hears why not."""
    person, first, second = committed
    both_ready = threading.Barrier(2, timeout=20)
    answers = []

    def run(pk):
        try:
            with viewing_as(person):
                both_ready.wait()
                actions.grant_bail(pk, by=person, now=now, decided_on="2026-04-03")
            answers.append("granted")
        except IllegalMove as why:
            answers.append(str(why))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[pk]) for pk in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [HERE_ALREADY, "granted"]


def test_the_same_person_may_be_on_bail_in_two_cases(client, bail, lawyer, office):
    elsewhere = CaseMake(office=office)
    again = AccusedMake(case=elsewhere, perpetrator=bail.accused.perpetrator)
    other = BailOrderMake(case=elsewhere, accused=again, proceeding=ProceedingMake(case=elsewhere))
    with viewing_as(lawyer):
        assert BailOrder.objects.count() == 1
    assert grant(client, lawyer, bail).status_code == 302
    assert other.status == "SOUGHT"
