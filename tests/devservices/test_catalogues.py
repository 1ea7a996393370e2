"""Message catalogues are compiled without gettext."""

import gettext
import os

import pytest
from django.core.management import CommandError, call_command

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "case"
msgstr "caso"

#, python-format
msgid "%(n)s hearing"
msgid_plural "%(n)s hearings"
msgstr[0] "%(n)s audiencia"
msgstr[1] "%(n)s audiencias"

#, fuzzy
msgid "court"
msgstr "corte"
"""


@pytest.fixture
def po(tmp_path, settings):
    """A Spanish catalogue, the only one there is."""
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE)
    return folder / "django.po"


def test_what_is_compiled_can_be_read(po, capsys):
    call_command("compile_catalogues")

    with po.with_suffix(".mo").open("rb") as compiled:
        spanish = gettext.GNUTranslations(compiled)
    assert spanish.gettext("case") == "caso"
    assert spanish.ngettext("%(n)s hearing", "%(n)s hearings", 2) == "%(n)s audiencias"
    assert spanish.gettext("court") == "court"
    assert "1 of 1" in capsys.readouterr().out


def test_only_what_changed_is_compiled_again(po, capsys):
    call_command("compile_catalogues", verbosity=0)
    os.utime(po, (1, 1))
    call_command("compile_catalogues")

    assert "0 of 1" in capsys.readouterr().out


def test_a_translation_that_loses_a_placeholder_is_refused(po):
    po.write_text(CATALOGUE.replace("%(n)s audiencias", "%(m)s audiencias"))

    with pytest.raises(CommandError, match="django.po"):
        call_command("compile_catalogues")
    assert not po.with_suffix(".mo").exists()
