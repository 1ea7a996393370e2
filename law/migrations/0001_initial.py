import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import reference.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="CommonCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("list", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=300)),
                ("position", models.PositiveSmallIntegerField()),
                ("hints", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("list", "code"), name="common_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                (
                    "country",
                    models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="country"),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "time_zones",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                    ),
                ),
                (
                    "age_of_majority",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="age of majority"),
                ),
                (
                    "bail_rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1000), blank=True, default=list, size=None
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("compiled_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")), name="jurisdiction_country_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("table", models.CharField(max_length=40)),
                ("entry_id", models.UUIDField()),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("was", models.JSONField(default=dict)),
                ("now", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["table", "entry_id", "made_at"], name="revision_of_entry")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="revision_says_why"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtTier",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("local_name", models.CharField(blank=True, max_length=200, verbose_name="local name")),
                ("tier", models.PositiveSmallIntegerField(verbose_name="tier")),
                ("tries_trafficking", models.BooleanField(default=False, verbose_name="tries trafficking")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="courttier_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="courttier_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtStage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("local_name", models.CharField(blank=True, max_length=200, verbose_name="local name")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="courtstage_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="courtstage_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockRule",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("starts", models.CharField(max_length=60, verbose_name="starts on")),
                ("stops_on", models.CharField(blank=True, max_length=60, verbose_name="stops on")),
                ("hours", models.PositiveIntegerField(blank=True, null=True, verbose_name="hours")),
                ("days", models.PositiveIntegerField(blank=True, null=True, verbose_name="days")),
                ("months", models.PositiveIntegerField(blank=True, null=True, verbose_name="months")),
                ("years", models.PositiveIntegerField(blank=True, null=True, verbose_name="years")),
                (
                    "fraction_of_max",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=5,
                        null=True,
                        verbose_name="share of the longest term",
                    ),
                ),
                (
                    "counts",
                    reference.fields.CodeField(
                        choices=[("calendar", "Every day"), ("working", "Working days of the court")],
                        default="calendar",
                        max_length=60,
                        verbose_name="days that count",
                    ),
                ),
                (
                    "start_day",
                    reference.fields.CodeField(
                        choices=[
                            ("excluded", "The first day is not counted"),
                            ("included", "The first day is counted"),
                        ],
                        default="excluded",
                        max_length=60,
                        verbose_name="first day",
                    ),
                ),
                (
                    "roll_over",
                    reference.fields.CodeField(
                        choices=[("none", "The day stays"), ("next_working_day", "The next working day")],
                        default="none",
                        max_length=60,
                        verbose_name="last day on a holiday",
                    ),
                ),
                (
                    "suspended_by",
                    models.CharField(blank=True, max_length=60, verbose_name="does not run during"),
                ),
                ("readings", models.JSONField(blank=True, default=dict, verbose_name="other readings")),
                (
                    "kind",
                    reference.fields.CodeField(
                        choices=[
                            ("deadline", "Deadline"),
                            ("minimum", "Not before"),
                            ("lead_time", "So long before"),
                        ],
                        default="deadline",
                        max_length=60,
                        verbose_name="kind",
                    ),
                ),
                ("applies", models.CharField(blank=True, max_length=500, verbose_name="applies to")),
                (
                    "consequence",
                    models.CharField(blank=True, max_length=500, verbose_name="what happens at the end"),
                ),
                (
                    "severity",
                    reference.fields.CodeField(
                        choices=[
                            ("urgent", "Liberty or a right is lost"),
                            ("warning", "A duty is broken, or delay can be raised"),
                            ("info", "For planning"),
                        ],
                        max_length=60,
                        verbose_name="severity",
                    ),
                ),
                (
                    "about",
                    reference.fields.CodeField(
                        choices=[
                            ("accused", "An accused person"),
                            ("survivor", "A survivor"),
                            ("proceeding", "A proceeding"),
                            ("case", "The case"),
                        ],
                        default="accused",
                        max_length=60,
                        verbose_name="whose clock",
                    ),
                ),
                (
                    "starts_when",
                    models.JSONField(blank=True, null=True, verbose_name="starts by itself when"),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="clockrule_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="clockrule_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "party",
                    reference.fields.CodeField(
                        choices=[
                            ("court", "Court"),
                            ("prosecution", "Prosecution"),
                            ("defence", "Defence"),
                            ("witness", "Witness"),
                            ("survivor", "Survivor"),
                            ("external", "From outside"),
                        ],
                        max_length=60,
                        verbose_name="on whose side",
                    ),
                ),
                ("avoidable", models.BooleanField(verbose_name="avoidable")),
                ("falls_under", models.CharField(max_length=60)),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="reason_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="reason_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statute",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                (
                    "amended_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="statute_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="statute_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("local_name", models.CharField(blank=True, max_length=200, verbose_name="local name")),
                ("pattern", models.CharField(blank=True, max_length=300, verbose_name="pattern")),
                ("example", models.CharField(blank=True, max_length=100, verbose_name="example")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="identifier_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="identifier_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HearingType",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("local_name", models.CharField(blank=True, max_length=200, verbose_name="local name")),
                ("stage", models.CharField(blank=True, max_length=60, verbose_name="stage")),
                (
                    "survivor_attends",
                    models.BooleanField(default=False, verbose_name="the survivor usually attends"),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="hearingtype_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="hearingtype_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entitlement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="amount"
                    ),
                ),
                (
                    "amount_max",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="up to"
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("condition", models.CharField(blank=True, max_length=1000, verbose_name="condition")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="entitlement_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="entitlement_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Court",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                (
                    "also_called",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="also written",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="town")),
                ("time_zone", models.CharField(max_length=40, verbose_name="time zone")),
                (
                    "subdivision",
                    models.CharField(
                        blank=True, max_length=10, verbose_name="state or province (ISO 3166-2)"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("closed", models.BooleanField(default=False, verbose_name="no longer used")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "tier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courts",
                        to="law.courttier",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_courts",
                        to="law.jurisdiction",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("jurisdiction", "name", "place"), name="court_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Offence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                (
                    "confidence",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("high", "Checked against a text, or settled"),
                            ("medium", "Known from practice: check before relying on it"),
                            ("low", "Uncertain: a lawyer must confirm it"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="confidence",
                    ),
                ),
                ("checked", models.BooleanField(default=False, verbose_name="compared with a text")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("edited", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("section", models.CharField(blank=True, max_length=100, verbose_name="section")),
                (
                    "casework",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "months_min",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="least months of prison"),
                ),
                (
                    "months_max",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="most months of prison"),
                ),
                ("life", models.BooleanField(default=False, verbose_name="life")),
                (
                    "fine_min",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="least fine"
                    ),
                ),
                (
                    "fine_max",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="highest fine"
                    ),
                ),
                (
                    "bailable",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("as_of_right", "Bail as of right"),
                            ("discretionary", "Bail at discretion"),
                            ("non_bailable", "Only a court may grant bail"),
                            ("by_law_default", "Bail by default of law"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="bail",
                    ),
                ),
                ("attempted", models.BooleanField(default=False, verbose_name="an attempt can be charged")),
                ("replaces", models.CharField(blank=True, max_length=60, verbose_name="replaces")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.jurisdiction"
                    ),
                ),
                (
                    "statute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offences", to="law.statute"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="offence_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("jurisdiction", "="),
                            ("code", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="offence_one_meaning_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Travel",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("minutes", models.PositiveIntegerField(verbose_name="minutes")),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.court"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="law.court"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="travel_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="travel_in_order"
                    ),
                ],
            },
        ),
    ]
