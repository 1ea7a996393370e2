"""One case from the first report to the verdict, in the browser, as the people who work on it."""

import datetime
import random
import re
import time
from pathlib import Path
from zoneinfo import ZoneInfo

TITLE = "Quayside rooms"
PSEUDONYM = "Marikit"
ACCUSED = "Teodoro " + "".join(random.choices("bdgklmnprst", k=8))  # a second run meets nobody twice
COURT = "Branch Ninety Nine"
MANILA = ZoneInfo("Asia/Manila")


def today():
    return datetime.datetime.now(MANILA).date()


def convicted(director):
    """The number of convicted people on the dashboard, and how many records its list opens."""
    director.go("/dashboards/?period=all")
    tile = director.page.locator(".tile", has_text="Accused convicted").first
    number = int(re.search(r"\d+", tile.locator(".tile-value").inner_text())[0])
    director.look("dashboard")
    director.page.locator(
        "a", has=director.page.locator(":scope", has_text="Accused convicted")
    ).first.click()
    director.page.wait_for_url("**/accused_convicted/**")
    director.look("dashboard-list")
    return number


def save(desk):
    desk.page.locator("main form button.btn-primary").last.click()


def choose(page, name, value):
    """Press one of the big answers; its label covers the whole of it."""
    answer = page.locator(f"input[name={name}][value={value}]")
    page.locator(f"label[for={answer.get_attribute('id')}]").click()


def open_case(caseworker):
    caseworker.go("/cases/open/")
    caseworker.look("case-open")
    page = caseworker.page
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=casework_type]", "csec")
    page.locator("details", has=page.locator("input[name=from_1]")).locator("summary").click()
    page.fill("input[name=from_1]", "a neighbour")
    save(caseworker)
    page.wait_for_url("**/desk/cases/**")
    caseworker.look("case-new")
    return re.search(r"/desk/cases/([^/]+)/", page.url)[1]


def name_team(lead, case):
    for email in ("lawyer.manila@demo.example", "social_worker.manila@demo.example"):
        lead.go(f"/cases/{case}/assignment/add/")
        role = email.split(".")[0]
        person = lead.page.locator("select[name=user] option", has_text=NAMES[role]).get_attribute("value")
        lead.page.select_option("select[name=user]", person)
        lead.page.select_option("select[name=role]", role)
        save(lead)
        lead.page.wait_for_url("**/team/")
    lead.look("case-team")


NAMES = {"lawyer": "Karina Villareal", "social_worker": "Ana Lim"}


def add_people(caseworker, case):
    page = caseworker.page
    caseworker.go(f"/survivors/cases/{case}/survivor/add/")
    caseworker.look("survivor-add")
    page.fill("input[name=row1-pseudonym]", PSEUDONYM)
    page.fill("input[name=row1-years]", "15")
    save(caseworker)
    page.wait_for_url("**/survivor/?case=**")
    caseworker.look("survivor-list")
    page.get_by_role("link", name=PSEUDONYM).first.click()
    page.wait_for_url("**/survivors/survivor/**")
    caseworker.look("survivor-detail")
    caseworker.go(f"/prosecutions/cases/{case}/accused/add/")
    caseworker.look("accused-add")
    page.fill("input[name=name]", ACCUSED)
    save(caseworker)
    page.wait_for_url("**/prosecutions/accused/**")
    accused = re.search(r"/accused/([^/]+)/", page.url)[1]
    caseworker.go(f"/prosecutions/cases/{case}/arrest/record/")
    caseworker.look("arrest-record")
    page.select_option("select[name=accused]", accused)
    page.fill("input[name=on]", today().isoformat())
    save(caseworker)
    page.wait_for_url("**/prosecutions/**")
    return accused


def hold_hearing(lawyer, case):
    """A hearing of this morning is put off for two weeks."""
    page = lawyer.page
    lawyer.go(f"/prosecutions/cases/{case}/proceeding/open/")
    lawyer.look("proceeding-open")
    page.select_option("select[name=kind]", "criminal_trial")
    page.fill("input[name=court]", COURT)
    page.locator("input[name=accused]").first.check()
    save(lawyer)
    page.wait_for_url("**/prosecutions/proceedings/**")
    lawyer.go(f"/prosecutions/cases/{case}/hearing/schedule/")
    lawyer.look("hearing-schedule")
    page.fill("input[name=on]", today().isoformat())
    page.fill("input[name=local_time]", "00:01")
    page.select_option("select[name=purpose]", "evidence")
    save(lawyer)
    page.wait_for_url("**/prosecutions/hearings/**")
    lawyer.look("hearing-detail")
    lawyer.go(page.url.replace(lawyer.system.url, "") + "record/")
    lawyer.look("hearing-record")
    choose(page, "outcome", "adjourned")
    page.select_option("select[name=reason]", "witness_absent")
    page.select_option("select[name=asked_by]", "prosecution")
    page.fill("input[name=next_on]", (today() + datetime.timedelta(days=14)).isoformat())
    page.fill("input[name=next_time]", "09:00")
    save(lawyer)
    page.wait_for_url(re.compile(r"/prosecutions/hearings/[^/]+/$"))
    lawyer.look("hearing-adjourned")
    lawyer.go(f"/prosecutions/hearings/?case={case}&show=all")
    assert "Adjourned" in page.inner_text("main")
    lawyer.look("hearing-list")


