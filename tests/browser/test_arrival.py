"""The people of the Ghana and the Rajasthan example are registered on one screen each."""

PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector("input[name=p1-age]").dispatchEvent(paste);
}"""
REGISTERED = (
    "SELECT count(*) FROM aftercare_care care JOIN cases_case ON cases_case.id = care.case_id"
    " WHERE cases_case.number = %s AND care.survivor_id IS NOT NULL"
)


def open_grid(desk, found, known):
    """From the home page to the grid, which has a row for everybody who is missing."""
    state = desk.page.locator(".arrival-state", has_text=f"{found} found, {known} registered.").first
    state.get_by_role("link", name="Register").click()
    desk.page.wait_for_url("**/arrival/**")
    assert desk.page.locator("fieldset.arrival-row").count() == found - known


def save(desk):
    desk.page.get_by_role("button", name="Register these people").click()


def test_the_thirty_one_of_lake_volta_take_one_screen_and_one_pasted_column(system, desks):
    desk = desks()
    desk.sign_in("social_worker", "ghana")
    open_grid(desk, 31, 2)
    desk.page.evaluate(PASTE, "\n".join(f"{6 + number % 10}\tchild" for number in range(29)))
    desk.page.fill("input[name=p3-age]", "ten")
    for row in ("p1", "p2"):
        desk.page.fill(f"input[name={row}-family]", "A")
        desk.page.select_option(f"select[name={row}-part]", "sibling")
    desk.page.check("input[name=food]")
    save(desk)
    desk.page.locator(".errors").wait_for()
    assert desk.page.input_value("input[name=p29-age]") == "14"
    desk.look("arrival-wrong")
    desk.page.fill("input[name=p3-age]", "10")
    save(desk)
    desk.page.wait_for_url("**/care/?case=**")
    assert desk.page.locator(".arrival-state").count() == 0
    assert system.rows(REGISTERED, "GHA-2017-LAKE") == [(29,)]
    desk.look("arrival-people")


def test_the_forty_of_the_kiln_take_one_screen_on_a_phone_without_script(system, desks):
    desk = desks("phone", script=False)
    desk.page.set_default_timeout(60000)
    desk.sign_in("social_worker", "delhi")
    open_grid(desk, 40, 1)
    for number in range(1, 40):
        desk.page.fill(f"input[name=p{number}-age]", "8" if number < 19 else "30")
    save(desk)
    desk.page.wait_for_url("**/care/?case=**")
    assert system.rows(REGISTERED, "DEL-2017-RAJ-KILN") == [(39,)]
    assert desk.page.locator(".arrival-state").count() == 0
