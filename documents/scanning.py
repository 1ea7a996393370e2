"""Asking clamd, where one is configured. Anything but a clear "OK" is not clean."""

from typing import Any, Protocol

from clamav_client import get_scanner
from clamav_client.scanner import ScanResult
from django.conf import settings

from documents.states import Scan

SECONDS = 30


class Readable(Protocol):
    """All that the scanner's client asks of a file."""

    def read(self, most: int, /) -> bytes: ...


def scan(plain: Readable) -> Scan:
    """Look for viruses; WAITING when the scanner cannot be asked, NOT_SCANNED where there is none."""
    if not settings.CLAMD:
        return Scan.NOT_SCANNED
    result = ScanResult(filename="stream", state=None, details=None, err=None)
    try:
        scanner: Any = get_scanner({"backend": "clamd", "address": settings.CLAMD, "timeout": SECONDS})
        answer = scanner.client.instream(plain).get("stream")
    except Exception as failed:  # noqa: BLE001  a dead, slow or confused scanner must never mean "clean"
        result.update("ERROR", None, failed)
    else:
        result.update(*(answer or (None, None)))
    if result.passed is True:
        return Scan.CLEAN
    return Scan.INFECTED if result.state == "FOUND" else Scan.WAITING
