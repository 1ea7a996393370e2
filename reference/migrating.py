"""Migrations that change many columns at once, without drawing every model anew for each of them."""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Several operations as one: Django renders the models once instead of once for each operation.

    The operations must not depend on each other's state in the database beyond their order: every one of them
    sees the models as they are before the first and after the last.
    """

    def __init__(self, *operations):
        self.operations = operations

    def deconstruct(self):
        return (self.__class__.__name__, list(self.operations), {})

    @property
    def reversible(self):
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} operations together"
