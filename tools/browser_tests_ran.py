"""Refuse a test run in which the browser tests were left out."""

import sys
from xml.etree import ElementTree

FOLDER = "tests.browser"


def main(report: str) -> int:
    """Return 0 if browser tests ran and none was skipped."""
    tests = [
        test
        for test in ElementTree.parse(report).iter("testcase")  # noqa: S314, our own runner wrote it
        if test.get("classname", "").startswith(FOLDER)
    ]
    skipped = [test.get("name") for test in tests if test.find("skipped") is not None]
    if not tests or skipped:
        what = f"skipped: {', '.join(map(str, skipped))}" if skipped else "not run at all"
        sys.stderr.write(f"Browser tests were {what}.\n")
        return 1
    sys.stdout.write(f"Browser tests that ran: {len(tests)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
