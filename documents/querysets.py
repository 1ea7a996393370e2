"""Reads of documents."""

from django.db.models import Exists, OuterRef, Q

from accounts.roles import Can
from cases.querysets import OfCaseQuerySet


class DocumentQuerySet(OfCaseQuerySet):
    """The files of a case."""

    def latest(self):
        """Of every document its latest version; redacted copies stand with what they were made from."""
        newer = self.model._default_manager.filter(edition__gt=OuterRef("edition")).filter(
            Q(first=OuterRef("first")) | Q(first=OuterRef("pk"))
        )
        return self.filter(~Exists(newer), redacts=None)

    def for_list(self):
        """Latest first, with what a row shows."""
        return self.latest().select_related("uploaded_by").order_by("-created_at", "pk")

    def versions_of(self, document):
        """Every version of this document, latest first."""
        root = document.root_id
        return (
            self.filter(Q(pk=root) | Q(first=root)).select_related("uploaded_by").order_by("-edition", "pk")
        )

    def copies_of(self, document):
        """The redacted copies of any version of this document, latest first."""
        root = document.root_id
        made_from = Q(redacts=root) | Q(redacts__first=root)
        return self.filter(made_from).select_related("uploaded_by", "redacts").order_by("-created_at", "pk")


class DocumentKeyQuerySet(OfCaseQuerySet):
    """The keys of documents: what identifies a survivor opens for few. The second lock says the same."""

    def visible_to(self, user):
        rows = super().visible_to(user)
        if user.can(Can.OPEN_IDENTITY):
            return rows
        return rows.filter(Q(identifying=False) | Q(uploaded_by=user))


def may_open(person, document):
    """What identifies a survivor is opened by whoever brought it and by those who may open identities.

    The same rule as row_rule of DocumentKey says to the database.
    """
    if not document.identifying or document.uploaded_by_id == person.pk:
        return True
    return person.can_on(Can.OPEN_IDENTITY, document.office_id)
