"""The memo against bail: what it says, and how it is set on paper."""

from prosecutions.memo.composing import compose
from prosecutions.memo.keeping import cases_in, digest_of, readable
from prosecutions.memo.paper import as_docx, as_pdf

__all__ = ["as_docx", "as_pdf", "cases_in", "compose", "digest_of", "readable"]
