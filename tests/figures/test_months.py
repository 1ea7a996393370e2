"""Frozen months: counted once for all, sealed, signed, never changed; what comes late is a correction."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from audit.actions import record
from audit.keys import Signer
from audit.models import Event
from cases.states import IllegalMove
from figures.actions import sign_month
from figures.models import MonthCase, MonthFigure, MonthSheet
from figures.months import jumps
from figures.months_count import count_ended_months, count_month
from figures.months_seal import seal_month
from figures.months_verify import findings_of, sheets
from tests.factories import CaseMake, HearingMake, OperationMake, TaskMake
from tests.people import person

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
# 00:30 of 1 November in Manila: still October in London.
JUST_OVER = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)
IN_DECEMBER = datetime(2026, 12, 2, tzinfo=UTC)


@pytest.fixture
def director(office):
    return person(Role.OFFICE_DIRECTOR, office, name="Dina")


@pytest.fixture
def relieved(case):
    """Fourteen people in October, two of them in a sealed case."""
    OperationMake(case=case, on="2026-10-04", relieved=12)
    sealed = CaseMake(office=case.office, number="CEB-2026-0099", sensitivity=2)
    OperationMake(case=sealed, on="2026-10-20", relieved=2)
    OperationMake(case=case, on="2026-09-30", relieved=5)
    return case


def line(sheet, name="people_relieved", month=OCTOBER):
    return lines_of(sheet).get(name=name, month=month)


def lines_of(sheet):
    return MonthFigure._base_manager.filter(sheet=sheet)


def late_fact(case, relieved=2, on="2026-10-30"):
    """What became known in November, written down as every action does."""
    operation = OperationMake(case=case, on=on, relieved=relieved)
    with viewing_as(person(Role.INVESTIGATOR, case.office)) as who:
        record("operation.record", by=who, subject=TaskMake(case=case), case_id=case.pk, outcome="success")
    return operation


def test_a_month_is_frozen_once_by_the_clock_of_its_office_and_counts_for_all(relieved, office, director):
    before = JUST_OVER.replace(hour=15)
    assert count_ended_months(before) == 1  # September
    assert [count_ended_months(JUST_OVER), count_ended_months(JUST_OVER)] == [1, 0]
    event = Event.objects.filter(verb="month.count").order_by("-id")[0]
    with viewing_as(director):
        sheet = MonthSheet.objects.select_related("previous").get(month=OCTOBER)
        assert (sheet.as_of, sheet.previous.month) == (date(2026, 10, 31), date(2026, 9, 1))
        assert line(sheet).low == 14  # what few may see counts for all
        assert line(sheet.previous, month=date(2026, 9, 1)).low == 5
        assert list(MonthCase.objects.filter(sheet=sheet).values_list("case__number", flat=True).distinct())
        assert not MonthCase.objects.filter(case__sensitivity=2).exists()  # but names itself to none of them
        assert not lines_of(sheet).exclude(month=OCTOBER).exists()
    assert event.detail == {"month": "2026-10-01", "digest": sheet.digest}
    with viewing_as(person(Role.CASEWORKER, office)):
        assert not MonthSheet.objects.exists()


def test_what_comes_late_is_a_correction_on_the_next_sheet_and_changes_nothing(
    relieved, office, director, client
):
    frozen = count_month(office.pk, OCTOBER, JUST_OVER)
    late_fact(relieved)
    client.force_login(director)
    page = client.get(reverse("figures:month-compare", args=[frozen.pk, "people_relieved"])).content.decode()
    assert "the sheets say 12, the records say 14 today" in page
    assert relieved.number in page
    assert "CEB-2026-0099" not in page
    following = count_month(office.pk, NOVEMBER, IN_DECEMBER)
    assert line(frozen).low == 14
    corrected = line(following)
    assert (corrected.was_low, corrected.low) == (14, 16)
    assert line(following, month=NOVEMBER).low == 0
    page = client.get(following.get_absolute_url()).content.decode()
    assert "October 2026: People relieved" in page
    assert "was 14, corrected by +2, is 16" in page
    assert "+2 in November 2026" in client.get(frozen.get_absolute_url()).content.decode()
    page = client.get(reverse("figures:month-compare", args=[frozen.pk, "people_relieved"])).content.decode()
    assert "The records say what the sheets say" in page
    december = count_month(office.pk, date(2026, 12, 1), datetime(2027, 1, 2, tzinfo=UTC))
    assert not lines_of(december).exclude(month=date(2026, 12, 1)).exists()


def test_the_database_refuses_every_change_whoever_asks(relieved, office, director, database_roles):
    sheet = count_month(office.pk, OCTOBER, JUST_OVER)
    for statement in (
        "UPDATE figures_monthfigure SET low = 99",
        "UPDATE figures_monthsheet SET digest = repeat('0', 64)",
        "UPDATE figures_monthcase SET low = 99",
    ):
        refused = pytest.raises(DatabaseError, match="not changed")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with viewing_as(director):
        for attempt in (
            lambda: MonthFigure(sheet=sheet, name="x", month=OCTOBER, definition="x").save(),
            lambda: MonthSheet(office=office, month=NOVEMBER, as_of=NOVEMBER, digest="0" * 64,
                               cases_digest="0" * 64).save(),
        ):  # fmt: skip
            with pytest.raises(DatabaseError, match="only the figures principal"), transaction.atomic():
                attempt()
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            seal_month(cursor, Signer(bytes(32)))


def test_a_director_signs_with_a_word_where_a_figure_jumped(
    relieved, office, other_office, director, client, alice
):
    count_month(office.pk, date(2026, 9, 1), JUST_OVER)
    for day in range(1, 13):
        HearingMake(case=relieved, on=f"2026-10-{day:02}", starts_at=None, local_time=None)
    sheet = count_month(office.pk, OCTOBER, JUST_OVER)
    client.force_login(director)
    address = reverse("figures:month-sign", args=[sheet.pk])
    page = client.get(address).content.decode()
    assert "Moved far since the month before" in page
    assert "0 before, 12 now" in page
    page = client.post(address, {"note": ""})
    assert page.status_code == 422
    assert "say why" in page.content.decode()
    assert client.post(address, {"note": "The new court sat."})["Location"] == sheet.get_absolute_url()
    page = client.get(reverse("figures:month-detail", args=[sheet.pk])).content.decode()
    assert "Dina" in page
    assert "The new court sat." in page
    assert "Whole" in page
    assert Event.objects.get(verb="month.sign").detail["month"] == "2026-10-01"
    with viewing_as(director), pytest.raises(IllegalMove, match="signed already"):
        sign_month(sheet.pk, by=director, now=JUST_OVER, note="again")
    lead = person(Role.LEGAL_LEAD, office)
    client.force_login(lead)
    page = client.get(sheet.get_absolute_url())
    assert page.status_code == 200
    assert "Survivors restored" not in page.content.decode()  # of aftercare, which her role does not see
    assert (
        client.get(reverse("figures:month-compare", args=[sheet.pk, "survivors_restored"])).status_code == 403
    )
    assert client.get(address).status_code == 403
    client.force_login(alice)
    assert client.get(sheet.get_absolute_url()).status_code == 404
    client.force_login(person(Role.OFFICE_DIRECTOR, other_office))
    assert client.get(sheet.get_absolute_url()).status_code == 404
    assert "Dina" not in client.get(reverse("figures:month-list")).content.decode()


def test_what_was_tampered_with_is_found_and_a_seal_proves_the_rest(
    relieved, office, director, settings, tmp_path, capsys
):
    first = count_month(office.pk, date(2026, 9, 1), JUST_OVER)
    count_month(office.pk, OCTOBER, JUST_OVER)
    with viewing_as(director):
        sign_month(first.pk, by=director, now=JUST_OVER, note="seen")
    late_fact(relieved)
    seals = what_waits_for_the_sealer()
    assert {what for what, _sheet, _digest in seals} == {"counted", "signed"}
    settings.AUDIT_PUBLIC_KEYS_FILE = str(tmp_path / "none")
    call_command("verify_months", "--recount")
    told = capsys.readouterr().out
    assert "late: cebu 2026-10: people_relieved : 1 cases give another number today" in told
    assert "2 sheets, 0 findings." in told
    with system_access("figures", "a test looks"):
        found = list(sheets())
    assert not list(findings_of(found[0], {}))
    lines = list(found[1].lines.all())
    lines[0].low += 1
    found[1]._prefetched_objects_cache["lines"] = lines
    assert [finding.kind for finding in findings_of(found[1], {})] == ["changed"]
    found[0].word.note = "another"
    assert [finding.kind for finding in findings_of(found[0], {})] == ["word"]


def what_waits_for_the_sealer():
    """What the sealer would sign, by its own statement."""
    from figures.months_seal import WAITING  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(WAITING.replace(" LIMIT 1", ""))
        return cursor.fetchall()


def test_what_counts_as_a_jump():
    assert [jumps(14, 16), jumps(0, 10), jumps(20, 10), jumps(100, 140), jumps(None, 10)] == [
        False, True, True, False, False,
    ]  # fmt: skip
