"""The files of the law: in whole or not at all, again without a change, and never over what people edited."""

import io
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from law.models import (
    ClockRule,
    CommonCode,
    Entry,
    Identifier,
    Jurisdiction,
    Offence,
    Reason,
    Revision,
    Statute,
)
from law.reading import OURS
from prosecutions.states import AdjournmentReason

pytestmark = pytest.mark.django_db


def load(path=None):
    """What the command says on its two voices."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("load_jurisdictions", *([str(path)] if path else []), stdout=out, stderr=err)
    except CommandError as why:
        err.write(str(why))
    return out.getvalue(), err.getvalue()


def document(name="kh"):
    return yaml.safe_load((OURS / f"{name}.yaml").read_text())


@pytest.fixture
def written(tmp_path):
    """A changed copy of one country's file."""

    def write(change, name="kh"):
        facts = document(name)
        change(facts)
        path = tmp_path / f"{name}.yaml"
        path.write_text(yaml.safe_dump(facts, allow_unicode=True))
        return path

    return write


def count(name):
    return sum(len(value) for value in document(name).values() if isinstance(value, list) and value
               and isinstance(value[0], dict))  # fmt: skip


def test_every_row_of_every_file_is_there_after_migrate():
    names = [path.stem for path in Path(OURS).glob("??.yaml")]
    assert len(names) == 9
    for name in names:
        rows = sum(model.objects.of_country(name.upper()).count() for model in Entry.__subclasses__())
        assert rows == count(name), name
    common = document("common")
    lists = [key for key in common if key not in ("meta", "adjournment_reasons")]
    assert CommonCode.objects.count() == sum(len(common[key]) for key in lists)
    assert Reason.objects.of_country("ZZ").count() == len(common["adjournment_reasons"])


def test_rows_say_what_their_file_says():
    offence = Offence.objects.get(code="BNS-143-2")
    assert (offence.section, offence.months_min, offence.months_max, offence.life) == (
        "143(2)",
        84,
        120,
        False,
    )
    assert (offence.bailable, offence.replaces, offence.valid_from) == (
        "non_bailable", "IPC-370-2", date(2024, 7, 1),
    )  # fmt: skip
    assert (Offence.objects.get(code="BNS-98").checked, offence.checked) == (True, False)
    statute = Statute.objects.get(code="ITPA-1956")
    untold = statute.offences.exclude(code__in=[row["code"] for row in document("in")["offences"]
                                                if "valid_from" in row])  # fmt: skip
    assert {row.valid_from for row in untold} == {statute.valid_from}
    assert Identifier.objects.get(code="CNR").pattern.startswith("^[A-Z]{2}")
    assert ClockRule.objects.get(jurisdiction="IN", code="IN-default-bail-60").days == 60
    # A comma that nobody quoted is part of the name all the same.
    assert Reason.objects.get(code="public_unrest").name == "Unrest, blockade or curfew"
    india = Jurisdiction.objects.get(pk="IN")
    assert india.time_zones == ["Asia/Kolkata"]
    assert len(india.bail_rules) == 13


def test_every_reason_falls_under_one_of_the_short_list_by_decision():
    loose = yaml.safe_load((OURS.parent / "reasons.yaml").read_text())
    assert set(Reason.objects.values_list("code", flat=True)) == set(loose)
    assert set(loose.values()) == set(AdjournmentReason.values)


def test_loading_again_changes_nothing():
    before = list(Offence.objects.order_by("pk").values())
    out, err = load()
    assert err == ""
    assert out.count(": 0 added, 0 changed") == 10
    assert list(Offence.objects.order_by("pk").values()) == before
    assert not Revision.objects.exists()


def test_a_file_with_faults_names_each_with_its_row_and_leaves_nothing(written):
    def spoil(facts):
        facts["offences"][0]["bailable"] = "perhaps"
        facts["offences"][1]["statute"] = "NO-SUCH"
        facts["offences"][2]["section"] = 3.1
        facts["statutory_clocks"][0]["days"] = "sixty"
        facts["statutory_clocks"][1]["colour"] = "red"
        facts["identifiers"][0]["example"] = "nonsense"
        facts["statutes"][0]["confidence"] = None
        facts["name"] = "Somewhere else"

    code = {name: [row["code"] for row in document()[name]] for name in ("offences", "statutory_clocks")}
    _out, err = load(written(spoil))
    for part in (
        f"kh.yaml: offences: {code['offences'][0]}: bailable: ",
        f"kh.yaml: offences: {code['offences'][2]}: section: must be a text",
        f"kh.yaml: statutory_clocks: {code['statutory_clocks'][0]}: days: must be a whole number",
        f"kh.yaml: statutory_clocks: {code['statutory_clocks'][1]}: colour: this key is not known here",
        "kh.yaml: identifiers: KH-CRIM-NO: example: does not keep to the pattern",
        "confidence: is missing",
    ):
        assert part in err
    assert Jurisdiction.objects.get(pk="KH").name == "Cambodia"

    _out, err = load(written(lambda facts: facts["offences"][1].update(statute="NO-SUCH")))
    assert "NO-SUCH is not among the statutes of this file" in err


def test_what_is_not_a_file_of_the_law_is_refused_in_words(tmp_path):
    broken = tmp_path / "xx.yaml"
    for text, said in (
        ("country: XX\ncountry: YY\n", "the key country stands twice"),
        ("- one\n", "is not a file of the law"),
        ("country: XX\nname: Nowhere\ntime_zones: [Mars/Base]\n", "Mars/Base is not a time zone"),
        ("country: XX\nname: Nowhere\ntime_zones: [UTC]\nlaws: []\n", "this list is not known here"),
    ):
        broken.write_text(text)
        assert said in load(broken)[1]
    assert "cannot be opened" in load(tmp_path / "missing.yaml")[1]
    assert not Jurisdiction.objects.filter(pk="XX").exists()


def test_a_changed_file_changes_its_rows_keeps_what_they_were_and_names_what_is_gone(written):
    was = ClockRule.objects.get(code="KH-custody-48h")

    def change(facts):
        facts["statutory_clocks"][0].update(hours=72)
        facts["survivor_benefits"].pop()

    assert document()["statutory_clocks"][0]["code"] == was.code
    gone = document()["survivor_benefits"][-1]["code"]
    out, err = load(written(change))

    assert err == ""
    assert "0 added, 1 changed" in out
    assert f"survivor_benefits: {gone}: is no longer in the file and stays" in out
    rule = ClockRule.objects.get(code=was.code)
    assert (rule.pk, rule.hours, rule.version) == (was.pk, 72, was.version + 1)
    revision = Revision.objects.get(entry_id=rule.pk)
    assert (revision.was, revision.now, revision.by.principal) == (
        {"hours": was.hours},
        {"hours": 72},
        "loader",
    )


def test_a_row_that_somebody_edited_stays_and_is_named(written):
    rule = ClockRule.objects.get(code="KH-custody-48h")
    ClockRule.objects.filter(pk=rule.pk).update(hours=96, edited=True, about="case")
    out, _err = load(written(lambda facts: facts["statutory_clocks"][0].update(hours=72)))
    assert "statutory_clocks: KH-custody-48h: was changed here since and stays so" in out
    rule.refresh_from_db()
    # Whose clock it is follows the system, for no person can say it on a page.
    assert (rule.hours, rule.about) == (96, "accused")
