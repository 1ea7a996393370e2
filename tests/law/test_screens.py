"""Everybody who works here reads the law; an administrator or a legal lead changes it, and says why."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Event
from law.models import ClockRule, Court, Entitlement, Jurisdiction, Offence, Revision, Travel

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    answer = client.get(reverse(f"law:{name}", args=args, query=query or None))
    assert answer.status_code == 200
    return answer.content.decode()


def row_of(code, model=Offence):
    return model.objects.get(code=code)


def fields_of(form, **changes):
    """What a browser would send of a form that was opened and changed in places."""
    sent = {}
    for bound in form:
        value = bound.value()
        if value in (None, False):
            continue
        sent[bound.html_name] = value
    return sent | changes


def opened(client, name, *args):
    answer = client.get(reverse(f"law:{name}", args=args))
    assert answer.status_code == 200
    return answer.context["form"]


def send(client, screen, /, *args, **facts):
    return client.post(reverse(f"law:{screen}", args=args), facts)


def test_the_law_is_read_by_country_part_words_and_day(client, auditor, django_assert_max_num_queries):
    client.force_login(auditor)
    assert "India" in page(client, "country-list")
    with django_assert_max_num_queries(30):
        all_of_it = page(client, "country-detail", "in")
    assert "IPC 370(2)" in all_of_it
    assert "BNS 143(2)" in all_of_it
    assert "7 years to 10 years" in all_of_it

    before = page(client, "country-detail", "IN", on="2024-06-30")
    after = page(client, "country-detail", "IN", on="2024-07-01")
    assert ("IPC 370(2)" in before, "BNS 143(2)" in before) == (True, False)
    assert ("IPC 370(2)" in after, "BNS 143(2)" in after) == (False, True)

    found = page(client, "country-detail", "in", text="143(2) trafficking")
    assert "BNS 143(2)" in found
    assert "BNS 143(3)" not in found
    assert "Default bail" in page(client, "country-detail", "IN", part="bail")
    assert "60 days" in page(client, "country-detail", "IN", part="clocks")
    assert "blockade or curfew" in page(client, "country-detail", "ZZ")
    for part in ("statutes", "tiers", "stages", "hearing-types", "reasons", "entitlements", "identifiers"):
        assert '<li class="item">' in page(client, "country-detail", "in", part=part)
    assert (
        client.get(reverse("law:country-detail", args=["in"], query={"part": "secrets"})).status_code == 404
    )
    assert client.get(reverse("law:country-detail", args=["xx"])).status_code == 404


def test_a_row_says_where_it_comes_from_what_it_replaced_and_that_nobody_changed_it(client, alice):
    client.force_login(alice)
    said = page(client, "entry-detail", "offences", row_of("BNS-143-2").pk)
    for words in (
        "BNS s.143(2)",
        "IPC 370(2)",
        "Settled",
        "Only a court may grant bail",
        "Nobody changed it here",
        "Bonded labour",
    ):
        assert words in said
    assert "Put right" not in said
    assert (
        client.get(reverse("law:entry-detail", args=["nonsense", row_of("BNS-143-2").pk])).status_code == 404
    )


@pytest.mark.parametrize("who", ["administrator", "legal_lead"])
def test_a_row_is_put_right_with_a_reason_that_stays(client, request, who):
    user = request.getfixturevalue(who)
    client.force_login(user)
    rule = row_of("IN-default-bail-60", ClockRule)
    form = opened(client, "entry-edit", "clocks", rule.pk)
    wanted = fields_of(form, days=61)

    assert send(client, "entry-edit", "clocks", rule.pk, **wanted).status_code == 422  # no reason
    answer = send(client, "entry-edit", "clocks", rule.pk, **wanted, reason="Act 9 of 2026")
    assert answer.status_code == 302

    was, rule = rule.version, ClockRule.objects.get(pk=rule.pk)
    assert (rule.days, rule.edited, rule.version) == (61, True, was + 1)
    change = Revision.objects.get(entry_id=str(rule.pk))
    assert (change.reason, change.was, change.now, change.by) == (
        "Act 9 of 2026",
        {"days": 60},
        {"days": 61},
        user,
    )
    event = Event.objects.get(verb="law.edit")
    assert (event.actor_id, event.subject_id, event.detail) == (
        user.pk,
        str(rule.pk),
        {"version": rule.version},
    )
    said = page(client, "entry-detail", "clocks", rule.pk)
    assert "Act 9 of 2026" in said
    assert "60, now 61" in said


def test_nobody_else_changes_the_law(client, lawyer, director, auditor):
    rule = row_of("IN-default-bail-60", ClockRule)
    for user in (lawyer, director, auditor):
        client.force_login(user)
        for name in ("entry-edit", "entry-renew"):
            assert send(client, name, "clocks", rule.pk, days=1, reason="x").status_code == 403
        assert send(client, "entry-add", "in", "clocks", code="X-1").status_code == 403
        assert send(client, "country-edit", "in", note="x", reason="x").status_code == 403
        assert send(client, "court-add", name="Mine").status_code == 403
    assert ClockRule.objects.get(pk=rule.pk).days == rule.days
    assert not Revision.objects.exists()


def test_a_new_version_ends_the_old_one_on_the_day_before(client, administrator):
    client.force_login(administrator)
    old = row_of("BNS-143-2")
    form = opened(client, "entry-renew", "offences", old.pk)
    facts = fields_of(form, months_max=144, reason="Amended")
    late = send(client, "entry-renew", "offences", old.pk, **facts, begins="2024-07-01")
    assert late.status_code == 422
    assert "must begin after 1 July 2024" in late.content.decode()
    assert send(client, "entry-renew", "offences", old.pk, **facts, begins="2027-01-01").status_code == 302

    old, new = Offence.objects.filter(code="BNS-143-2").order_by("valid_from")
    assert (old.valid_to, old.months_max, old.edited) == (date(2026, 12, 31), 120, True)
    assert (new.valid_from, new.valid_to, new.months_max) == (date(2027, 1, 1), None, 144)
    assert Offence.objects.in_force(date(2026, 12, 31)).get(code="BNS-143-2") == old
    assert Offence.objects.in_force(date(2027, 1, 1)).get(code="BNS-143-2") == new
    assert Event.objects.filter(verb__in=["law.edit", "law.add"]).count() == 2
    assert str(old.pk) in page(client, "entry-detail", "offences", new.pk)

    # Its days may not reach into those of the other version.
    facts = fields_of(opened(client, "entry-edit", "offences", old.pk), valid_to="2027-02-01", reason="Wrong")
    answer = send(client, "entry-edit", "offences", old.pk, **facts)
    assert answer.status_code == 422
    assert "Another version of this code is in force on these days" in answer.content.decode()


def test_whoever_was_slower_sees_both_versions(client, administrator):
    client.force_login(administrator)
    gift = row_of("PH-AICS", Entitlement)
    slow = fields_of(opened(client, "entry-edit", "entitlements", gift.pk), condition="Mine", reason="Slow")
    fast = {**slow, "condition": "Theirs", "reason": "Fast"}
    assert send(client, "entry-edit", "entitlements", gift.pk, **fast).status_code == 302
    answer = send(client, "entry-edit", "entitlements", gift.pk, **slow)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    again = fields_of(answer.context["form"])
    assert send(client, "entry-edit", "entitlements", gift.pk, **again).status_code == 302
    gift.refresh_from_db()
    assert gift.condition == "Mine"
    same = fields_of(opened(client, "entry-edit", "entitlements", gift.pk), reason="Nothing")
    assert (
        "Nothing is different" in send(client, "entry-edit", "entitlements", gift.pk, **same).content.decode()
    )


def test_a_row_that_no_file_has_is_added_and_its_mistakes_are_said(client, legal_lead):
    client.force_login(legal_lead)
    opened(client, "entry-add", "kh", "identifiers")
    facts = {
        "code": "KH-NEW",
        "name": "New number",
        "pattern": "^[0-9",
        "example": "12",
        "reason": "Circular 3",
    }
    answer = send(client, "entry-add", "kh", "identifiers", **facts)
    assert "is not a pattern" in answer.content.decode()
    facts |= {"pattern": "^[0-9]{3}$"}
    assert (
        "does not keep to the pattern"
        in send(client, "entry-add", "kh", "identifiers", **facts).content.decode()
    )
    facts |= {"example": "123"}
    assert send(client, "entry-add", "kh", "identifiers", **facts).status_code == 302
    twice = send(client, "entry-add", "kh", "identifiers", **facts)
    assert "There is a row with this code" in twice.content.decode()
    assert Event.objects.get(verb="law.add").detail == {"code": "KH-NEW", "country": "KH"}

    clock = {
        "code": "KH-X", "name": "X", "starts": "arrest", "days": "5", "counts": "calendar",
        "severity": "info", "start_day": "excluded", "roll_over": "none", "kind": "deadline",
        "readings": '{"colour": 1}', "reason": "x",
    }  # fmt: skip
    assert "Name columns of this clock" in send(client, "entry-add", "kh", "clocks", **clock).content.decode()
    assert (
        send(client, "entry-add", "kh", "clocks", **{**clock, "readings": '{"days": 6}'}).status_code == 302
    )
    assert row_of("KH-X", ClockRule).readings == {"days": 6}


def test_rules_of_bail_are_edited_and_stay_when_the_files_are_loaded_again(client, legal_lead):
    client.force_login(legal_lead)
    form = opened(client, "country-edit", "kh")
    facts = {
        "bail_rules": "First rule\n\nSecond rule",
        "note": "",
        "reason": "Ours",
        "version": form["version"].value(),
    }
    assert send(client, "country-edit", "kh", **facts).status_code == 302
    assert Jurisdiction.objects.get(pk="KH").bail_rules == ["First rule", "Second rule"]
    assert "Ours" in page(client, "country-edit", "kh")
    from law.loading import load

    outcome = next(one for one in load() if one.file.country == "KH")
    assert outcome.kept == ["KH"]
    assert Jurisdiction.objects.get(pk="KH").bail_rules == ["First rule", "Second rule"]


def test_courts_are_listed_added_changed_and_measured(client, legal_lead, auditor):
    client.force_login(legal_lead)
    opened(client, "court-add")
    facts = {
        "jurisdiction": "IN", "name": "Sessions Court, Kolkata", "place": "Kolkata", "subdivision": "IN-WB",
        "also_called": "City Sessions Court\nCity Civil and Sessions",
    }  # fmt: skip
    assert send(client, "court-add", **facts).status_code == 302
    court = Court.objects.get()
    assert (court.time_zone, court.also_called) == (
        "Asia/Kolkata",
        ["City Sessions Court", "City Civil and Sessions"],
    )
    assert "in the list already" in send(client, "court-add", **facts).content.decode()
    wrong = send(
        client, "court-add", **{**facts, "name": "Other", "time_zone": "Mars/Base", "subdivision": "WB"}
    )
    assert "This time zone is not known" in wrong.content.decode()
    assert "Write it like IN-WB" in wrong.content.decode()
    assert send(client, "court-add", **{**facts, "name": "High Court", "also_called": ""}).status_code == 302
    other = Court.objects.get(name="High Court")

    opened(client, "travel-set", court.pk)
    for way, minutes in ((court, 40), (other, 50)):
        to = other if way == court else court
        assert send(client, "travel-set", way.pk, other=to.pk, minutes=minutes).status_code == 302
    assert Travel.objects.get().minutes == 50  # one way, the same in both directions
    assert "50 minutes" in page(client, "court-detail", court.pk)

    form = opened(client, "court-edit", court.pk)
    changed = fields_of(form, closed="on", name="Sessions Court")
    assert send(client, "court-edit", court.pk, **changed).status_code == 302
    assert send(client, "court-edit", court.pk, **changed).status_code == 409
    court.refresh_from_db()
    assert (court.closed, court.name) == (True, "Sessions Court")
    verbs = list(
        Event.objects.filter(verb__regex="^(court|travel)").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["court.add", "court.add", "travel.set", "travel.set", "court.edit"]

    client.force_login(auditor)
    listed = page(client, "court-list", text="city sess")
    assert "Sessions Court" in listed
    assert "High Court" not in listed
    assert "Add a court" not in listed
