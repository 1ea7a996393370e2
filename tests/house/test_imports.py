import configparser
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.walk import APPS, ROOT, WIRING


def contract(name, option):
    """The words of one option of a contract."""
    written = configparser.ConfigParser()
    written.read(ROOT / ".importlinter")
    return set(written[f"importlinter:contract:{name}"][option].replace("|", " ").split())


def test_apps_only_look_down():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_house_looks_at_every_app_of_ours():
    ours = {app for app in settings.INSTALLED_APPS if (ROOT / app).is_dir()}
    assert ours - set(WIRING) == set(APPS)


@pytest.mark.parametrize(
    ("name", "option"),
    [("apps", "layers"), ("files", "containers"), ("launcher", "forbidden_modules")],
)
def test_every_contract_covers_every_app(name, option):
    assert set(APPS) - contract(name, option) == set()
