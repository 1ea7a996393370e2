"""A partner sees a few things of one case, for a purpose and a time, and nothing else anywhere."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.actions.sharing import end_share, open_share, share_case
from cases.models import Case, Note, Share
from cases.states import IllegalMove
from prosecutions.models import Accused, BailOrder, Hearing, Verdict
from survivors.models import Survivor
from tests.factories import (
    AccusedMake,
    AwardMake,
    BailOrderMake,
    CaseMake,
    CustodyMake,
    HearingMake,
    NoteMake,
    SurvivorMake,
    VerdictMake,
    arranging,
)
from tests.people import on_case, person

SHARED = reverse("exchange:shared-list")
DAY = timedelta(days=1)


@pytest.fixture
def partner(office):
    return person(Role.PARTNER, office, name="Pia")


def share(case, lead, partner, parts=("hearings",), **more):
    facts = {"purpose": "Joint trial", "until": timezone.now() + 10 * DAY, **more}
    with viewing_as(lead):
        return share_case(case.pk, by=lead, now=timezone.now(), user=partner, parts=list(parts), **facts)


def detail(row):
    return reverse("exchange:shared-detail", args=[row.pk])


def again(user):
    """The same person with nothing remembered."""
    return User.objects.get(pk=user.pk)


def test_a_lead_shares_a_case_by_the_form(client, case, legal_lead, partner, alice):
    client.force_login(legal_lead)
    shares = reverse("exchange:share-list", query={"case": case.pk})
    assert "Shared with nobody" in client.get(shares).content.decode()
    address = reverse("exchange:share-add", args=[case.pk])
    form = client.get(address).content.decode()
    assert "Pia" in form
    assert "Alice" not in form
    last = (timezone.localdate() + 5 * DAY).isoformat()
    answers = {"user": partner.pk, "parts": ["hearings"], "purpose": "Joint trial", "until": last}
    assert client.post(address, answers)["Location"] == shares
    with viewing_as(legal_lead):
        row = Share.objects.get()
    assert row.parts == ["case", "hearings"]
    page = client.get(shares).content.decode()
    assert "Pia" in page
    assert "Dates and outcomes of hearings" in page
    event = Event.objects.get(verb="share.start")
    assert (event.detail["user"], event.detail["parts"]) == (str(partner.pk), ["case", "hearings"])
    answer = client.post(address, answers)
    assert "shared with this partner already" in answer.content.decode()
    client.force_login(alice)
    assert client.get(address).status_code == 403
    assert client.get(shares).status_code == 403


def test_what_may_not_be_is_told_in_words(case, legal_lead, partner, colleague):
    with pytest.raises(IllegalMove, match="not a partner"):
        share(case, legal_lead, colleague)
    with pytest.raises(IllegalMove, match="from today on"):
        share(case, legal_lead, partner, until=timezone.now() + 900 * DAY)
    with pytest.raises(IllegalMove, match="from today on"):
        share(case, legal_lead, partner, until=timezone.now())


def test_a_sealed_case_is_shared_with_nobody(case, legal_lead, partner):
    row = share(case, legal_lead, partner)
    with arranging():
        Case._base_manager.filter(pk=case.pk).update(sensitivity=1)
    assert sees(partner, case)
    with arranging():
        Case._base_manager.filter(pk=case.pk).update(sensitivity=2)
    assert not sees(partner, case)
    assert row.ended_at is None


def sees(user, case):
    with viewing_as(again(user)):
        return Case.objects.filter(pk=case.pk).exists()


def test_sealing_comes_before_sharing(office, director, partner):
    sealed = CaseMake(office=office, sensitivity=2)
    on_case(director, sealed, Role.OFFICE_DIRECTOR)
    with pytest.raises(IllegalMove, match="A sealed case"):
        share(sealed, director, partner)


def test_a_partner_sees_the_allowed_fields_and_nothing_else(client, case, legal_lead, partner):
    accused = AccusedMake(case=case, name="Rey Cruz")
    HearingMake(case=case, outcome="held", note="Witness wept")
    BailOrderMake(case=case, accused=accused, note="Paid by an uncle")
    CustodyMake(case=case, accused=accused, at="City jail")
    VerdictMake(case=case, accused=accused, note="Harsh")
    AwardMake(case=case, by="Judge Lopez")
    SurvivorMake(case=case, pseudonym="Maya")
    NoteMake(case=case, text="Secret note")
    row = share(case, legal_lead, partner, ["hearings", "bail", "verdicts"])
    client.force_login(partner)
    home = client.get(SHARED).content.decode()
    assert case.number in home
    page = client.get(detail(row)).content.decode()
    for word in (
        case.number,
        "Joint trial",
        "Hearings",
        "Bail",
        "Custody",
        "Verdicts",
        "Compensation",
        "Accused 1",
    ):
        assert word in page
    hidden = (
        "Rey Cruz",
        "Maya",
        "Secret note",
        "wept",
        "uncle",
        "City jail",
        "Harsh",
        "Lopez",
        "Harbour Road",
    )
    assert [word for word in hidden if word in page + home] == []
    for address in ("/cases/", "/survivors/", "/search/", "/notifications/"):
        assert f'href="{address}' not in page


def test_each_look_stands_in_the_trail_of_the_case(client, case, legal_lead, partner):
    row = share(case, legal_lead, partner)
    client.force_login(partner)
    client.get(detail(row))
    event = Event.objects.get(verb="share.open")
    assert (event.actor_id, event.case_id, event.detail["parts"]) == (
        partner.pk,
        case.pk,
        ["case", "hearings"],
    )
    client.force_login(legal_lead)
    trail = client.get(reverse("cases:case-trail", args=[case.pk])).content.decode()
    assert "Pia looked at what was shared" in trail
    assert "Lena shared the case with a partner" in trail


def test_parts_that_were_not_shared_stay_shut_in_both_locks(case, legal_lead, partner):
    accused = AccusedMake(case=case)
    HearingMake(case=case)
    BailOrderMake(case=case, accused=accused)
    VerdictMake(case=case, accused=accused)
    SurvivorMake(case=case)
    NoteMake(case=case)
    share(case, legal_lead, partner, ["hearings"])
    with viewing_as(again(partner)):
        for model, rows in ((Case, 1), (Hearing, 1), (Share, 1), (BailOrder, 0), (Verdict, 0), (Accused, 0),
                            (Survivor, 0), (Note, 0)):  # fmt: skip
            assert model.objects.count() == rows, model
            assert model._base_manager.count() == rows, model


def test_a_partner_changes_nothing_not_even_her_own_share(case, legal_lead, partner):
    row = share(case, legal_lead, partner)
    with viewing_as(again(partner)):
        assert Share._base_manager.filter(pk=row.pk).update(until=timezone.now() + 900 * DAY) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Share._base_manager.create(
                case_id=case.pk, user=partner, by=partner, parts=["bail"], purpose="x",
                until=timezone.now() + DAY, office_id=case.office_id, sensitivity=0,
            )  # fmt: skip


def test_it_ends_at_once_or_on_its_day(client, case, legal_lead, partner):
    row = share(case, legal_lead, partner)
    client.force_login(legal_lead)
    address = reverse("exchange:share-end", args=[row.pk])
    assert "End what is shared with Pia?" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 422
    assert Event.objects.get(verb="share.end").detail == {"user": str(partner.pk)}
    assert "Before" in client.get(reverse("exchange:share-list", query={"case": case.pk})).content.decode()
    client.force_login(partner)
    assert client.get(detail(row)).status_code == 404
    assert "Nothing is shared with you" in client.get(SHARED).content.decode()
    assert not sees(partner, case)
    with viewing_as(legal_lead), pytest.raises(IllegalMove, match="ended already"):
        end_share(row.pk, by=legal_lead, now=timezone.now())


def test_another_partner_and_another_case_are_404(client, office, case, legal_lead, partner):
    row = share(case, legal_lead, partner)
    other = person(Role.PARTNER, office, name="Otto")
    client.force_login(other)
    assert client.get(detail(row)).status_code == 404
    assert case.number not in client.get(SHARED).content.decode()
    with viewing_as(again(other)), pytest.raises(Share.DoesNotExist):
        open_share(row.pk, by=other, now=timezone.now())


def test_a_partner_reaches_no_other_page(client, case, legal_lead, partner):
    share(case, legal_lead, partner)
    client.force_login(partner)
    for name in (
        "cases:case-list",
        "prosecutions:hearing-list",
        "exchange:export-list",
        "survivors:survivor-list",
    ):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("exchange:share-list"), {"case": case.pk}).status_code == 403
    assert client.get(reverse("cases:case-edit", args=[case.pk])).status_code == 403
    hidden = CaseMake(office=case.office)
    assert client.get(reverse("cases:case-edit", args=[hidden.pk])).status_code == 404


def test_colleagues_do_not_have_the_page_of_partners(client, case, legal_lead, partner):
    row = share(case, legal_lead, partner)
    client.force_login(legal_lead)
    assert client.get(SHARED).status_code == 403
    assert client.get(detail(row)).status_code == 403
    assert client.get(reverse("exchange:share-list")).status_code == 404


def test_a_partner_comes_home_to_what_is_shared(client, partner):
    client.force_login(partner)
    assert client.get("/")["Location"] == SHARED
