"""What was written freely and names nothing of the lists, by its words, with how often it stands."""

from django.db.models import Count, F, Min, TextField
from django.db.models.functions import Cast

from prosecutions.models import Charge, Proceeding

MOST = 200


def courts():
    """(words, country, count, key of one of them) of courts that are in no list, most frequent first."""
    rows = Proceeding.objects.filter(known_court=None).exclude(court="")
    return counted(rows, country=F("office__country"), words=F("court"))


def offences():
    """The same of charges."""
    rows = Charge.objects.filter(known_offence=None)
    return counted(rows, where=F("office__country"), words=F("offence"), law=F("statute"), part=F("section"),
                   of=F("country"))  # fmt: skip


def counted(rows, **words):
    """Rows by their words, with their number and one of them to begin from."""
    rows = rows.values(**words).annotate(count=Count("pk"), sample=Min(Cast("pk", TextField())))
    return list(rows.order_by("-count", "words", "sample")[:MOST])
