"""Values of the law in words, for facts and for versions side by side."""

from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from law.models import CommonCode
from law.whom import names, told
from reference.templatetags.show import edtf


def shown(value):
    """One value as a reader wants it."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = told(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {part}" for key, part in value.items())
    if isinstance(value, date):
        return edtf(value)
    if isinstance(value, models.Model):
        return str(value)
    return str(value)


# Columns whose codes the common lists put into words.
LISTED = {"casework": "casework_types", "starts": "clock_start_events"}


def column(row, name):
    """(label, value in words) of one column."""
    field = row._meta.get_field(name)
    value = getattr(row, f"get_{name}_display")() if field.choices else shown(listed(row, name))
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:], value


def listed(row, name):
    """The value of a column, its codes in the words of their common list."""
    value = getattr(row, name)
    if name == "for_whom":
        return told(value)
    if name == "papers":
        return names("papers", value)
    if name not in LISTED or not value:
        return value
    words = dict(CommonCode.objects.filter(list=LISTED[name]).values_list("code", "name"))
    codes = value if isinstance(value, list) else [value]
    return [words.get(code, code) for code in codes]


def facts_of_row(row, columns):
    """What the row says, without what it does not."""
    pairs = [column(row, name) for name in columns]
    return [(label, value) for label, value in pairs if value]


def changes_of(revision, model):
    """One change in words: (label, what it was, what it is)."""
    rows = []
    for name, value in revision.now.items():
        try:
            label = str(model._meta.get_field(name).verbose_name)
        except models.FieldDoesNotExist:  # a column that later versions of the program dropped
            label = name
        rows.append((label[:1].upper() + label[1:], shown(revision.was.get(name)), shown(value)))
    return rows
