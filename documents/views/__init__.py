from documents.views.evidence import evidence_record, evidence_sheet
from documents.views.files import document_clean, document_download, document_picture
from documents.views.pages import document_add, document_detail, document_list, document_redact, version_add

__all__ = [
    "document_add", "document_clean", "document_detail", "document_download", "document_list",
    "document_picture", "document_redact", "evidence_record", "evidence_sheet", "version_add",
]  # fmt: skip
