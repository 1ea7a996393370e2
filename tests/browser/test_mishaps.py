"""What goes wrong at a desk: no script, a double click, the back button, two people in one hearing."""

import datetime
import re
import uuid

from tests.browser.test_journey import save, today


def title_of_its_own(words):
    """So that a second run in one system counts its own cases alone."""
    return f"{words} {uuid.uuid4().hex[:8]}"


def fill_case(page, title):
    page.fill("input[name=title]", title)
    page.select_option("select[name=casework_type]", "csec")


def count(system, title):
    return system.rows("SELECT count(*) FROM cases_case WHERE title = %s", title)[0][0]


def test_a_case_is_opened_without_script(system, desks):
    desk = desks(script=False)
    desk.sign_in("caseworker", "manila")
    desk.go("/cases/open/")
    title = title_of_its_own("No script here")
    fill_case(desk.page, title)
    save(desk)
    desk.page.wait_for_url("**/desk/cases/**")
    assert count(system, title) == 1


def test_a_double_click_opens_one_case(system, desks):
    desk = desks(script=False)
    desk.sign_in("caseworker", "manila")
    desk.go("/cases/open/")
    title = title_of_its_own("Pressed twice")
    fill_case(desk.page, title)
    desk.page.locator("main form button.btn-primary").last.dblclick()
    desk.page.wait_for_url("**/desk/cases/**")
    assert count(system, title) == 1


def test_sending_again_after_the_back_button_leads_to_the_same_case(system, desks):
    desk = desks()
    desk.sign_in("caseworker", "manila")
    desk.go("/cases/open/")
    title = title_of_its_own("Sent, gone back, sent")
    fill_case(desk.page, title)
    key = desk.page.locator("main input[name=idempotency_key]").get_attribute("value")
    save(desk)
    desk.page.wait_for_url("**/desk/cases/**")
    first = desk.page.url
    desk.go("/cases/open/")
    fill_case(desk.page, title)
    desk.page.evaluate("key => document.querySelector('main input[name=idempotency_key]').value = key", key)
    save(desk)
    desk.page.wait_for_url("**/desk/cases/**")
    assert desk.page.url == first
    assert count(system, title) == 1


def demo_hearing(desk):
    """The address of the demonstration's hearing of tomorrow."""
    desk.go("/prosecutions/hearings/?view=list")
    row = desk.page.locator("main li.item", has_text="RTC-DEMO-77").or_(
        desk.page.locator("main li", has_text="Regional Trial Court (demo)")
    )
    return re.search(r"/prosecutions/hearings/[0-9a-f-]{36}/", row.first.inner_html())[0]


def test_two_people_moving_one_hearing_see_both_versions(desks):
    lawyer, lead = desks(), desks()
    lawyer.sign_in("lawyer", "manila")
    lead.sign_in("legal_lead", "manila")
    hearing = demo_hearing(lawyer)
    days = [today() + datetime.timedelta(days=ahead) for ahead in (20, 30)]
    for desk, day in ((lawyer, days[0]), (lead, days[1])):
        desk.go(hearing + "reschedule/")
        desk.page.fill("input[name=on]", day.isoformat())
        desk.page.fill("input[name=local_time]", "10:00")
    save(lead)
    lead.page.wait_for_url(re.compile(r"/prosecutions/hearings/[^/]+/$"))
    save(lawyer)
    lawyer.page.wait_for_selector("text=What is saved now")
    assert lawyer.page.input_value("input[name=on]") == days[0].isoformat()
    lawyer.look("hearing-two-editors")


def test_the_whole_desk_speaks_spanish(desks):
    desk = desks("phone")
    desk.sign_in("lawyer", "bolivia")
    assert desk.page.locator("html").get_attribute("lang") == "es"
    for path in ("/", "/cases/", "/prosecutions/hearings/", "/prosecutions/bail/", "/notifications/inbox/"):
        desk.go(path)
        desk.look("spanish" + path.replace("/", "-"))
    assert "Audiencias" in desk.page.inner_text("body")


def test_every_list_is_clean_at_both_widths(desks):
    visits = {
        "caseworker": ["/cases/", "/survivors/survivor/", "/operations/operation/", "/cases/task/"],
        "social_worker": ["/", "/aftercare/care/"],
        "lawyer": [
            "/",
            "/prosecutions/accused/",
            "/prosecutions/hearings/?view=month",
            "/prosecutions/bail/",
        ],
        "office_director": ["/notifications/rules/"],
    }
    for role, paths in visits.items():
        desk = desks()
        desk.sign_in(role, "manila")
        for path in paths:
            desk.go(path)
            desk.look(f"{role}{re.sub('[^a-z]+', '-', path)}")
