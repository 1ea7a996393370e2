"""A record that ends: nothing of it is left in any table nor file, and every figure stays."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from figures.catalogue import FIGURES
from figures.snapshot import Snapshot
from rights import actions
from rights.actions.erasing import erase_rows
from rights.holding import due_on, held_by
from rights.models import Hold, RetentionRule, Review
from rights.sweeping import carry_out_agreed, put_on_list
from survivors.actions import edit_identity
from survivors.models import Kinship, Survivor
from tests.factories import AwardMake, AwardShareMake, CaseMake, ReviewMake, SurvivorMake
from tests.people import person
from tests.rights.arranging import mark, one_of_each

NOW = timezone.now
# Of the case and of nobody alone, or of ours: they go with the whole case.
OF_THE_CASE = {
    "aftercare.CareTask.source", "aftercare.Entitlement.law_code", "survivors.Family.label",
    "survivors.Family.note", "survivors.Unregistered.note",
}  # fmt: skip
# Columns in which no person writes: codes, rules and numbers of ours, which say how rows belong together.
OURS = {
    "aftercare.CareTask.source", "aftercare.Entitlement.law_code", "cases.CaseLink.number",
    "documents.Document.content_type", "notifications.Alert.facts", "notifications.Alert.ladder",
    "notifications.Alert.subject", "notifications.Reminder.zone", "prosecutions.Award.about",
    "prosecutions.Clock.ended_by", "prosecutions.Clock.source", "prosecutions.CourtEvent.event",
    "prosecutions.Reckoning.law",
}  # fmt: skip


def close(case):
    """Both tracks ended long ago, and nothing runs."""
    Case._base_manager.filter(pk=case.pk).update(
        legal_status="closed", legal_reason="convicted", legal_closed_on="2004-05-01",
        aftercare_status="closed", aftercare_reason="", aftercare_closed_on="2005-05-01",
        opened_on="2000-01-05",
    )  # fmt: skip
    for label in ("prosecutions.Proceeding", "prosecutions.Appeal", "prosecutions.Award"):
        model = apps.get_model(label)
        ends = {"Proceeding": "closed_on", "Appeal": "decided_on", "Award": "set_aside_on"}
        model._base_manager.filter(case_id=case.pk).update(**{ends[model.__name__]: "2004-04-01"})
    for label, values in (("rights.Hold", {"until": "2001-01-01"}),
                          ("rights.RightsRequest", {"status": "withdrawn"})):  # fmt: skip
        model = apps.get_model(label)
        if label == "rights.RightsRequest":
            values |= {"answered_at": NOW(), "answered_by": person(Role.OFFICE_DIRECTOR, case.office)}
        model._base_manager.filter(case_id=case.pk).update(**values)
    Review._base_manager.filter(case_id=case.pk).update(
        survivor=Survivor._base_manager.filter(case_id=case.pk).first()
    )


def agreed(case, first, other, decision, survivor=None):
    """What two people say becomes of it."""
    with viewing_as(first):
        review = Review.objects.filter(case=case, survivor=survivor).undecided().first()
        review = review or actions.open_review(
            case.pk, by=first, now=NOW(), why="request", due_on=NOW().date(), survivor=survivor
        )
        actions.propose_review(review.pk, by=first, now=NOW(), decision=decision, reason="Its time is over")
    with viewing_as(other):
        return actions.agree_review(review.pk, by=other, now=NOW())


def everything():
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t.*::text FROM "{table}" t')  # noqa: S608
            found[table] = "\n".join(row[0] for row in cursor.fetchall())
    return found


def figures_of(case, viewer):
    with viewing_as(viewer):
        seen = Snapshot(Case.objects.filter(pk=case.pk), NOW().date())
        number = Case.objects.get(pk=case.pk).number
        return {name: str(figure.value(seen)).replace(number, "N") for name, figure in FIGURES.items()}


@pytest.mark.parametrize("decision", ["anonymise", "erase"])
def test_no_word_of_a_case_is_left_in_any_table_and_every_figure_stays(
    case, director, second, decision, settings
):
    made = one_of_each(case)
    planted = mark(made, "Qmark")
    Case._base_manager.filter(pk=case.pk).update(title="QmarkTitle", summary="QmarkSummary")
    close(case)
    before = figures_of(case, director)
    assert put_on_list() == 1
    assert put_on_list() == 0, "once on the list is enough"
    agreed(case, director, second, decision)
    assert any("Qmark" in text for text in everything().values())
    assert carry_out_agreed() == 1
    after = "\n".join(everything().values())
    assert {place for place, word in planted.items() if word in after} == OURS
    assert all(word not in after for word in ("QmarkTitle", "QmarkSummary", "QmarkStep"))
    assert len(planted) > 200
    assert figures_of(case, director) == before
    assert Event.objects.filter(verb="record.erase", case_id=case.pk).count() == 1
    with viewing_as(director):
        Survivor.objects.filter(case=case).update(
            pseudonym="After"
        )  # what is written from now on can be sealed
        survivor = Survivor.objects.filter(case=case).first()
        survivor.home = {"locality": "x"}
        survivor.save(update_fields=["home"])


def test_one_person_goes_and_the_others_of_the_case_stay(case, director, second):
    made = one_of_each(case)
    hers = mark(made, "Qmark")
    sister = SurvivorMake(case=case, key="s77", pseudonym="Sisterly", note="stays here")
    with viewing_as(director):
        edit_identity(sister.pk, by=director, now=NOW(), own_name="Sister Own")
    close(case)
    Review._base_manager.filter(case_id=case.pk).update(survivor=sister)
    Kinship._base_manager.filter(case_id=case.pk).update(of=made[Survivor].key)
    agreed(case, director, second, "erase", made[Survivor])
    assert carry_out_agreed() == 1
    after = "\n".join(everything().values())
    left = {place for place, word in hers.items() if word in after}
    of_her = {place for place in hers if place.split(".")[0] in ("survivors", "aftercare")}
    assert of_her & left == OF_THE_CASE
    with viewing_as(director):
        sister = Survivor.objects.get(pk=sister.pk)
        assert (sister.pseudonym, sister.note, sister.identity.own_name.open()) == (
            "Sisterly", "stays here", "Sister Own",
        )  # fmt: skip


def test_nothing_goes_while_something_holds_the_case(case, director, second):
    one_of_each(case)
    close(case)
    put_on_list()
    with viewing_as(director):
        review = Review.objects.get(survivor=None)
        hold = actions.place_hold(
            case.pk, by=director, now=NOW(), reason="A suit", until=NOW().date() + timedelta(days=90)
        )
        with pytest.raises(IllegalMove, match="Somebody holds it"):
            actions.propose_review(review.pk, by=director, now=NOW(), decision="erase", reason="x")
        actions.lift_hold(hold.pk, by=director, now=NOW())
    agreed(case, director, second, "erase")
    for label, change in (
        ("prosecutions.Proceeding", {"closed_on": ""}),
        ("prosecutions.Appeal", {"decided_on": ""}),
        ("prosecutions.Award", {"set_aside_on": ""}),
        ("cases.Case", {"legal_status": "trial"}),
    ):
        model = apps.get_model(label)
        rows = model._base_manager.filter(**{"pk" if label == "cases.Case" else "case_id": case.pk})
        before = dict(rows.values_list("pk", next(iter(change))))
        rows.update(**change)
        with viewing_as(director):
            assert held_by(Case.objects.get(pk=case.pk), NOW()), label
        for pk, value in before.items():
            model._base_manager.filter(pk=pk).update(**{next(iter(change)): value})
    Case._base_manager.filter(pk=case.pk).update(legal_status="trial")
    assert carry_out_agreed() == 0
    with viewing_as(director):
        assert Review.objects.get(pk=review.pk).status == "waiting", "asked again, in a proposal of its own"


def test_the_database_lets_nobody_erase_alone_nor_in_other_names(case, director, second, alice):
    with viewing_as(director):
        review = actions.open_review(case.pk, by=director, now=NOW(), why="rule", due_on=NOW().date())
        actions.propose_review(
            review.pk, by=director, now=NOW(), decision="keep", reason="x",
            keep_until=NOW().date() + timedelta(days=365),
        )  # fmt: skip
        with pytest.raises(IllegalMove, match="somebody else"):
            actions.agree_review(review.pk, by=director, now=NOW())
        forged = {"status": "agreed", "decision": "erase", "agreed_by": second, "agreed_at": NOW()}
        with pytest.raises(DatabaseError, match="own name|than was proposed"), transaction.atomic():
            Review.objects.filter(pk=review.pk).update(**forged)
        with pytest.raises(DatabaseError, match="only the retention"), transaction.atomic():
            erase_rows(review)
    with viewing_as(alice), pytest.raises(DatabaseError, match="own name"), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(status="agreed", agreed_by=alice, agreed_at=NOW())
    with (
        viewing_as(second),
        pytest.raises(DatabaseError, match="changed in one's own name"),
        transaction.atomic(),
    ):
        Review.objects.filter(pk=review.pk).update(decision="erase")  # and then to agree to that
    with (
        system_access("retention", "a test"),
        pytest.raises(DatabaseError, match="two"),
        transaction.atomic(),
    ):
        erase_rows(review)
    with viewing_as(second):
        assert actions.agree_review(review.pk, by=second, now=NOW()).status == "kept"
        with pytest.raises(DatabaseError, match="nobody's word"), transaction.atomic():
            Review.objects.filter(pk=review.pk).update(status="waiting", decision="erase")


def test_children_are_kept_until_they_are_grown_and_offices_say_how_long(case, director, browse):
    SurvivorMake(case=case, key="s1", child=True, birth_year="1998")
    close(case)
    with viewing_as(director):
        mine = Case.objects.select_related("office").get(pk=case.pk)
        assert due_on(mine, RetentionRule.of_the_house(case.office)).year == 2026
        url = reverse("rights:rule-set", args=[case.office_id])
        assert due_on(mine, RetentionRule(office=case.office, years=3, child_until_age=0)).year == 2008
    assert browse(director, url).status_code == 200
    assert browse(director, url, {"years": 0, "child_until_age": 28}).status_code == 422
    assert browse(director, url, {"years": 25, "child_until_age": 28}).status_code == 302
    assert "25 years" in browse(director, reverse("rights:rule-list")).content.decode()
    assert put_on_list() == 0
    assert browse(director, url, {"years": 3, "child_until_age": 20}).status_code == 302
    assert put_on_list() == 1


def test_two_people_decide_on_their_pages(case, director, second, browse, social_worker):
    close(case)
    put_on_list()
    listed = browse(director, reverse("rights:review-list")).content.decode()
    assert case.number in listed
    with viewing_as(director):
        review = Review.objects.get()
    page = {
        "detail": reverse("rights:review-detail", args=[review.pk]),
        "propose": reverse("rights:review-propose", args=[review.pk]),
        "agree": reverse("rights:review-agree", args=[review.pk]),
        "refuse": reverse("rights:review-refuse", args=[review.pk]),
    }
    assert browse(social_worker, reverse("rights:review-list")).status_code == 403
    assert browse(director, page["propose"]).status_code == 200
    assert browse(director, page["propose"], {"decision": "keep", "reason": "x"}).status_code == 422
    assert browse(director, page["propose"], {"decision": "erase", "reason": "Its time"}).status_code == 302
    assert browse(director, page["agree"], {}).status_code == 422
    assert browse(second, page["refuse"]).status_code == 200
    assert browse(second, page["refuse"], {}).status_code == 302
    browse(director, page["propose"], {"decision": "anonymise", "reason": "Its time"})
    assert "Its time" in browse(second, page["agree"]).content.decode()
    assert browse(second, page["agree"], {}).status_code == 302
    waits = browse(second, page["detail"]).content.decode()
    assert "Two people have agreed." in waits, "until it is carried out the page says that it waits"
    assert carry_out_agreed() == 1
    assert "Done" in browse(second, page["detail"]).content.decode()
    found = browse(director, reverse("desk:search"), {"q": "Harbour"}).content.decode()
    assert case.number not in found
    hold = reverse("rights:hold-place", args=[case.pk])
    assert browse(director, hold).status_code == 200
    assert browse(director, hold, {"reason": "x", "until": "2001-01-01"}).status_code == 422
    assert browse(director, hold, {"reason": "A suit", "until": "2044-01-01"}).status_code == 302
    with viewing_as(director):
        lift = reverse("rights:hold-lift", args=[Hold.objects.get().pk])
    assert browse(director, lift).status_code == 200
    assert browse(director, lift, {}).status_code == 302


def test_the_list_asks_no_more_for_many_records_than_for_one(case, director, browse):
    counts = []
    for _number in range(3):
        other = CaseMake(office=case.office)
        AwardShareMake(case=other, award=AwardMake(case=other))
        ReviewMake(case=other)
        with CaptureQueriesContext(connection) as asked:
            assert browse(director, reverse("rights:review-list")).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]
