"""The browser tests find a browser, install one, or say what to type; they are never left out in silence."""

import shutil
import subprocess
import sys

import pytest

from devservices.places import CHECKOUT

FOUND = "#!/bin/sh\n"
INSTALLS = """#!/bin/sh
echo "$@" >> "$ASKED"
case "$1" in install) printf '#!/bin/sh\\n' > "$BIN/chromium"; chmod +x "$BIN/chromium";; esac
"""
FAILS = "#!/bin/sh\nexit 100\n"


@pytest.fixture
def machine(tmp_path):
    """A machine that has only these programs, run by this person."""

    def run(uid, **programs):
        folder = tmp_path / "bin"
        folder.mkdir()
        programs["id"] = f"#!/bin/sh\necho {uid}\n"
        for name, text in programs.items():
            (folder / name.replace("_", "-")).write_text(text)
            (folder / name.replace("_", "-")).chmod(0o755)
        for name in ("env", "chmod"):
            (folder / name).symlink_to(shutil.which(name))
        environment = {"PATH": str(folder), "BIN": str(folder), "ASKED": str(tmp_path / "asked")}
        return subprocess.run(
            ["/bin/sh", str(CHECKOUT / "tools/ensure_browser.sh")],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_browser_of_the_machine_is_taken(machine, tmp_path):
    found = machine(1000, chromium_browser=FOUND)

    assert (found.returncode, found.stdout) == (0, f"{tmp_path}/bin/chromium-browser\n")


def test_root_gets_debian_s(machine, tmp_path):
    found = machine(0, apt_get=INSTALLS)

    assert (found.returncode, found.stdout) == (0, f"{tmp_path}/bin/chromium\n")
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[0].startswith("update")
    assert "chromium fonts-noto-core" in asked[1]


def test_with_sudo_that_asks_nothing_it_is_installed_too(machine, tmp_path):
    found = machine(1000, apt_get=INSTALLS, sudo='#!/bin/sh\nshift\ncase "$1" in true) ;; *) "$@";; esac\n')

    assert (found.returncode, found.stdout) == (0, f"{tmp_path}/bin/chromium\n")


def test_without_any_right_the_one_command_to_type_is_said(machine):
    found = machine(1000, apt_get=INSTALLS)

    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.splitlines()[-1].endswith(
        "Type: sudo apt-get install -y --no-install-recommends chromium fonts-noto-core"
    )


def test_an_install_that_fails_is_not_taken_for_a_browser(machine):
    found = machine(0, apt_get=FAILS)

    assert found.returncode == 1
    assert found.stdout == ""


def test_on_another_system_it_says_how_to_name_a_browser(machine):
    found = machine(0)

    assert found.returncode == 1
    assert "BROWSER_BIN=" in found.stderr


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        ('<testcase classname="tests.browser.test_x" name="a"/>', 0),
        ('<testcase classname="tests.cases.test_x" name="a"/>', 1),
        ('<testcase classname="tests.browser.test_x" name="a"><skipped/></testcase>', 1),
    ],
)
def test_a_run_without_its_browser_tests_is_refused(tmp_path, cases, code):
    report = tmp_path / "junit.xml"
    report.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")

    judged = subprocess.run(
        [sys.executable, str(CHECKOUT / "tools/browser_tests_ran.py"), str(report)],
        capture_output=True,
        check=False,
    )

    assert judged.returncode == code
