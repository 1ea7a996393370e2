"""What identifies somebody is sealed, or stands on this list with its reason; nothing sealed slips out."""

import ast
from importlib import import_module

import pytest
from django.apps import apps
from django.db import models

from api.shapes import ModelShape
from reference.sealed_fields import EncryptedField
from tests.house.test_models import privacy_of
from tests.house.walk import ROOT, modules, our_models

# Identifying and readable in the database, each by decision: docs/adr/0017-sealed-identities.md.
READABLE = {
    "accounts.User.email": "staff sign in with it",
    "accounts.User.name": "colleagues are told apart by it, and the trail names them",
    "accounts.Invitation.email": "whom an invitation was sent to",
    "prosecutions.Accused.name": "courts call their cases by it, and it is searched by parts",
    "prosecutions.Accused.aliases": "the same",
}
# Where the plain value may be asked for: what shows it, writes it, hands it out with consent, counts with it.
OPENERS = {
    "aftercare/actions/therapy.py",
    "aftercare/referral_sheet.py",
    "aftercare/views/placements.py",
    "aftercare/views/therapy.py",
    "casefiles/telling.py",
    "exchange/htcds/people.py",
    "exchange/htcds/incoming/alike.py",
    "exchange/kinds.py",
    "figures/people.py",
    "prosecutions/proposals.py",
    "reference/sealed_fields.py",
    "rights/copying.py",
    "rights/opening.py",
    "rights/settling.py",
    "survivors/actions/identity.py",
    "survivors/safe_story.py",
    "survivors/views/identity.py",
    "survivors/views/reaching.py",
}

SEALED = [
    (model, one)
    for model in our_models()
    for one in model._meta.concrete_fields
    if isinstance(one, EncryptedField)
]


def named(model, field):
    return f"{model._meta.label}.{field.name}"


def test_what_identifies_somebody_is_sealed_or_readable_by_decision():
    identifying = {
        f"{model._meta.label}.{name}" for model in our_models() for name in privacy_of(model)["identifying"]
    }
    sealed = {named(model, one) for model, one in SEALED}
    assert identifying - sealed - READABLE.keys() == set()
    assert READABLE.keys() & sealed == set()


def test_the_list_names_only_what_is_there():
    there = {named(model, one) for model in our_models() for one in model._meta.concrete_fields}
    assert READABLE.keys() - there - {"accounts.Invitation.email"} == set()


def test_there_are_sealed_fields_and_each_is_of_a_case():
    assert len(SEALED) > 10
    assert [
        named(m, f) for m, f in SEALED if not getattr(m, "case_bearing", False) or not hasattr(m, "case")
    ] == []


def test_sealed_fields_carry_no_index_and_no_constraint():
    for model, one in SEALED:
        assert not one.unique
        assert not one.db_index
        in_indexes = {name.lstrip("-") for index in model._meta.indexes for name in index.fields}
        assert one.name not in in_indexes


def test_the_plain_value_is_asked_for_in_a_few_places_only():
    """`.open()` without arguments opens a sealed value (files and operations are opened with some)."""
    names = {one.name for _model, one in SEALED}
    asking = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "open"
        and not node.args
        and not node.keywords
        and isinstance(node.func.value, ast.Attribute | ast.Call | ast.Name)
        and (names & {getattr(node.func.value, "attr", ""), "numbers"} or path in OPENERS)
    }
    assert asking - OPENERS == set()


def test_no_template_names_a_sealed_field_of_its_record():
    """Templates get opened values under names of their own, from the pages that record the look."""
    words = {f".{one.name}" for model, one in SEALED if model._meta.model_name in ("identity", "therapynote")}
    found = [
        (path.relative_to(ROOT).as_posix(), word)
        for path in (ROOT / "templates").rglob("*.html")
        for word in words
        for text in [path.read_text(encoding="utf-8")]
        if f"identity{word}" in text or f"survivor.identity{word}" in text
    ]
    assert found == []


@pytest.mark.parametrize("lookup", ["exact", "icontains", "in", "gt"])
def test_no_sealed_field_answers_a_lookup(lookup):
    for _model, one in SEALED:
        with pytest.raises(Exception, match="is sealed"):
            one.get_lookup(lookup)


def test_the_api_shows_no_sealed_field():
    sealed = {(model, one.name) for model, one in SEALED}
    shown = {(shape.Meta.model, name) for shape in shapes(ModelShape) for name in shape.Meta.fields}
    assert len(shown) > 500
    assert shown & sealed == set()
    serializers = [tree for path, tree in modules() if path.startswith("api/")]
    said = {node.value for tree in serializers for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip
    own = {one.name for model, one in SEALED if model._meta.app_label == "survivors"}
    # Named so elsewhere, too: numbers of anything, the home of an office, who is whose mother.
    assert said & (own | {"born"}) - {"address", "numbers", "home", "who"} == set()


def shapes(kind):
    """Every serializer with fields of a model, however it was made."""
    import_module("api.urls")
    for made in kind.__subclasses__():
        yield from ([made] if hasattr(made, "Meta") else [])
        yield from shapes(made)


def test_sealed_columns_are_bytes_that_may_be_missing():
    for model, one in SEALED:
        assert isinstance(one, models.BinaryField)
        assert one.null
        assert not one.editable, f"{named(model, one)} would come into a ModelForm"
    assert apps.get_model("survivors", "Identity").row_rule
