"""More than one way out: mail is down, what is urgent reaches each telephone, a killed call arrives once."""

import pytest

from accounts.roles import Role
from notifications.models import Endpoint
from tests.factories import arranging
from tests.faults.telephones import Telephones
from tests.faults.test_kills import first_death


@pytest.fixture
def telephones(rig):
    telephones = Telephones()
    rig.more = telephones.environment
    yield telephones
    telephones.close()


def telephone(user, number, now):
    """A verified telephone of hers."""
    endpoint = Endpoint(user=user, kind="sms", verified_at=now, label="mine")
    endpoint.seal_address(number)
    with arranging():
        endpoint.save(force_insert=True)


def test_mail_is_down_and_the_telephones_ring_once(scenario, telephones):
    """The worker dies with a text message handed over; sent again under the same key, it arrives once."""
    scenario.letterbox.down()
    worker = scenario.rig.worker("mortal", failpoints="after_call:2", seats=1)
    worker.start()
    world = scenario.world(cases=1, hearings=False)
    leads = [world.leads[office.pk][Role.LEGAL_LEAD] for office in world.offices]
    for number, lead in enumerate(leads):
        telephone(lead, f"+6391755500{number:02d}", scenario.clock.now())
    for case in world.cases:
        world.released(case)
    scenario.mark()
    scenario.wait(first_death(worker), "a sender has died")
    worker.kill()
    scenario.leases_end()
    scenario.rig.worker("next").start()

    scenario.wait(lambda: all_rang(scenario), "what is urgent has left by telephone")

    scenario.outside = scenario.inbox
    assert len(telephones.texts) == len(set(telephones.texts))
    assert {to for to, _text in telephones.texts.values()} == {
        f"+6391755500{n:02d}" for n in range(len(leads))
    }
    assert not scenario.letterbox.letters
    verdict = scenario.oracle.judge()
    scenario.note = f"mail down; {len(telephones.texts)} texts, {telephones.calls.total()} calls"
    scenario.finish(verdict)
    assert verdict.inbox_right, verdict.words()


def all_rang(scenario):
    """Every urgent item of somebody with a telephone has gone there."""
    waiting = scenario.oracle.asked("urgent not by telephone")
    told = scenario.oracle.asked("telephones that rang")
    return told[0] > 0 and not waiting
