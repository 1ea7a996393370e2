"""Write build/sbom.cdx.json: everything that runs and is not ours, with version and hashes (CycloneDX)."""

import base64
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "sbom.cdx.json"


def python_packages():
    """The bill of requirements.txt, as the standard tool writes it."""
    tool = Path(sys.executable).with_name("cyclonedx-py")
    done = subprocess.run(
        [tool, "requirements", "requirements.txt", "--output-reproducible", "--short-PURLs"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def without_places(component):
    """A package is known by name, version and hashes, not by where this machine fetches it."""
    hashes = [
        fingerprint
        for reference in component.pop("externalReferences", [])
        for fingerprint in reference.get("hashes", [])
    ]
    component.pop("description", None)
    return component | {"hashes": hashes, "bom-ref": component["purl"]}


def browser_packages():
    """What the browser is sent comes from npm packages that the lock file pins by hash."""
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for place, package in sorted(lock.items()):
        if not place or "integrity" not in package:
            continue
        name = place.removeprefix("node_modules/")
        kind, digest = package["integrity"].split("-", 1)
        purl = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
        yield {
            "type": "library",
            "name": name,
            "version": package["version"],
            "purl": purl,
            "bom-ref": purl,
            "hashes": [
                {"alg": re.sub(r"sha(\d+)", r"SHA-\1", kind), "content": base64.b64decode(digest).hex()}
            ],
        }


def bill():
    """The whole bill."""
    found = python_packages()
    found["components"] = [*map(without_places, found["components"]), *browser_packages()]
    found["dependencies"] = [{"ref": component["bom-ref"]} for component in found["components"]]
    found["metadata"]["component"] = {"type": "application", "name": "ijm-cases", "bom-ref": "ijm-cases"}
    return found


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    found = bill()
    OUT.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
    sys.stdout.write(f"{OUT.relative_to(ROOT)}: {len(found['components'])} components\n")
