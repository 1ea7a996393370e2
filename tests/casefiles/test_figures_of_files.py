from pathlib import Path

import pytest
from django.core.management import call_command

FILES = Path(__file__).parent / "files"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", sorted(FILES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_figure_worked_out_by_hand_comes_out_of_the_database(path, capsys):
    try:
        call_command("load_case_files", str(path), check=True, office="mumbai")
    except SystemExit:
        out, err = capsys.readouterr()
        pytest.fail("\n".join([err, *(line for line in out.splitlines() if not line.endswith("| ok"))]))
