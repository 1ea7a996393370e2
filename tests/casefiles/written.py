"""Case files written for a test."""

import textwrap

HEAD = """\
format: ijm-case-file/1
as_of: "2020-01-31"
case: {number: TST-100, office: manila, type: csec, title: A case}
"""


def write(folder, text="", name="case.yaml", head=HEAD):
    """A file in the folder: the least there must be, and what the test is about."""
    path = folder / name
    path.write_text(head + textwrap.dedent(text), encoding="utf-8")
    return path
