import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import reference.fields
import reference.sealed_fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_matcher"),
        ("accounts", "__first__"),
        ("cases", "0007_emergency"),
        ("operations", "0005_two_for_a_late_insider"),
        ("prosecutions", "0006_bail_watch"),
        ("survivors", "0004_identity"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentityAnswer",
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
                    "answer",
                    reference.fields.CodeField(
                        choices=[
                            ("same", "The same person"),
                            ("different", "Not the same person"),
                            ("later", "Not sure yet"),
                        ],
                        max_length=60,
                        verbose_name="answer",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0)),
                ("answered_at", models.DateTimeField()),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identity_answers",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
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
                        related_name="identity_answers",
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
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="prosecutions.accused",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("accused", "other"), name="identity_answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("accused", models.F("other")), _negated=True),
                        name="identity_answer_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                        name="identity_answer_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchPair",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("score", models.PositiveSmallIntegerField()),
                (
                    "state",
                    reference.fields.CodeField(
                        choices=[
                            ("open", "To be answered"),
                            ("confirmed", "The same person"),
                            ("different", "Not the same person"),
                        ],
                        default="open",
                        max_length=60,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "two",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="prosecutions.accused",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("one", "two"), name="match_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("two"))), name="match_pair_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameForm",
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
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("due", models.BooleanField(default=True)),
                (
                    "accused",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="name_form",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="name_forms",
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
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="name_form_keys"),
                    models.Index(
                        condition=models.Q(("due", True)), fields=["created_at"], name="name_form_due"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonLink",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sensitivity", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("batch", models.UUIDField(default=uuid.uuid4)),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("linked_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "undone_why",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was undone"),
                ),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person_links",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person_links",
                        to="cases.case",
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "now",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="prosecutions.perpetrator",
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
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "was",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="prosecutions.perpetrator",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["batch"], name="person_link_batch")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("was", models.F("now")), _negated=True), name="person_link_moves"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("linked_at__isnull", False), ("linked_by__isnull", False)),
                        name="person_link_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(
                                ("undone_at__isnull", False),
                                ("undone_by__isnull", False),
                                models.Q(("undone_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="person_link_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RingMember",
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
                    "role",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("leader", "Leads it"),
                            ("financier", "Finances it"),
                            ("recruiter", "Recruits"),
                            ("transporter", "Transports"),
                            ("harbourer", "Holds people"),
                            ("seller", "Sells"),
                            ("manager", "Runs a place"),
                            ("enforcer", "Threatens and punishes"),
                            ("lookout", "Watches for the police"),
                            ("documents", "Makes papers"),
                            ("other", "Other"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="part in the ring",
                    ),
                ),
                (
                    "since",
                    reference.fields.PartialDateField(
                        blank=True, default="", max_length=11, verbose_name="since"
                    ),
                ),
                (
                    "until",
                    reference.fields.PartialDateField(
                        blank=True, default="", max_length=11, verbose_name="until"
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ring_roles",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ring_members",
                        to="cases.case",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ring",
                        to="prosecutions.network",
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
                        fields=("network", "accused", "role", "since"), name="ring_member_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchSide",
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
                    "state",
                    reference.fields.CodeField(
                        choices=[
                            ("open", "To be answered"),
                            ("confirmed", "The same person"),
                            ("different", "Not the same person"),
                        ],
                        default="open",
                        max_length=60,
                        verbose_name="state",
                    ),
                ),
                (
                    "answer",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("same", "The same person"),
                            ("different", "Not the same person"),
                            ("later", "Not sure yet"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="answer",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_sides",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ask",
                    models.ForeignKey(
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
                        related_name="match_sides",
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
                    "other_office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sides",
                        to="prosecutions.matchpair",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("pair", "accused"), name="match_side_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("accused", "other_office"),
                        name="match_side_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="match_side_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="accused",
            name="born_year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of birth"),
        ),
        migrations.AddField(
            model_name="accused",
            name="phones",
            field=reference.sealed_fields.EncryptedJSON(),
        ),
        migrations.AddField(
            model_name="accused",
            name="places",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=200),
                blank=True,
                default=list,
                size=None,
                verbose_name="places",
            ),
        ),
    ]
