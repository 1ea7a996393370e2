import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import reference.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_matcher"),
        ("accounts", "__first__"),
        ("cases", "0007_emergency"),
        ("prosecutions", "0005_clocks"),
        ("survivors", "0004_identity"),
    ]

    operations = [
        migrations.CreateModel(
            name="BailCondition",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sensitivity", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("position", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    reference.fields.CodeField(
                        choices=[
                            ("reporting", "Report to police or court"),
                            ("no_contact", "No contact with survivor or witnesses"),
                            ("distance", "Keep away from a place or area"),
                            ("residence", "Live at a fixed address"),
                            ("travel_ban", "No travel out of area or country"),
                            ("passport_surrender", "Surrender passport"),
                            ("no_business", "No return to the trade or premises"),
                            ("no_minors", "No contact with children"),
                            ("no_device", "No internet or device use"),
                            ("curfew", "Curfew"),
                            ("house_arrest", "House arrest"),
                            ("electronic_monitoring", "Electronic monitoring"),
                            ("supervision", "Supervision by an officer or custodian"),
                            ("no_reoffending", "Commit no further offence"),
                            ("cooperate", "Cooperate with the investigation"),
                            ("treatment", "Attend treatment"),
                            ("cash_bond", "Cash deposit"),
                            ("surety", "Surety or guarantor"),
                            ("property_bond", "Property bond"),
                            ("personal_bond", "Personal bond or recognisance"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=60,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="in words")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where")),
                (
                    "rhythm",
                    reference.fields.CodeField(
                        choices=[
                            ("always", "It holds all the time"),
                            ("weekly", "Every week on one day"),
                            ("every", "Every so many days"),
                            ("once", "Once, on one day"),
                        ],
                        default="always",
                        max_length=60,
                        verbose_name="how often",
                    ),
                ),
                (
                    "every_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="every how many days"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="day of the week"),
                ),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="next due")),
                (
                    "lifted_on",
                    reference.fields.PartialDateField(
                        blank=True, default="", max_length=11, verbose_name="lifted on"
                    ),
                ),
                (
                    "bail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="prosecutions.bailorder",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bail_conditions",
                        to="cases.case",
                    ),
                ),
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
                    "survivor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protected_by",
                        to="survivors.survivor",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_on__isnull", False)),
                        fields=["next_on"],
                        name="condition_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("every_days", None), ("rhythm__in", ["always", "once"]), ("weekday", None)
                            ),
                            models.Q(("every_days__gte", 1), ("rhythm", "every"), ("weekday", None)),
                            models.Q(("every_days", None), ("rhythm", "weekly"), ("weekday__lte", 6)),
                            _connector="OR",
                        ),
                        name="condition_keeps_its_rhythm",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BailVariation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sensitivity", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "on",
                    reference.fields.PartialDateField(
                        blank=True, default="", max_length=11, verbose_name="date"
                    ),
                ),
                (
                    "conditions_before",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1000), blank=True, default=list, size=None
                    ),
                ),
                (
                    "surety_before_low",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
                ),
                (
                    "surety_before_high",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
                ),
                (
                    "surety_before_currency",
                    models.CharField(blank=True, max_length=3, verbose_name="currency"),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "bail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="variations",
                        to="prosecutions.bailorder",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bail_variations",
                        to="cases.case",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Memo",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sensitivity", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("composed_at", models.DateTimeField()),
                ("language", models.CharField(max_length=8)),
                ("grounds", models.TextField(blank=True, verbose_name="grounds")),
                ("content", models.JSONField()),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memos",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "bail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memos",
                        to="prosecutions.bailorder",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memos",
                        to="cases.case",
                    ),
                ),
                (
                    "composed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="memo_has_its_digest"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("composed_at__isnull", False), ("composed_by__isnull", False)),
                        name="memo_composed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sensitivity", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "status",
                    reference.fields.CodeField(
                        choices=[
                            ("in_custody", "In custody"),
                            ("at_liberty", "At liberty"),
                            ("absconded", "Absconded"),
                            ("unknown", "Nobody could tell"),
                        ],
                        max_length=60,
                        verbose_name="where the person is",
                    ),
                ),
                ("on", models.DateField(verbose_name="as of")),
                ("at", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "how",
                    reference.fields.CodeField(
                        choices=[
                            ("prison", "The prison was called"),
                            ("police", "The police told us"),
                            ("court", "From the court or its list"),
                            ("seen", "We saw it ourselves"),
                            ("paper", "A paper shows it"),
                            ("community", "Somebody of the place told us"),
                            ("other", "In another way"),
                        ],
                        max_length=60,
                        verbose_name="how it is known",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_checks",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="status_checks",
                        to="cases.case",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["accused", "-on"], name="status_check_latest")],
            },
        ),
        migrations.CreateModel(
            name="ConditionCheck",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sensitivity", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="for")),
                (
                    "result",
                    reference.fields.CodeField(
                        choices=[("kept", "Kept"), ("broken", "Broken"), ("not_checked", "Nobody made sure")],
                        max_length=60,
                        verbose_name="kept",
                    ),
                ),
                (
                    "on",
                    reference.fields.PartialDateField(
                        blank=True, default="", max_length=11, verbose_name="known on"
                    ),
                ),
                (
                    "how",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("prison", "The prison was called"),
                            ("police", "The police told us"),
                            ("court", "From the court or its list"),
                            ("seen", "We saw it ourselves"),
                            ("paper", "A paper shows it"),
                            ("community", "Somebody of the place told us"),
                            ("other", "In another way"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="how it is known",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="condition_checks",
                        to="cases.case",
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="prosecutions.bailcondition",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("due_on__isnull", False)),
                        fields=("condition", "due_on"),
                        name="condition_answered_once_a_day_due",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="bailorder",
            name="notice",
            field=reference.fields.CodeField(
                blank=True,
                choices=[("given", "Notice was given"), ("not_required", "No notice is needed")],
                default="",
                max_length=60,
                verbose_name="notice to the survivors",
            ),
        ),
        migrations.AddField(
            model_name="bailorder",
            name="notice_note",
            field=models.CharField(blank=True, max_length=300, verbose_name="how, or why not"),
        ),
        migrations.AddField(
            model_name="bailorder",
            name="notice_on",
            field=reference.fields.PartialDateField(
                blank=True, default="", max_length=11, verbose_name="notice given on"
            ),
        ),
        migrations.AddField(
            model_name="custody",
            name="how_ended",
            field=reference.fields.CodeField(
                blank=True,
                choices=[
                    ("bail", "Released on bail"),
                    ("default_bail", "Released because a time limit ran out"),
                    ("no_charge", "Released without a charge"),
                    ("acquitted", "Released after an acquittal or dismissal"),
                    ("served", "Sentence served"),
                    ("parole", "Parole, pardon or remission"),
                    ("other", "Let go for another reason"),
                    ("sentenced", "Serves a sentence from now on"),
                    ("transferred", "Moved to another place"),
                    ("escaped", "Escaped"),
                    ("died", "Died in custody"),
                ],
                default="",
                max_length=60,
                verbose_name="how it ended",
            ),
        ),
        migrations.AddField(
            model_name="bailbreach",
            name="condition",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="breaches",
                to="prosecutions.bailcondition",
            ),
        ),
    ]
