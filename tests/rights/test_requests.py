"""What a survivor asks about her record: written down, answered in words, late ones told."""

from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.states import LegalStatus
from rights import actions
from rights.models import Correction, Review, RightsRequest

TODAY = timezone.now().date


def asked(by, survivor, **more):
    facts = {
        "kind": "erase",
        "asker": "self",
        "what": "Erase what Zylphania said",
        "asked_on": TODAY(),
        **more,
    }
    with viewing_as(by):
        return actions.ask_right(survivor.pk, by=by, now=timezone.now(), **facts)


def test_a_social_worker_writes_a_request_down_and_a_lead_answers_it(
    browse, survivor, social_worker, lawyer, safeguarding_lead
):
    add = reverse("rights:request-add", args=[survivor.pk])
    assert browse(social_worker, add).status_code == 200
    assert (
        browse(social_worker, add, {"kind": "correct", "asker": "self", "asked_on": TODAY()}).status_code
        == 422
    )
    facts = {"kind": "restrict", "asker": "self", "what": "Not Quorvex", "asked_on": TODAY() - timedelta(40)}
    done = browse(social_worker, add, facts)
    page = browse(social_worker, done.url).content.decode()
    with viewing_as(social_worker):
        assert done.url == reverse("rights:request-detail", args=[RightsRequest.objects.get().pk])
    assert "Not Quorvex" in page
    assert "Answer overdue" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text FROM rights_rightsrequest r")
        assert "Quorvex" not in str(cursor.fetchall()), "sealed"
    answer = done.url + "answer/"
    assert browse(social_worker, answer).status_code == 403
    assert browse(lawyer, done.url).status_code == 404, "who does not record survivors reads none of it"
    assert "Not Quorvex" not in browse(lawyer, survivor.get_absolute_url()).content.decode()
    assert "waits too long" in browse(safeguarding_lead, reverse("desk:home")).content.decode()
    assert "Answer overdue" in browse(safeguarding_lead, reverse("rights:request-list")).content.decode()
    assert browse(safeguarding_lead, answer, {"granted": "yes", "answer": " "}).status_code == 422
    assert (
        browse(safeguarding_lead, answer, {"granted": "yes", "answer": "Only Sita opens it"}).status_code
        == 302
    )
    assert "Only Sita opens it" in browse(social_worker, done.url).content.decode()
    assert "waits too long" not in browse(safeguarding_lead, reverse("desk:home")).content.decode()
    told = Event.objects.get(verb="right.answer").detail
    assert told == {"kind": "restrict", "granted": True, "survivor": str(survivor.pk)}


def test_what_was_answered_stays_so_and_what_is_taken_back_needs_no_answer(
    browse, survivor, social_worker, safeguarding_lead
):
    request = asked(social_worker, survivor)
    back = reverse("rights:request-withdraw", args=[request.pk])
    assert browse(social_worker, back).status_code == 200
    assert browse(social_worker, back, {}).status_code == 302
    answer = reverse("rights:request-answer", args=[request.pk])
    assert browse(safeguarding_lead, answer).status_code == 200
    late = browse(safeguarding_lead, answer, {"granted": "yes", "answer": "Yes"})
    assert late.status_code == 422
    with viewing_as(safeguarding_lead):
        assert RightsRequest.objects.get().status == "withdrawn"
        assert not Review.objects.exists()


def test_an_erasure_that_is_granted_comes_before_two_people(
    browse, survivor, social_worker, safeguarding_lead
):
    request = asked(social_worker, survivor)
    answer = reverse("rights:request-answer", args=[request.pk])
    page = browse(safeguarding_lead, answer).content.decode()
    assert ("Done as asked" in page, "A track of the case is open" in page) == (False, True)
    assert browse(safeguarding_lead, answer, {"granted": "yes", "answer": "We shall"}).status_code == 302
    page = browse(safeguarding_lead, request.get_absolute_url()).content.decode()
    assert ("Done as asked" in page, "Granted, two people decide" in page) == (False, True)
    with viewing_as(safeguarding_lead):
        review = Review.objects.get()
    assert (review.survivor_id, review.why, review.status) == (survivor.pk, "request", "waiting")
    page = browse(safeguarding_lead, reverse("rights:review-detail", args=[review.pk])).content.decode()
    assert "A track of the case is open" in page
    assert "Notes of the case that name the person stay" in page
    assert str(LegalStatus.CLOSED.label) not in page


def test_a_refused_correction_keeps_her_statement_on_her_page(
    browse, survivor, social_worker, safeguarding_lead, lawyer
):
    add = reverse("rights:correction-add", args=[survivor.pk])
    assert browse(social_worker, add).status_code == 200
    facts = {"what": "My age", "was": "15", "should_be": "I was thirteen, Wibble", "asked_on": TODAY()}
    assert browse(social_worker, add, facts).status_code == 302
    with viewing_as(safeguarding_lead):
        correction = Correction.objects.get()
    decide = reverse("rights:correction-decide", args=[correction.pk])
    assert browse(social_worker, decide).status_code == 403
    assert "Wibble" in browse(safeguarding_lead, decide).content.decode()
    assert browse(safeguarding_lead, decide, {"made": "no", "why": ""}).status_code == 422
    assert browse(safeguarding_lead, decide, {"made": "no", "why": "Her papers say 15"}).status_code == 302
    page = browse(social_worker, survivor.get_absolute_url()).content.decode()
    assert all(words in page for words in ("I was thirteen, Wibble", "Her statement", "Her papers say 15"))
    assert "Wibble" not in browse(lawyer, survivor.get_absolute_url()).content.decode()
