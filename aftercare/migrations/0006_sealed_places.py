from django.db import migrations

import reference.sealed_fields
from cases.sealing_migration import empty_clear, seal_column


def seal_places(apps, schema_editor):
    """The name of a home goes under the key of its case; it tells where somebody can be found."""
    table = "aftercare_placement"
    seal_column(schema_editor, table, "at_clear", "at", lambda place: place.encode())
    empty_clear(schema_editor, table, "at_clear = ''")


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0005_therapy_notes"),
        ("cases", "0006_case_key"),
    ]

    operations = [
        migrations.RenameField(model_name="placement", old_name="at", new_name="at_clear"),
        migrations.AddField(
            model_name="placement",
            name="at",
            field=reference.sealed_fields.EncryptedText(verbose_name="where"),
        ),
        migrations.AddField(
            model_name="placement",
            name="address",
            field=reference.sealed_fields.EncryptedText(verbose_name="address"),
        ),
        migrations.RunPython(seal_places, migrations.RunPython.noop),
        migrations.RemoveField(model_name="placement", name="at_clear"),
    ]
