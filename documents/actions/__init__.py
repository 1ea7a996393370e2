"""Files of a case: kept as they came in, encrypted, with the digest that proves it."""

from documents.actions.copies import copy_cleaned, picture_of
from documents.actions.evidence import open_sheet, record_evidence
from documents.actions.files import add_document, add_version, open_document, redact_document
from documents.actions.intake import check_name, check_size
from documents.actions.keeping import scan_document, seal_document

__all__ = [
    "add_document", "add_version", "check_name", "check_size", "copy_cleaned", "open_document", "open_sheet",
    "picture_of", "record_evidence", "redact_document", "scan_document", "seal_document",
]  # fmt: skip
