from pathlib import Path

import pytest
from django.core.management import call_command

import casefiles

EXAMPLES = Path(casefiles.__file__).parent / "examples"

pytestmark = pytest.mark.django_db


def test_every_example_loads_and_gives_back_the_figures_it_expects(capsys):
    call_command("load_case_files", str(EXAMPLES), check=True)
    out = capsys.readouterr().out
    assert "NO" not in out.split()
    assert out.count(": loaded") == 12
