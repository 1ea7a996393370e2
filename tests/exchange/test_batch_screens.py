"""The screens of a file that brings records in, from the empty sheet to taking all of it back."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from accounts.scope import viewing_as
from exchange.forms_batches import ColumnsForm
from exchange.incoming import running
from survivors.models import Survivor
from tests.people import person

pytestmark = pytest.mark.django_db

PEOPLE = (
    "Case number;Part;Full name;Pseudonym;Sex;Notes for nobody\r\n"
    "{0};victim;Maria Canaria Reyes;Lily;F;x\r\n"
    "{0};victim;Maria Canaria Reyes;Rose;Hembra;x\r\n"
    "NOWHERE;victim;Anna Canaria;;F;x\r\n"
)


class Screens:
    """The batch as somebody walks through it."""

    def __init__(self, signed_in, user):
        self.user, self.client, self.pk = user, signed_in(user), None

    def page(self, name):
        response = self.client.get(reverse(name, args=[self.pk]))
        assert response.status_code == 200, (name, response.status_code)
        return response

    def press(self, name, **answers):
        """Send the form of a page, with the version it was shown with."""
        shown = self.page("exchange:batch-detail").context["batch"]
        answers = {"version": shown.version, **answers}
        response = self.client.post(reverse(name, args=[self.pk]), answers)
        form = response.context and response.context.get("form")
        assert response.status_code == 302, (name, response.status_code, form and form.errors)
        running.work_waiting()
        return self.page("exchange:batch-detail")

    def send(self, case, plain):
        file = SimpleUploadedFile("people.csv", plain)
        answers = {"kind": "people", "office": case.office_id, "file": file}
        response = self.client.post(reverse("exchange:batch-add"), answers)
        assert response.status_code == 302, response.context and response.context["form"].errors
        self.pk = re.search(r"[0-9a-f-]{36}", response.url)[0]
        assert response.url == reverse("exchange:batch-columns", args=[self.pk])


@pytest.fixture
def screens(signed_in, case):
    return Screens(signed_in, person(Role.OFFICE_DIRECTOR, case.office))


def test_a_sheet_goes_in_by_its_screens_and_is_taken_back(screens, case, signed_in):
    empty = screens.client.get(reverse("exchange:batch-template", args=["people"]))
    assert load_workbook(BytesIO(empty.content)).active.max_column > 5
    screens.send(case, PEOPLE.format(case.number).encode())
    screens.press("exchange:batch-sheet", sheet=0, header_at=1, header_rows=1)
    form = screens.page("exchange:batch-columns").context["form"]
    columns = {name: form[name].value() for name in form.fields if name.startswith("column_")}
    page = screens.press("exchange:batch-columns", dates="dmy", **columns)
    assert (page.context["good"], "Hembra" in page.text) == (1, True)
    page = screens.press("exchange:batch-codes", word_0="Feminine")
    assert (page.context["good"], page.context["alike_open"]) == (2, 1)
    mend = screens.client.post(reverse("exchange:batch-faults", args=[screens.pk]))
    assert (b"Anna Canaria" in mend.content, b"Maria" in mend.content) == (True, False)
    pair = screens.page("exchange:batch-alike").context["form"].rows[0]
    page = screens.press("exchange:batch-alike", rest="", **{f"row_{pair.pk}": "different"})
    assert page.context["alike_open"] == 0
    assert "Bring them in" in screens.page("exchange:batch-load").text
    screens.press("exchange:batch-load")
    assert made(screens) == ["Lily", "Rose"]
    assert "Take it all back" in screens.page("exchange:batch-undo").text
    screens.press("exchange:batch-undo", sure="on")
    assert made(screens) == []
    a_colleague_knows_of_it_and_does_not_see_into_it(screens, case, signed_in)


def made(screens):
    with viewing_as(screens.user):
        return sorted(Survivor.objects.values_list("pseudonym", flat=True))


def a_colleague_knows_of_it_and_does_not_see_into_it(screens, case, signed_in):
    other = Screens(signed_in, person(Role.OFFICE_DIRECTOR, case.office))
    other.pk = screens.pk
    assert screens.pk in other.client.get(reverse("exchange:batch-list")).text
    page = other.page("exchange:batch-detail")
    assert ("Canaria" in page.text, "Hembra" in page.text) == (False, False)
    for name in ("batch-columns", "batch-alike", "batch-load"):
        assert other.client.get(reverse(f"exchange:{name}", args=[other.pk])).status_code == 403
    assert other.client.post(reverse("exchange:batch-faults", args=[other.pk])).status_code == 403


def test_what_was_not_brought_in_can_be_given_up(screens, case):
    screens.send(case, PEOPLE.format(case.number).encode())
    screens.page("exchange:batch-cancel")
    page = screens.press("exchange:batch-cancel")
    assert "It brought nothing in" in page.text
    assert made(screens) == []


def test_a_column_that_is_none_of_ours_is_refused_by_its_name():
    form = ColumnsForm({"column_0": "magic", "dates": "dmy"}, header=["State %s"], known=[], told={})
    assert form.errors["column_0"] == ["“State %s”: choose one of our columns, or leave it out."]
