import django.contrib.postgres.fields
from django.db import migrations, models

import audit.fields

# What the trigger writes for new rows (audit/policies.py), for those that were there before it.
FILL = """
ALTER TABLE audit_event DISABLE TRIGGER USER;
UPDATE audit_event SET salt = uuid_send(gen_random_uuid()), written_at = clock_timestamp(), door = 'claimed',
  xid = pg_current_xact_id()::text::bigint;
UPDATE audit_event SET commitment = sha256(salt || convert_to(detail::text, 'UTF8'));
UPDATE audit_event SET digest = sha256(convert_to(concat_ws('|', 'ijm-audit-event-1', id,
  (extract(epoch FROM at) * 1000000)::bigint, (extract(epoch FROM written_at) * 1000000)::bigint,
  xid, actor_id, coalesce(case_id::text, '-'),
  octet_length(door) || ':' || door, octet_length(verb) || ':' || verb,
  octet_length(subject) || ':' || subject, octet_length(subject_id) || ':' || subject_id,
  octet_length(origin) || ':' || origin, encode(commitment, 'hex')), 'UTF8'));
ALTER TABLE audit_event ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("no", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("leaves", models.BinaryField()),
                ("root", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("key", models.CharField(max_length=16)),
                ("signature", models.BinaryField()),
            ],
        ),
        migrations.AlterField("event", "detail", audit.fields.KeptJSONField(default=dict)),
        migrations.AddField(
            "event",
            "door",
            models.CharField(
                choices=[
                    ("viewer", "The database knows who was looking"),
                    (
                        "apart",
                        "Written by the second door, where nobody was signed in or the act was refused",
                    ),
                    ("claimed", "The application said so: somebody was just signing in"),
                ],
                editable=False,
                max_length=7,
                null=True,
            ),
        ),
        migrations.AddField("event", "written_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("event", "xid", models.BigIntegerField(editable=False, null=True)),
        migrations.AddField("event", "salt", models.BinaryField(editable=False, null=True)),
        migrations.AddField("event", "commitment", models.BinaryField(editable=False, null=True)),
        migrations.AddField("event", "digest", models.BinaryField(editable=False, null=True)),
        migrations.AddField("event", "seal_no", models.BigIntegerField(editable=False, null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            "event",
            "door",
            models.CharField(
                choices=[
                    ("viewer", "The database knows who was looking"),
                    (
                        "apart",
                        "Written by the second door, where nobody was signed in or the act was refused",
                    ),
                    ("claimed", "The application said so: somebody was just signing in"),
                ],
                editable=False,
                max_length=7,
            ),
        ),
        migrations.AlterField("event", "written_at", models.DateTimeField(editable=False)),
        migrations.AlterField("event", "xid", models.BigIntegerField(editable=False)),
        migrations.AlterField("event", "commitment", models.BinaryField(editable=False)),
        migrations.AlterField("event", "digest", models.BinaryField(editable=False)),
        migrations.AddIndex("event", models.Index(fields=["subject_id", "-id"], name="event_of_subject")),
        migrations.AddIndex("event", models.Index(fields=["seal_no", "id"], name="event_of_seal")),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(("door__in", ["viewer", "apart", "claimed"])), name="event_door_known"
            ),
        ),
    ]
