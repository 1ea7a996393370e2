"""What is told, to whom, how often, and what never is."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from audit.actions import record
from cases.models import Assignment, Case, Note
from hooks import actions, sending
from hooks.models import Delivery, Webhook
from hooks.signing import PREFIX, shown
from ijm_cases.outgoing import Unanswered
from tests.factories import CaseMake, InsiderMake, NoteMake, OperationMake, PlacementMake

NOW = timezone.now()


@pytest.fixture
def written(looking):
    """Something was done to this record by this person."""

    def write(verb, row, by, **detail):
        with looking(by):
            event = record(verb, by=by, subject=row, **detail)
        Webhook.objects.update(past_xid=0, past_id=0)  # the transaction of the test has only one place
        return event

    return write


def states(hook):
    return sorted(hook.deliveries.values_list("state", flat=True))


def test_a_message_says_ids_a_verb_and_a_moment_and_is_signed(case, director, written, hook_of, receiver):
    hook = hook_of(director)
    note = NoteMake(case=case, text="Her name is Maria")
    written("note.add", note, director)
    assert sending.send_due(post=receiver) == 1
    (got,) = receiver.got
    facts = json.loads(got.body)
    assert facts.keys() == {"id", "webhook", "event", "verb", "at", "case", "record"}
    assert (facts["verb"], facts["case"]) == ("note.add", str(case.pk))
    assert facts["record"].keys() == {"kind", "id", "address"}
    assert facts["record"]["address"].endswith(f"/api/v1/notes/{note.pk}/")
    for word in ("Maria", case.number, case.title, director.name, director.email):
        assert word.encode() not in got.body
    secret = base64.b64decode(shown(hook.secrets(NOW)[0]).removeprefix(PREFIX))
    signed = f"{got.headers['Webhook-Id']}.{got.headers['Webhook-Timestamp']}.".encode() + got.body
    mine = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert got.headers["Webhook-Signature"] == f"v1,{mine}"
    assert facts["id"] == got.headers["Webhook-Id"] == str(hook.deliveries.get().pk)
    assert sending.send_due(post=receiver) == 0
    assert states(hook) == ["sent"]


def test_only_what_the_owner_reads_is_told_and_only_what_was_chosen(
    case, other_office, director, alice, social_worker, legal_lead, written, hook_of, receiver
):
    mine, theirs = hook_of(legal_lead, ["note.add", "operation.*", "placement.*"]), hook_of(alice)
    seen = NoteMake(case=case)
    elsewhere = NoteMake(case=CaseMake(office=other_office))
    sealed = NoteMake(case=CaseMake(office=case.office, sensitivity=2))
    plan = OperationMake(case=case, status="planned", outcome="")
    InsiderMake(case=case, operation=plan, user=director)
    for row in (seen, elsewhere, sealed):
        written("note.add", row, director)
    written("operation.edit", plan, director, version=1)
    written("placement.start", PlacementMake(case=case), social_worker, kind="shelter", against="")
    written("task.add", case, director)
    sending.send_due(post=receiver)
    told = [json.loads(one.body) for one in receiver.got]
    assert [(one["webhook"], one["record"]["id"]) for one in told] == [(str(mine.pk), str(seen.pk))]
    assert not theirs.deliveries.exists(), "who reads no trail hears of her own deeds alone"


def test_it_is_asked_again_at_the_moment_of_sending(case, director, written, hook_of, receiver):
    hook = hook_of(director)
    written("note.add", NoteMake(case=case), director)
    sending.gather(hook.pk, now=NOW)
    assert states(hook) == ["queued"]
    Case._base_manager.filter(pk=case.pk).update(sensitivity=2)
    assert sending.send_due(post=receiver) == 0
    assert receiver.got == []
    assert states(hook) == ["withheld"]


def test_a_receiver_that_fails_is_left_alone_longer_each_time_and_nobody_else_waits(
    case, director, legal_lead, written, hook_of
):
    broken, works = hook_of(director), hook_of(legal_lead)
    written("note.add", NoteMake(case=case), director)
    tried = []

    def post(url, body, *, headers):
        if json.loads(body)["webhook"] == str(broken.pk):
            tried.append(headers["Webhook-Id"])
            raise Unanswered("TimeoutError")
        return type("Answer", (), {"status": 200, "headers": {}})

    start, rests = timezone.now(), []
    for _round in range(4):
        sending.send_due(now=start, post=post)
        broken.refresh_from_db()
        rests.append((broken.rest_until_at - start).total_seconds())
        sending.send_due(now=start, post=post)  # it rests: nothing is tried
        start = broken.rest_until_at + timedelta(hours=1)
    assert states(works) == ["sent"]
    assert (len(tried), len(set(tried))) == (4, 1), "the same id each time"
    assert rests[3] > rests[0]
    assert states(broken) == ["queued"]


def test_after_days_without_an_answer_it_is_switched_off_and_those_who_keep_it_hear_of_it(
    case, director, administrator, written, hook_of, receiver, settings, looking
):
    hook = hook_of(director)
    written("note.add", NoteMake(case=case), director)
    receiver.status = 503
    sending.send_due(now=NOW, post=receiver)
    later = NOW + timedelta(days=settings.WEBHOOK_FAILING_DAYS, hours=2)
    sending.send_due(now=later, post=receiver)
    hook.refresh_from_db()
    assert hook.stopped_at == later
    (letter,) = mail.outbox
    assert letter.to == [administrator.email]
    assert hook.label not in letter.body + letter.subject
    assert director.name not in letter.body
    asked = len(receiver.got)
    sending.send_due(now=later + timedelta(days=1), post=receiver)
    assert len(receiver.got) == asked
    receiver.status = 200
    with looking(administrator):
        actions.resume_hook(hook.pk, by=administrator, now=later)
    assert sending.send_due(now=later + timedelta(days=1), post=receiver) == 1


def test_what_is_refused_again_and_again_is_given_up_and_can_be_sent_again(
    case, director, written, hook_of, receiver, looking
):
    hook = hook_of(director)
    written("note.add", NoteMake(case=case), director)
    receiver.status, now = 422, NOW
    for _try in range(actions.REFUSED_FOR_GOOD):
        sending.send_due(now=now, post=receiver)
        now += timedelta(hours=1)
    assert (states(hook), Webhook.objects.get(pk=hook.pk).failures) == (["dead"], 0)
    with looking(director):
        actions.resend_hook(hook.pk, by=director, now=now)
    receiver.status = 200
    assert sending.send_due(now=now, post=receiver) == 1
    receiver.status = 410
    written("note.add", NoteMake(case=case), director)
    sending.send_due(now=now, post=receiver)
    assert Webhook.objects.get(pk=hook.pk).stopped_at, "a receiver that says it is gone is gone"


def test_what_a_killed_worker_held_is_sent_again_under_the_same_id(
    case, director, written, hook_of, receiver
):
    hook = hook_of(director)
    written("note.add", NoteMake(case=case), director)
    sending.gather(hook.pk, now=NOW)
    actions.claim_deliveries(hook.pk, now=NOW, limit=5)
    assert sending.send_due(now=NOW, post=receiver) == 0
    assert sending.send_due(now=NOW + actions.LEASE * 2, post=receiver) == 1
    row = Delivery.objects.get()
    assert (row.tries, receiver.got[0].headers["Webhook-Id"]) == (2, str(row.pk))


def test_after_a_change_of_the_secret_both_sign_for_a_day(
    case, director, written, hook_of, receiver, looking
):
    hook = hook_of(director)
    with looking(director):
        actions.rotate_hook(hook.pk, by=director, now=NOW)
    written("note.add", NoteMake(case=case), director)
    sending.send_due(now=NOW, post=receiver)
    written("note.add", NoteMake(case=case), director)
    sending.send_due(now=NOW + actions.OVERLAP, post=receiver)
    assert [len(one.headers["Webhook-Signature"].split()) for one in receiver.got] == [2, 1]


def test_who_has_left_hears_nothing(case, director, legal_lead, written, hook_of, receiver, looking):
    hook = hook_of(director)
    written("note.add", NoteMake(case=case), legal_lead)
    director.is_active = False
    director.save(update_fields=["is_active"])
    assert sending.send_due(post=receiver) == 0
    assert not hook.deliveries.exists()
    assert Note._base_manager.filter(case=case).exists()
    assert not Assignment._base_manager.filter(user=director).exists()
