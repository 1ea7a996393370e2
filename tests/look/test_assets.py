"""The built files: small enough for a bad line, complete, and refused when a name is wrong."""

import gzip
import re

import brotli
import pytest
from django.contrib.staticfiles import finders

from devservices.assets import BadAsset, build, icon_names, sprite, without_source_map
from tests.look.sources import ROOT

KB = 1024


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("build")
    build(ROOT, out)
    return out


def packed(data):
    return len(brotli.compress(data))


def test_the_style_sheet_is_small(built):
    assert packed((built / "site.css").read_bytes()) <= 20 * KB


def test_the_icons_are_small(built):
    assert packed((built / "icons.svg").read_bytes()) <= 8 * KB


def test_our_script_is_small():
    assert len(gzip.compress((ROOT / "static/app.js").read_bytes(), 9)) <= 6 * KB


def test_all_files_of_a_first_visit_leave_room_for_the_page(built):
    """60 KB on the wire; a list page of 50 rows takes up to 12 of them."""
    with open(finders.find("django_htmx/htmx-2.min.js"), "rb") as htmx:
        files = [
            htmx.read(),
            (ROOT / "static/app.js").read_bytes(),
            (ROOT / "static/favicon.svg").read_bytes(),
        ]
    files += [(built / name).read_bytes() for name in ("site.css", "icons.svg")]
    assert sum(map(packed, files)) <= 48 * KB


def test_fonts_load_only_for_their_script(built):
    faces = re.findall(r"@font-face\{.*?\}", (built / "site.css").read_text())
    assert len(faces) == 6
    assert all("unicode-range" in face and "font-display:swap" in face for face in faces)
    for file in re.findall(r"url\(\"?([^)\"]+)", "".join(faces)):
        assert (built / file).exists()


def test_no_map_is_named_that_is_not_shipped(built):
    assert "sourceMappingURL" not in (built / "site.css").read_text()
    assert without_source_map("a{}/*# sourceMappingURL=a.css.map */") == "a{}"
    assert without_source_map("x()\n//# sourceMappingURL=x.js.map") == "x()\n"


def test_every_named_icon_is_in_the_sprite(built):
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (built / "icons.svg").read_text()))
    assert set(icon_names(ROOT)) <= drawn


def test_an_unknown_icon_stops_the_build():
    with pytest.raises(BadAsset, match=r"no-such-thing \(in cases/views.py\)"):
        sprite(ROOT, {"no-such-thing": "cases/views.py", "gavel": "cases/views.py"})


def test_icons_are_found_in_templates_and_in_python(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/icons.txt").write_text("# said at run time\nclock\n")
    (tmp_path / "a.html").write_text(
        '{% icon "gavel" size=16 %}{% include "_empty.html" with icon="inbox" %}'
    )
    (tmp_path / "a.py").write_text('x = {"icon": "lock"}\ny = icon_name("key")\nz = row(icon="plus")\n')
    (tmp_path / "b.py").write_text('PAGES = [("cases", "folder-open")]  # name, icon\n')
    (tmp_path / "c.py").write_text('STATES = ["archive", "flag"]\n')
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules/d.html").write_text('{% icon "ban" %}')
    assert set(icon_names(tmp_path)) == {"clock", "folder-open", "gavel", "inbox", "lock", "key", "plus"}


def test_the_lock_file_names_no_registry():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
