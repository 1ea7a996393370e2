"""Migrations that draw the models once for many operations instead of once for each.

Django renders every model related to a changed one anew after each operation, which is nearly all the
time that a fresh database takes. `QuickExecutor` runs what may be run together as one operation; the
statements that reach the database are the same, in the same order (tests/ijm_cases/test_migrating.py).
"""

from copy import copy

from django.db.migrations import operations as of_django
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

# Operations that look at their own model as it was before the first and will be after the last of them.
SIDE_BY_SIDE = (
    of_django.CreateModel,
    of_django.AddField,
    of_django.AlterField,
    of_django.AddConstraint,
    of_django.RemoveConstraint,
    of_django.AddIndex,
    of_django.RemoveIndex,
    of_django.AlterModelOptions,
)


class Together(Operation):
    """Several operations as one, for which the models are rendered once.

    Every one of them sees the models as they are before the first and after the last, so none may build on
    another's change of the same column; `grouped` keeps to that, and who writes one by hand must.
    """

    def __init__(self, *operations):
        self.operations = operations

    def deconstruct(self):
        return (self.__class__.__name__, list(self.operations), {})

    @property
    def reversible(self):
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label, state):
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            state.reload_models(
                {(app_label, model_of(operation)) for operation in self.operations}, delay=False
            )

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} operations together"


def model_of(operation):
    """The name of the model that an operation is about, as states know it."""
    return getattr(operation, "model_name_lower", None) or operation.name_lower


def grouped(operations):
    """The operations in their order, those that do not build on each other as one."""
    group, made, touched = [], set(), set()
    for operation in operations:
        model = model_of(operation) if isinstance(operation, SIDE_BY_SIDE) else None
        column = (model, getattr(operation, "name", ""))
        if group and (model is None or model in made or column in touched):
            yield from one(group)
            group, made, touched = [], set(), set()
        if model is None:
            yield operation
            continue
        group.append(operation)
        touched.add(column)
        if isinstance(operation, of_django.CreateModel):
            made.add(model)
    yield from one(group)


def one(group):
    """A group as a single operation."""
    if group:
        yield Together(*group) if len(group) > 1 else group[0]


class QuickExecutor(MigrationExecutor):
    """Runs migrations forwards with their operations grouped."""

    def apply_migration(self, state, migration, fake=False, fake_initial=False):
        # One that is not atomic may change what a later operation of it reads: left as it is.
        if migration.atomic and not fake and not fake_initial:
            migration = copy(migration)
            migration.operations = list(grouped(migration.operations))
        return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
