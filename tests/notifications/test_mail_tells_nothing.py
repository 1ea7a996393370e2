"""Golden test of everything that leaves the house, in every language."""

import re
from uuid import UUID

import pytest

from notifications.channels.channel import Outgoing
from notifications.channels.mail import compose
from notifications.sending import send_due
from tests.factories import AccusedMake, BailOrderMake, ProceedingMake, SurvivorMake
from tests.notifications.conftest import fact, hearing_at, local

NOW = local("2026-12-01T10:00")
# Nothing that tells what kind of news it is, in English or Spanish.
DENIED = re.compile(
    r"\b(case|court|judge|hearing|bail|arrest|accused|suspect|perpetrator|traffick\w*|victim|survivor|witness|"
    r"verdict|acquit\w*|convict\w*|prison|custody|police|lawyer|abuse|child\w*|rescue|operation|shelter|review|"
    r"aftercare|offence|charge|crime|justice|ijm|alert|reminder|name|releas\w*|rape\w*|slave\w*|prosecut\w*|"
    r"caso|tribunal|corte|juez|jueza|audiencia|fianza|arresto|detenci\w+|acusad\w+|imputad\w+|v[ií]ctima|"
    r"sobreviviente|testigo|sentencia|absuelt\w+|condenad\w+|prisi[oó]n|polic[ií]a|abogad\w+|abuso|ni[ñn][oa]s?|"
    r"rescate|operativo|refugio|delito|justicia|alerta|recordatorio|nombre|liberad\w+|libertad|trata|fiscal\w*|"
    r"albergue|hogar|violaci[oó]n|esclav\w+)\b",
    re.IGNORECASE,
)
GOLDEN = {
    ("en", True): (
        "Maple: action needed, ref KQWRT",
        "Maple: 1 item needs you now.\n\n"
        "Sign in to read it: https://desk.example.org/r/KQWRT/\n\n"
        "Reference KQWRT, 1 Dec 2026, 10:00\n",
    ),
    ("en", False): (
        "Maple: 3 items for you, ref KQWRT",
        "Maple: 3 new items wait for you.\n\n"
        "Sign in to read it: https://desk.example.org/r/KQWRT/\n\n"
        "Reference KQWRT, 1 Dec 2026, 10:00\n",
    ),
}


def outgoing(language="en", *, urgent=True):
    return Outgoing(
        token=UUID(int=3), message=UUID(int=2), address="x@example.org", language=language, alias="Maple",
        time_zone="Asia/Manila", code="KQWRT", count=1 if urgent else 3, urgent=urgent,
        item_id=UUID(int=1) if urgent else None, at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(("language", "urgent"), GOLDEN)
def test_the_words_are_these_and_no_others(settings, language, urgent):
    settings.SITE_URL = "https://desk.example.org"

    mail = compose(outgoing(language, urgent=urgent))

    assert (mail.subject, mail.body) == GOLDEN[(language, urgent)]
    assert mail.extra_headers["Message-ID"] == "<00000000-0000-0000-0000-000000000002@localhost>"


def test_mail_of_a_real_case_holds_none_of_it(case, lawyer, social_worker, sweep, mailoutbox):
    survivor = SurvivorMake(case=case, pseudonym="Maya Secret")
    accused = AccusedMake(case=case, name="Rodrigo Secret")
    proceeding = ProceedingMake(case=case, court="Secret Court", docket="SECRET-1")
    bail = BailOrderMake(
        case=case, accused=accused, proceeding=proceeding, status="GRANTED", decided_on="2026-12-01"
    )
    fact("bail.grant", lawyer, bail)
    hearing = hearing_at(case, "2026-12-03T13:37", who_goes=lawyer, proceeding=proceeding, room="Secret 7")

    sweep(NOW)
    sweep(local("2026-12-01T14:00"))
    send_due()

    assert len(mailoutbox) >= 3
    for mail in mailoutbox:
        text = mail.message().as_string().lower()
        names = ["secret", lawyer.name, case.number, case.title, case.office.name, case.office.city or "cebu"]
        keys = [case.pk, survivor.pk, accused.pk, bail.pk, hearing.pk]
        assert not [word for word in [*names, *keys, "13:37"] if str(word).lower() in text]
        assert case.office.alias.lower() in text
        assert not DENIED.findall(f"{mail.subject} {mail.body}")
