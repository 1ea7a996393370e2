"""What webhooks may tell of: the records that the API shows, seen as the API shows them."""

from types import SimpleNamespace

from django.utils.module_loading import import_string

from hooks.telling import Noun


def nouns():
    """{model label: Noun} of every kind of record that has an address here."""
    return {
        view.model._meta.label: Noun(word, view.needs["list"], seen_by(view))
        for word, view, _name in import_string("api.nouns.NOUNS")
        if word != "alerts"
    }


def seen_by(view):
    """Which of some rows the person could read now, with the office of each."""

    def seen(person, ids):
        looking = view()
        looking.request, looking.action = SimpleNamespace(user=person), "retrieve"
        rows = looking.get_queryset().filter(pk__in=ids).order_by().values_list("pk", "office_id")
        return {str(pk): office for pk, office in rows}

    return seen
