"""What every model owes: fields classified, lists checked, pairs paired, no order nobody asked for."""

import pytest
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.db.models import CheckConstraint, Q

from reference.fields import CodeField, CodesField
from tests.each import each
from tests.house.walk import case_bearing, our_models

MODELS = our_models()
CLASSES = ("identifying", "sensitive", "neutral")

# Choices of a plain field, each with the constraint that checks them.
CHECKED_BY = {
    "accounts.Membership.role": "membership_role_known",
    "audit.Event.origin": "event_origin_known",
    "audit.Event.door": "event_door_known",
    "cases.Case.sensitivity": "case_sensitivity_known",
}
# Pairs of `_at` and `_by` that may stand alone, each with the reason.
UNPAIRED = {
    "aftercare.Instrument.loaded_at": "what ships with the system is loaded by nobody",
    "notifications.Telling.answered_at": "both are always there",
    "figures.Study.written_at": "what ships with the system is written by nobody",
    "figures.MonthWord.signed_at": "both are always there",
    "exchange.CtdcSet.added_at": "both are always there",
    "exchange.OfficeKey.added_at": "both are always there",
}
# Moments whose name does not end in `_at`, each with the reason.
ODD_MOMENTS = {
    "accounts.User.last_login": "Django's own name",
    "accounts.SignIn.expire_date": "Django's own name",
    "accounts.Sending.at": "the moment of the sending itself",
    "audit.Event.at": "the moment of the event itself",
    "notifications.AlertLog.at": "the moment of the step itself",
    "notifications.Attempt.at": "the moment of the attempt itself",
    "notifications.DeadLetter.at": "the moment of the failure itself",
    "notifications.Reading.at": "the moment of the reading itself",
    "notifications.Handled.at": "the moment of the handling itself",
    "cases.Share.until": "reads better in the rule than ends_at",
    "exchange.HandoverTry.at": "the moment of the try itself",
    "cases.Assignment.until": "reads better in the rule than ends_at",
    "accounts.Deputy.until": "the same",
    "accounts.Absence.until": "the same",
    "notifications.Reminder.fire_until": "the moment from which it is of no use",
    "notifications.Alert.act_by": "the moment by which somebody has to act",
    "notifications.Delivery.lease_until": "reads better in the rule than ends_at",
}


def label(model):
    return model._meta.label


def fields_of(model):
    return [field for field in model._meta.get_fields() if not field.auto_created and field.concrete]


def privacy_of(model):
    """The classes of all fields, its own and those of its bases together."""
    merged = {name: set() for name in CLASSES}
    for kind in model.__mro__:
        declared = vars(kind).get("Privacy")
        for name in CLASSES:
            merged[name] |= set(getattr(declared, name, ()))
    return merged


@each(*MODELS, ids=label)
def test_every_field_is_classified_once(model):
    classes = privacy_of(model)
    unclassified = [
        f.name for f in model._meta.concrete_fields if not any(f.name in c for c in classes.values())
    ]
    twice = [f.name for f in model._meta.concrete_fields if sum(f.name in c for c in classes.values()) > 1]
    assert (unclassified, twice) == ([], [])


@each(*MODELS, ids=label)
def test_nothing_is_classified_that_is_not_there(model):
    own = vars(model).get("Privacy")
    named = {name for kind in CLASSES for name in getattr(own, kind, ())}
    assert named - {field.name for field in model._meta.concrete_fields} == set()


@each(*MODELS, ids=label)
def test_every_list_of_codes_is_checked_by_the_column(model):
    plain = [
        f"{model._meta.label}.{field.name}"
        for field in model._meta.concrete_fields
        if field.choices and not isinstance(field, CodeField)
    ]
    lists = [f.name for f in fields_of(model) if getattr(getattr(f, "base_field", None), "choices", None)]
    constraints = {constraint.name for constraint in model._meta.constraints}
    assert [name for name in plain if CHECKED_BY.get(name) not in constraints] == []
    assert [name for name in lists if not isinstance(model._meta.get_field(name), CodesField)] == []


def named_in(condition):
    """The fields that a condition speaks of."""
    if isinstance(condition, Q):
        return {name for child in condition.children for name in named_in(child)}
    if isinstance(condition, tuple):
        return {condition[0].split("__")[0]}
    return set()


@each(*MODELS, ids=label)
def test_when_and_by_whom_stand_together(model):
    names = {field.name for field in model._meta.concrete_fields}
    pairs = [(n, f"{n[:-3]}_by") for n in names if n.endswith("_at") and f"{n[:-3]}_by" in names]
    checks = [named_in(c.condition) for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    loose = [pair for pair in pairs if not any(set(pair) <= check for check in checks)]
    assert [pair for pair in loose if f"{model._meta.label}.{pair[0]}" not in UNPAIRED] == []


@each(*MODELS, ids=label)
def test_moments_and_days_are_named_as_such(model):
    odd = [
        f"{model._meta.label}.{field.name}"
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and not field.name.endswith("_at")
    ]
    assert [name for name in odd if name not in ODD_MOMENTS] == []


@each(*MODELS, ids=label)
def test_no_order_that_nobody_asked_for_and_no_key_to_just_anything(model):
    assert not model._meta.ordering
    assert not any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields)


@each(*case_bearing(), ids=label)
def test_case_data_has_random_keys_and_nothing_falls_with_another_row(model):
    assert isinstance(model._meta.pk, models.UUIDField)
    cascading = [
        f.name
        for f in model._meta.concrete_fields
        if f.remote_field and f.remote_field.on_delete is models.CASCADE
    ]
    assert cascading == []


@each(*case_bearing(), ids=label)
def test_case_data_is_read_through_the_viewer_s_eyes(model):
    with pytest.raises(Exception, match=model._meta.label):
        model._default_manager.all()
