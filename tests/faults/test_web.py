"""The web is killed while people write; and pages stay quick when the broker is gone."""

import re
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
import requests
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import reverse

from devservices.postgres import free_port
from tests.factories import sealed

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SLOW = 5  # seconds that a page may take on a loaded machine with the broker gone; alone it is well under one


class Person:
    """Somebody with a browser, signed in; what she sends goes over a real socket to a real server."""

    def __init__(self, user, port):
        # Without a second factor she would only be led to the page where she sets one up.
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": sealed()})
        client = Client()
        client.force_login(user)
        self.site = f"http://127.0.0.1:{port}"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.cookies.set(
            settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value
        )
        self.times = []

    def schedules(self, case, proceeding, on):
        page = self.site + reverse("prosecutions:hearing-schedule", args=[case.pk])
        shown = self.session.get(page, timeout=30)
        facts = {
            "csrfmiddlewaretoken": TOKEN.search(shown.text)[1], "proceeding": proceeding.pk, "on": on,
            "local_time": "10:00", "purpose": "evidence",
        }  # fmt: skip
        began = time.monotonic()
        answer = self.session.post(page, facts, timeout=30, allow_redirects=False)
        self.times.append(time.monotonic() - began)
        return answer.status_code == 302 and "/hearings/" in answer.headers["Location"]


@pytest.fixture
def web(scenario):
    port = free_port()
    program = scenario.rig.program_named("web", bind=f"127.0.0.1:{port}").start()
    program.port = port
    scenario.wait(lambda: answers(port), "the web is up", poke=False)
    return program


def answers(port):
    with suppress(requests.RequestException):
        return requests.get(f"http://127.0.0.1:{port}/healthz/", timeout=5).status_code


def test_the_web_is_killed_while_people_write(scenario, web):
    """What was answered with yes is there; what was not, is there whole or not at all; all hear of it."""
    scenario.rig.worker().start()
    world = scenario.world(cases=2, hearings=False)
    writers = [case for case in world.cases if not case.sensitivity][:3]
    said_yes, stop = [], threading.Event()

    def write(case, who, proceeding):
        day = 40
        while not stop.is_set():
            day += 1
            on = (scenario.clock.now() + timedelta(days=day)).date()
            with suppress(requests.RequestException, TypeError):  # killed: no answer, or half a page
                if who.schedules(case, proceeding, f"{on}"):
                    said_yes.append((str(proceeding.pk), f"{on}"))

    threads = [
        threading.Thread(
            target=write, args=[case, Person(world.lawyer(case), web.port), world.proceeding(case)]
        )
        for case in writers
    ]
    for thread in threads:
        thread.start()
    for _kill in range(3):
        so_far = len(said_yes)
        scenario.wait(lambda: len(said_yes) >= so_far + 4, "people write")  # noqa: B023
        web.kill()
        web.start()
    so_far = len(said_yes)
    scenario.wait(lambda: len(said_yes) > so_far, "people write again")
    stop.set()
    for thread in threads:
        thread.join(60)
    scenario.mark()

    scenario.settle()

    there = scenario.oracle.run('SELECT proceeding_id::text, "on" FROM prosecutions_hearing')
    assert set(said_yes) <= set(there)
    assert len(there) == len(set(there))


def test_pages_stay_quick_without_a_broker(scenario, web, broker):
    world = scenario.world(cases=1, hearings=False)
    case = world.cases[0]
    lawyer = Person(world.lawyer(case), web.port)
    proceeding = world.proceeding(case)
    broker.kill()
    for day in range(8):
        on = (scenario.clock.now() + timedelta(days=40 + day)).date()
        assert lawyer.schedules(case, proceeding, f"{on}")
    scenario.note = f"slowest answer {max(lawyer.times):.2f} s"
    assert max(lawyer.times) < SLOW
    scenario.mark()
    scenario.rig.loop().start()
    scenario.settle(poke=False)
