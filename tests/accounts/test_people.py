import re
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import Refused, ensure_principals, start_membership
from accounts.models import Duty, Membership, Office, User
from accounts.roles import Can, Role, roles_that_can
from accounts.scope import viewing_as
from audit.models import Event
from tests.factories import PASSWORD, DutyMake, MembershipMake, UserMake
from tests.people import person, sign_in

NAMED = {"name": "Nena Cruz", "email": "Nena@example.org", "language": "en"}
PAGES = ["person-list", "person-invite", "office-list", "office-add"]


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize("page", PAGES)
def test_only_an_administrator_manages_people(client, administrator, director, page):
    client.force_login(director)
    assert client.get(reverse(f"accounts:{page}")).status_code == 403
    client.force_login(administrator)
    assert client.get(reverse(f"accounts:{page}")).status_code == 200


def test_an_administrator_sees_no_case(client, administrator, case):
    client.force_login(administrator)
    assert client.get(reverse("desk:case-page", args=[case.pk])).status_code == 404


def test_inviting_makes_an_account_that_chooses_its_password_by_mail(
    client, administrator, office, django_capture_on_commit_callbacks
):
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("accounts:person-invite"), {**NAMED, "role": "lawyer", "office": office.pk}
        )
    invited = User.objects.get(email="nena@example.org")
    assert answer["Location"] == reverse("accounts:person-detail", args=[invited.pk])
    assert not invited.has_usable_password()
    assert verbs() == ["person.invite", "membership.start", "invitation.send"]
    assert "Nena" not in mail.outbox[0].body
    assert "Cebu" not in mail.outbox[0].body
    client.logout()
    link = re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    done = client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert done["Location"] == reverse("accounts:factor-choose")
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)


def test_the_same_address_is_refused_in_words(client, administrator, office):
    UserMake(email="nena@example.org")
    client.force_login(administrator)
    answer = client.post(reverse("accounts:person-invite"), {**NAMED, "role": "lawyer", "office": office.pk})
    assert answer.status_code == 422
    assert "has an account already" in answer.content.decode()


def test_a_lawyer_needs_an_office_and_an_auditor_gets_none(client, administrator, office):
    client.force_login(administrator)
    answer = client.post(reverse("accounts:person-invite"), {**NAMED, "role": "lawyer"})
    assert answer.status_code == 422
    assert "Choose the office" in answer.content.decode()
    client.post(reverse("accounts:person-invite"), {**NAMED, "role": "auditor", "office": office.pk})
    assert Membership.objects.get(role="auditor", user__email="nena@example.org").office is None
    with pytest.raises(Refused):
        start_membership(administrator.pk, by=administrator, role="lawyer", office=None, now=None)


def test_a_role_is_added_once_and_ended(client, administrator, director, office, other_office):
    client.force_login(administrator)
    page = reverse("accounts:membership-start", args=[director.pk])
    assert client.post(page, {"role": "lawyer", "office": other_office.pk}).status_code == 302
    assert client.post(page, {"role": "lawyer", "office": other_office.pk}).status_code == 422
    added = Membership.objects.get(user=director, office=other_office)
    assert client.get(reverse("accounts:person-detail", args=[director.pk])).status_code == 200
    for _twice in range(2):
        client.post(reverse("accounts:membership-end", args=[added.pk]))
    added.refresh_from_db()
    assert added.ended_at
    assert verbs() == ["membership.start", "membership.end"]


def test_an_administrator_cannot_lock_herself_out(client, administrator):
    client.force_login(administrator)
    own = administrator.memberships.get()
    page = client.post(reverse("accounts:membership-end", args=[own.pk]), follow=True)
    assert "Another administrator" in page.content.decode()
    page = client.post(reverse("accounts:person-end", args=[administrator.pk]), follow=True)
    assert "Another administrator" in page.content.decode()
    own.refresh_from_db()
    assert own.ended_at is None


def test_a_closed_account_sees_nothing_and_cannot_sign_in(client, administrator, alice):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    client.force_login(administrator)
    assert client.get(reverse("accounts:person-end", args=[alice.pk])).status_code == 200
    client.post(reverse("accounts:person-end", args=[alice.pk]))
    assert "Closed" in client.get(reverse("accounts:person-list")).content.decode()
    client.logout()
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert not alice.memberships.filter(ended_at=None).exists()


def test_editing_a_person(client, administrator, alice):
    client.force_login(administrator)
    page = reverse("accounts:person-edit", args=[alice.pk])
    assert "Alice" in client.get(page).content.decode()
    client.post(page, {"name": "Alicia", "language": "es"})
    alice.refresh_from_db()
    assert (alice.name, alice.language) == ("Alicia", "es")


def test_the_list_of_people_costs_the_same_for_one_and_many_and_is_searched(client, administrator, office):
    client.force_login(administrator)

    def look():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("accounts:person-list")).content.decode()
        return page, len(queries)

    look()
    _page, few = look()
    for turn in range(8):
        person(Role.LAWYER, office, name=f"Rosa {turn}")
    page, many = look()
    assert few == many
    assert "Rosa 7" in page
    page = client.get(reverse("accounts:person-list"), {"text": "rosa 3"}).content.decode()
    assert "Rosa 3" in page
    assert "Rosa 7" not in page


