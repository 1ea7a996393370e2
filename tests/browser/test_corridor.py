"""What happened, said from a phone in the corridor: in four taps, and once, whatever becomes of the line."""

import datetime
import re

from tests.browser.test_journey import today
from tests.browser.test_mishaps import demo_hearing

HEARING = re.compile(r"/prosecutions/hearings/[0-9a-f-]{36}/$")
KEPT = "No line. Kept on this page, not sent yet; it goes by itself when the line is back."


def hearing_of_today(desk):
    """A hearing of the demonstration's case that began this morning; its page is open."""
    desk.go(demo_hearing(desk))
    desk.go(desk.page.locator("main a[href*='/desk/cases/']").first.get_attribute("href"))
    case = re.search(r"/desk/cases/([^/]+)/", desk.page.url)[1]
    desk.go(f"/prosecutions/cases/{case}/hearing/schedule/")
    desk.page.fill("input[name=on]", today().isoformat())
    desk.page.fill("input[name=local_time]", "00:01")
    desk.page.locator("input[name=called]").first.check()
    desk.page.locator("main form button.btn-primary").last.click()
    desk.page.wait_for_url(HEARING)
    return re.search(r"hearings/([0-9a-f-]{36})", desk.page.url)[1]


def tap(page, name, value):
    """One tap on a big answer, as a thumb does it."""
    answer = page.locator(f"#outcome input[name={name}][value='{value}']")
    page.locator(f"#outcome label[for={answer.get_attribute('id')}]").click()
    return 1


def say_adjourned(page):
    """Adjourned, witness absent, in two weeks; the number of taps, but for the one that saves."""
    days = datetime.timedelta(days=14)
    taps = tap(page, "outcome", "adjourned") + tap(page, "why", "witness_absent")
    return taps + tap(page, "next_in", (today() + days).isoformat())


def save(page):
    page.get_by_role("button", name="Save outcome").click()
    return 1


def following(system, hearing):
    return system.rows(
        "SELECT n.on, h.asked_by, n.local_time = h.local_time FROM prosecutions_hearing n"
        " JOIN prosecutions_hearing h ON h.id = n.follows_id WHERE h.id = %s", hearing,
    )  # fmt: skip


def test_adjourned_witness_absent_in_two_weeks_is_four_taps(system, desks):
    desk = desks("phone")
    desk.sign_in("lawyer", "manila")
    hearing = hearing_of_today(desk)
    desk.look("corridor-open")
    taps = say_adjourned(desk.page)
    taps += save(desk.page)
    desk.page.get_by_text("Next hearing").wait_for()
    assert taps <= 4
    day = (today() + datetime.timedelta(days=14)).isoformat()
    assert following(system, hearing) == [(day, "witness", True)]
    desk.page.get_by_text("Next hearing").locator("xpath=following-sibling::dd[1]//a").click()
    desk.page.wait_for_url(lambda address: hearing not in address)
    desk.page.locator("button[value=arranged][aria-pressed=false]").first.click()
    desk.page.locator("button[value=arranged][aria-pressed=true]").wait_for()
    desk.look("corridor-next")


def test_without_a_line_it_stays_on_the_page_and_goes_once(system, desks):
    desk = desks("phone")
    desk.sign_in("lawyer", "manila")
    hearing = hearing_of_today(desk)
    page, line = desk.page, desk.page.context
    say_adjourned(page)
    line.set_offline(True)
    save(page)
    page.get_by_text(KEPT).wait_for()
    assert page.locator("input[name=why][value=witness_absent]").is_checked()
    stored = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
    assert "witness_absent" not in page.evaluate(stored)
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert following(system, hearing) == []

    sent = []

    def lose_the_answer(route):
        """The server did its work, and the answer never came."""
        sent.append(route.request.post_data)
        if len(sent) > 1:
            route.continue_()
            return
        route.fetch(max_redirects=0)
        route.abort()

    page.route("**/record/", lose_the_answer)
    line.set_offline(False)
    page.get_by_text("Next hearing").wait_for()
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert len(following(system, hearing)) == 1
    outcomes = system.rows(
        "SELECT count(*) FROM audit_event WHERE verb = 'hearing.record' AND subject_id = %s", hearing
    )
    assert outcomes == [(1,)]
    assert page.evaluate("document.activeElement.id") == "main"
    desk.complaints = [said for said in desk.complaints if "net::ERR" not in said]


def test_a_sign_in_that_ran_out_keeps_what_was_said(system, desks):
    desk = desks("phone")
    desk.sign_in("lawyer", "manila")
    hearing = hearing_of_today(desk)
    say_adjourned(desk.page)
    desk.page.context.clear_cookies(name=re.compile("session"))
    save(desk.page)
    desk.page.get_by_text("You were signed out. What you typed is still here.").wait_for()
    assert desk.page.locator("input[name=why][value=witness_absent]").is_checked()
    assert following(system, hearing) == []
