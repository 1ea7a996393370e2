"""What a new master key means here: every key of a document is wrapped anew, no content is touched."""

from accounts.scope import system_access
from documents.actions.intake import about_key
from documents.models import DocumentKey
from reference import sealed

AT_ONCE = 200


def rewrap_all() -> int:
    """Bring the keys of all documents under the master key in use; how many that were."""
    with system_access("retention", "looking for keys of documents") as _account:
        wanted = list(DocumentKey.objects.order_by("pk").values_list("pk", flat=True))
    return sum(rewrap_some(wanted[start : start + AT_ONCE]) for start in range(0, len(wanted), AT_ONCE))


def rewrap_some(pks: list) -> int:
    """A few keys in a transaction of their own."""
    done = 0
    with system_access("retention", "wrapping keys of documents under a new master key"):
        for row in DocumentKey.objects.select_for_update(of=("self",)).filter(pk__in=pks):
            anew = sealed.rewrap(bytes(row.wrapped), about_key(row.document_id))
            if anew != bytes(row.wrapped):
                row.wrapped, done = anew, done + 1
                row.save(update_fields=["wrapped"])
    return done