def grant_bail(lawyer, accused):
    page = lawyer.page
    lawyer.go(f"/prosecutions/accused/{accused}/bail/seek/")
    lawyer.look("bail-seek")
    page.fill("input[name=applied_on]", today().isoformat())
    save(lawyer)
    page.wait_for_url("**/prosecutions/bail/**")
    bail = re.search(r"/bail/([^/]+)/", page.url)[1]
    lawyer.look("bail-detail")
    lawyer.go(f"/prosecutions/bail/{bail}/grant/")
    page.fill("textarea[name=conditions]", "Report every Monday")
    page.fill("input[name=decided_on]", "next week")
    save(lawyer)
    page.wait_for_selector(".errors, .invalid-feedback")
    assert "Write the date as" in page.content()
    assert page.input_value("textarea[name=conditions]") == "Report every Monday"
    lawyer.look("bail-grant-refused")
    page.fill("input[name=decided_on]", today().isoformat())
    save(lawyer)
    page.wait_for_url(re.compile(r"/prosecutions/bail/[^/]+/$"))


def alert_of(system, case, rule):
    """(alert id, pid of the process that wrote the row) of the inbox rows of a rule, waited for."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        rows = system.rows(
            "SELECT i.id::text, i.created_by_pid FROM notifications_inboxitem i JOIN notifications_alert a"
            " ON a.id = i.alert_id WHERE a.case_id = %s AND a.rule = %s",
            case, rule,
        )  # fmt: skip
        if rows:
            return rows
        time.sleep(1)
    raise AssertionError(f"{rule} did not come within two minutes")


def is_worker(pid):
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return b"worker" in words and b"ijm_cases" in words


def test_from_first_report_to_verdict(system, desks):
    director, caseworker, lead, lawyer = desks(), desks(), desks(), desks()
    director.sign_in("office_director", "manila")
    director.look("home-director")
    before = convicted(director)

    caseworker.sign_in("caseworker", "manila")
    caseworker.look("home-caseworker")
    case = open_case(caseworker)
    lead.sign_in("legal_lead", "manila")
    name_team(lead, case)
    accused = add_people(caseworker, case)
    lawyer.sign_in("lawyer", "manila")
    hold_hearing(lawyer, case)
    lawyer.go("/")
    waiting = lawyer.page.locator("#bell-count").inner_text()
    grant_bail(lead, accused)

    rows = alert_of(system, case, "B3")
    assert all(is_worker(pid) for _item, pid in rows)
    lawyer.page.wait_for_function(
        "was => document.querySelector('#bell-count').innerText !== was", arg=waiting, timeout=60000
    )
    lawyer.go("/notifications/inbox/")
    lawyer.look("inbox")
    row = lawyer.page.locator("li.item", has_text="Bail granted").first
    row.get_by_role("button", name="I have it").click()
    lawyer.page.wait_for_load_state()
    taken = system.rows(
        "SELECT state FROM notifications_alert WHERE case_id = %s AND rule = 'B3'", case
    )  # fmt: skip
    assert taken == [("acked",)]

    lawyer.go(f"/prosecutions/accused/{accused}/verdict/record/")
    lawyer.look("verdict-record")
    choose(lawyer.page, "result", "convicted")
    lawyer.page.fill("input[name=on]", today().isoformat())
    lawyer.page.fill("input[name=months]", "120")
    save(lawyer)
    lawyer.page.wait_for_url("**/prosecutions/accused/**")
    lawyer.look("accused-convicted")
    lawyer.go(f"/desk/cases/{case}/")
    lawyer.look("case-page")

    assert convicted(director) == before + 1
    for letter in system.mail():
        for word in (TITLE, PSEUDONYM, ACCUSED, COURT, "MANILA-", "Manila", "bail", "Bail", "verdict"):
            assert word not in letter.split("\n\n", 1)[1], letter
