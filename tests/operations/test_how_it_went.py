from accounts.scope import system_access
from operations.models import OperationAsset, OperationTally
from tests.factories import InvestigationMake, OperationMake


def shown(client, user, address):
    client.force_login(user)
    return " ".join(client.get(address).content.decode().split())


def test_running_counts_and_what_was_used_are_told_as_they_were_brought_over(client, case, alice):
    operation = OperationMake(case=case)
    assert "How it went" not in shown(client, alice, operation.get_absolute_url())
    with system_access("loader", "a file tells how it went"):
        of = {"case": case, "operation": operation}
        OperationTally(**of, position=1, at="by radio", people="7..10", note="still going on").save(
            force_insert=True
        )
        OperationAsset(**of, kind="boat", number=2, use="to the island", fault="broke_down").save(
            force_insert=True
        )
    page = shown(client, alice, operation.get_absolute_url())
    assert "by radio" in page
    assert "7 to 10 still going on" in page
    assert "boat × 2" in page
    assert "Broke down" in page


def test_an_investigation_tells_how_long_it_took(client, case, alice):
    InvestigationMake(case=case, starts_on="2025-03", ends_on="2025-09", months="6", note="Two flats watched")
    page = shown(client, alice, f"/operations/operation/?case={case.pk}")
    assert "March 2025 – September 2025 · 6 months" in page
    assert "Two flats watched" in page
