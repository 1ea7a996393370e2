"""Records to be read: each kind is a short declaration of its model, its verb and its fields."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django_filters import rest_framework as filters
from rest_framework import serializers

from api.base import Filters, OfCaseFilters, ScopedViewSet
from api.shapes import Shape

FIRST, LAST = ("id", "case", "office"), ("version", "created_at", "updated_at")


class RecordShape(Shape):
    """One record, with the key of its office. What may be hidden beside it (`scoped`) is empty then."""

    office = serializers.SlugRelatedField(slug_field="key", read_only=True)
    scoped: tuple[str, ...] = ()

    def to_representation(self, row):
        shown = super().to_representation(row)
        for name in self.scoped:
            seen = getattr(row, f"seen_{name}", None)
            shown[name] = str(seen) if seen else None
        return shown


class Reading(ScopedViewSet):
    """Rows of one kind: `fields` is the allow-list, `narrow` names what a list can be narrowed by."""

    fields: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    only_with: dict[str, Any] = {}
    scoped: tuple[str, ...] = ()
    serializer_class: type[serializers.BaseSerializer[Any]] | None
    shape: Any = RecordShape
    related: tuple[str, ...] = ("office",)

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "fields" in cls.__dict__:  # who writes inherits the shape of who reads
            cls.serializer_class = shape_of(cls)
            cls.filterset_class = filters_of(cls)

    def get_queryset(self):
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        if self.action == "list":
            rows = rows.exclude(office__in=self.offices_without())
        return self.told(rows.annotate(**{f"seen_{name}": self.seen(name) for name in self.scoped}))

    def told(self, rows):
        """Of these rows those that are told, with what hangs from them."""
        return rows

    def offices_without(self):
        """Where the person has roles, and none of them holds the verb: other roles of hers do not count."""
        person, need = self.request.user, self.need()
        if person.agrees_on(need):
            return []
        here = {office for office, _role in person.live_memberships if office}
        return [office for office in here if not person.can_on(need, office)]

    def seen(self, name):
        """The key that stands there, if the viewer may know of that record."""
        other = self.model._meta.get_field(name).related_model
        return Subquery(other.objects.filter(pk=OuterRef(f"{name}_id")).values("pk")[:1])


def shape_of(view):
    """The serializer of a kind."""
    columns = {field.name for field in view.model._meta.get_fields()}
    first = [name for name in (*FIRST, "key") if name in columns]
    last = [name for name in ("external_id", *LAST) if name in columns]
    names = list(dict.fromkeys([*first, *view.fields, *last]))
    meta = type("Meta", (), {"model": view.model, "fields": names, "read_only_fields": names})
    more = {"Meta": meta, "scoped": view.scoped, "only_with": view.only_with}
    return type(f"{view.model.__name__}Record", (view.shape,), {**more, "__doc__": view.__doc__})


def filters_of(view):
    """What the list can be narrowed by: what every list can, the office, the case and the names given."""
    found = {name: filter_of(view.model, name) for name in view.narrow}
    base = OfCaseFilters if hasattr(view.model, "case") else Filters
    return type(f"{view.model.__name__}Filters", (base,), found)


def filter_of(model, name):
    """The filter that fits a column."""
    field = model._meta.get_field(name)
    label = str(getattr(field, "verbose_name", name))
    if isinstance(field, models.ForeignKey):
        uuid = isinstance(field.related_model._meta.pk, models.UUIDField)
        kind = filters.UUIDFilter if uuid else filters.NumberFilter
        return kind(field_name=f"{name}_id", label=f"Id: {label}")
    if isinstance(field, models.BooleanField):
        return filters.BooleanFilter(field_name=name, label=label)
    return filters.ChoiceFilter(field_name=name, choices=field.flatchoices, label=label)
