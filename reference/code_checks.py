"""A code list that grows: Django alters the field and leaves the check of the column as it was."""

from django.db import migrations


def recheck(model, *names):
    """An operation that lays the check of these columns down anew; it goes after their AlterField."""

    def lay(apps, schema_editor):
        state = apps.get_model(*model.split("."))
        quote, table = schema_editor.quote_name, state._meta.db_table
        for name in names:
            field = state._meta.get_field(name)
            check = quote(f"{table}_{field.column}_check")
            schema_editor.execute(f"ALTER TABLE {quote(table)} DROP CONSTRAINT IF EXISTS {check}")
            schema_editor.execute(
                f"ALTER TABLE {quote(table)} ADD CONSTRAINT {check} "
                f"CHECK ({field.db_check(schema_editor.connection)})"
            )

    return migrations.RunPython(lay, migrations.RunPython.noop)
