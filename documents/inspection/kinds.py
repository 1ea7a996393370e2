"""What may be kept: the endings, what libmagic calls their contents, and who looks closer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of file: the types its contents may have, and the name of the closer look."""

    look: str
    types: frozenset[str]


def _kind(look: str, *types: str) -> Kind:
    return Kind(look, frozenset(types))


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_ZIP = "application/zip"
_JPEG = _kind("picture", "image/jpeg")
_TIFF = _kind("picture", "image/tiff")
_HEIC = _kind("film", "image/heic", "image/heif")
_TEXT = _kind("text", "text/plain", "text/csv", "application/csv", "application/octet-stream")
_FILM = ("video/mp4", "video/quicktime", "video/3gpp", "video/3gpp2", "video/x-m4v")
_OGG = _kind("sound", "audio/ogg", "application/ogg", "video/ogg")

KINDS = {
    ".pdf": _kind("pdf", "application/pdf"),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".png": _kind("picture", "image/png"),
    ".webp": _kind("picture", "image/webp"),
    ".tif": _TIFF,
    ".tiff": _TIFF,
    ".heic": _HEIC,
    ".heif": _HEIC,
    ".docx": _kind("office", f"{_OFFICE}wordprocessingml.document", _ZIP),
    ".xlsx": _kind("office", f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    ".pptx": _kind("office", f"{_OFFICE}presentationml.presentation", _ZIP),
    ".odt": _kind("open", f"{_OPEN}text"),
    ".ods": _kind("open", f"{_OPEN}spreadsheet"),
    ".odp": _kind("open", f"{_OPEN}presentation"),
    ".txt": _TEXT,
    ".csv": _TEXT,
    ".mp3": _kind("sound", "audio/mpeg"),
    ".wav": _kind("sound", "audio/x-wav", "audio/wav"),
    ".ogg": _OGG,
    ".oga": _OGG,
    ".opus": _OGG,
    ".amr": _kind("sound", "audio/amr", "audio/x-amr"),
    ".m4a": _kind("film", "audio/x-m4a", "audio/mp4", *_FILM),
    ".mp4": _kind("film", *_FILM),
    ".m4v": _kind("film", *_FILM),
    ".mov": _kind("film", *_FILM),
    ".3gp": _kind("film", *_FILM),
    ".zip": _kind("archive", _ZIP),
}
# Of which of them we can make a copy without what lies hidden in it.
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/tiff"})
CLEANED = PICTURES | {"application/pdf"}
