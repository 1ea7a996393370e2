from casefiles.loading import gather, load_all
from prosecutions.models import BailOrder, Proceeding

FILE = """
format: ijm-case-file/1
as_of: "2020-05-01"
case: {number: WORDS-1, office: cebu, type: csec, title: Words, country: PH}
agencies:
  rtc: {name: Regional Trial Court, kind: court, country: PH}
perpetrators:
  p1:
    name: A. Person
    bail:
      - {kind: pretrial, decision: refused, decided_on: "2020-04", by: rtc, opposed_by: [us, rtc, the mayor]}
proceedings:
  t1: {court: rtc, accused: [p1]}
  t2: {court: a court without a key, accused: [p1]}
"""


def test_people_read_the_name_of_an_agency_and_not_its_key(tmp_path, as_loader):
    file = tmp_path / "words.yaml"
    file.write_text(FILE)
    (outcome,) = load_all(gather([file]), office=None, within=as_loader)
    assert outcome.file.faults == []
    courts = set(Proceeding.objects.values_list("court", flat=True))
    assert courts == {"Regional Trial Court", "a court without a key"}
    bail = BailOrder.objects.get()
    assert (bail.court, bail.opposed_by) == (
        "Regional Trial Court",
        ["us", "Regional Trial Court", "the mayor"],
    )
