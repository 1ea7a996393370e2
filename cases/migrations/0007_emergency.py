import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_need_to_know"),
        ("cases", "0006_case_key"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Emergency",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("case_id", models.UUIDField(editable=False)),
                ("assignment_id", models.UUIDField(editable=False, unique=True)),
                ("number", models.CharField(editable=False, max_length=40, verbose_name="case number")),
                ("reason", models.CharField(editable=False, max_length=200, verbose_name="reason")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ends_at", models.DateTimeField(editable=False)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("reviewed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("justified", models.BooleanField(blank=True, null=True, verbose_name="justified")),
                ("word", models.CharField(blank=True, max_length=200, verbose_name="in a word")),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "office",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergencies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(reviewed_at=None),
                        fields=["office", "started_at"],
                        name="emergency_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(ends_at__gt=F("started_at")), name="emergency_has_an_end"
                    ),
                    models.CheckConstraint(condition=~Q(reason=""), name="emergency_says_why"),
                    models.CheckConstraint(
                        condition=Q(reviewed_at=None, reviewed_by=None, justified=None)
                        | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, justified__isnull=False),
                        name="emergency_reviewed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")),
                        name="emergency_reviewed_by_somebody_else",
                    ),
                ],
            },
        ),
    ]