OFFICE = {
    "key": "lima", "name": "Lima", "alias": "Desk L", "city": "Lima", "country": "pe", "region": "",
    "time_zone": "America/Lima", "currency": "pen", "languages": "es, qu", "opened": "2004",
}  # fmt: skip


def test_an_office_is_added_and_changed(client, administrator):
    client.force_login(administrator)
    assert client.post(reverse("accounts:office-add"), OFFICE).status_code == 302
    lima = Office.objects.get(key="lima")
    assert (lima.country, lima.currency, lima.languages) == ("PE", "PEN", ["es", "qu"])
    page = reverse("accounts:office-edit", args=[lima.pk])
    assert "es, qu" in client.get(page).content.decode()
    client.post(page, {**OFFICE, "key": "other", "name": "Lima Norte"})
    lima.refresh_from_db()
    assert (lima.name, lima.key) == ("Lima Norte", "lima")


@pytest.mark.parametrize(("field", "wrong"), [("time_zone", "Lima"), ("currency", "XXZ"), ("country", "P1")])
def test_an_office_needs_a_real_clock_country_and_money(client, administrator, field, wrong):
    client.force_login(administrator)
    answer = client.post(reverse("accounts:office-add"), {**OFFICE, field: wrong})
    assert answer.status_code == 422
    assert "such as" in answer.content.decode()


def test_one_duty_officer_at_a_time(client, administrator, office, director, legal_lead):
    client.force_login(administrator)
    page = reverse("accounts:duty-set", args=[office.pk])
    week = {"person": director.pk, "first": "2027-01-04", "last": "2027-01-10"}
    assert client.post(page, week).status_code == 302
    clash = client.post(page, {"person": legal_lead.pk, "first": "2027-01-10", "last": "2027-01-16"})
    assert clash.status_code == 422
    assert "Somebody else is on duty" in clash.content.decode()
    backwards = client.post(page, {**week, "first": "2027-02-10", "last": "2027-02-01"})
    assert "before the first" in backwards.content.decode()
    assert client.post(page, {**week, "first": "2027-01-11", "last": "2027-01-17"}).status_code == 302
    ends = [duty.days.upper for duty in Duty.objects.order_by("days")]
    assert ends == [date(2027, 1, 11), date(2027, 1, 18)]
    DutyMake(office=office, user=legal_lead)
    assert legal_lead.name in client.get(reverse("accounts:office-list")).content.decode()


def test_people_choose_their_language(client, alice):
    client.force_login(alice)
    assert client.get(reverse("accounts:preferences")).status_code == 200
    client.post(reverse("accounts:preferences"), {"language": "es"})
    alice.refresh_from_db()
    assert (alice.language, alice.shortcuts) == ("es", False)
    assert 'lang="es"' in client.get(reverse("accounts:preferences")).content.decode()
    assert client.post(reverse("accounts:preferences"), {"language": "xx"}).status_code == 422


def test_nobody_signs_up_and_no_principal_signs_in(client, db):
    ensure_principals()
    assert "password1" not in client.get("/accounts/signup/").content.decode()
    principal = User.objects.get(principal="loader")
    principal.set_password(PASSWORD)
    principal.save(update_fields=["password"])
    client.post(reverse("account_login"), {"login": principal.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_signing_in_leads_home(client, alice):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    assert sign_in(client, alice)["Location"] == reverse("desk:home")


def test_an_ended_role_gives_nothing(office):
    ended = MembershipMake(office=office, role=Role.OFFICE_DIRECTOR).user
    ended.memberships.update(ended_at="2026-01-01T00:00Z")
    assert not ended.can(Can.VIEW_CASE)
    assert Role.OFFICE_DIRECTOR in roles_that_can(Can.VIEW_CASE)


@pytest.mark.parametrize(("first", "end", "on_duty"), [(10, 17, True), (11, 18, True), (3, 11, False)])
def test_duty_changes_at_midnight_of_the_office_and_not_of_greenwich(office, legal_lead, first, end, on_duty):
    """At 23:00 UTC of the 10th it is 07:00 of the 11th in Manila."""
    DutyMake(office=office, user=legal_lead, days=(date(2026, 3, first), date(2026, 3, end)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.now', '2026-03-10T23:00:00+00:00', true)")
    assert Duty.objects.current().exists() is on_duty
    assert User.objects.get(pk=legal_lead.pk).duties.current().exists() is on_duty


def test_each_office_counts_its_own_day(office, other_office, director, legal_lead):
    """The same night: the duty of Manila's new day has begun, that of Accra has not."""
    days = (date(2026, 3, 11), date(2026, 3, 18))
    manila = DutyMake(office=office, user=legal_lead, days=days)
    DutyMake(office=other_office, user=director, days=days)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.now', '2026-03-10T23:00:00+00:00', true)")
    assert list(Duty.objects.current()) == [manila]


def test_nobody_gives_herself_a_role(administrator, office):
    with viewing_as(administrator), pytest.raises(Refused, match="Another administrator"):
        start_membership(
            administrator.pk, by=administrator, role=Role.OFFICE_DIRECTOR, office=office, now=timezone.now()
        )
    assert administrator.memberships.count() == 1
