import uuid

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
        ("operations", "0005_two_for_a_late_insider"),
        ("prosecutions", "0008_clock_doubts"),
        ("survivors", "0004_identity"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalledWitness",
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
                        choices=[
                            ("witness", "Witness"),
                            ("child_witness", "Child witness"),
                            ("complainant", "Complainant or reporter"),
                            ("investigating_officer", "Investigating officer"),
                            ("medical_officer", "Medical officer"),
                            ("expert", "Expert witness"),
                            ("social_worker", "Social worker"),
                            ("child_welfare_officer", "Child welfare officer"),
                            ("labour_officer", "Labour inspector"),
                            ("guardian", "Parent or guardian"),
                            ("support_person", "Support person"),
                            ("ngo_caseworker", "Caseworker of the organisation"),
                        ],
                        default="witness",
                        max_length=60,
                        verbose_name="called as",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="who")),
                ("called", models.BooleanField(default=True, verbose_name="called")),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="called_witnesses",
                        to="cases.case",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="witnesses",
                        to="prosecutions.hearing",
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
            name="HearingCost",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("sensitivity", models.PositiveSmallIntegerField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("of_family", models.BooleanField(default=False, verbose_name="lost by the family")),
                (
                    "kind",
                    reference.fields.CodeField(
                        choices=[("wage", "Wages lost"), ("fare", "Fares"), ("other", "Other costs")],
                        default="wage",
                        max_length=60,
                        verbose_name="kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="amount")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("struck_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_costs",
                        to="cases.case",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="prosecutions.hearing",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearing_costs",
                        to="survivors.survivor",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="hearing_cost_is_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="hearing_cost_currency"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WitnessItem",
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
                    "need",
                    reference.fields.CodeField(
                        choices=[
                            ("consent", "Consent to speak"),
                            ("interpreter", "Interpreter"),
                            ("transport", "Transport"),
                            ("company", "Who goes along"),
                            ("separate_entrance", "Separate entrance"),
                            ("childcare", "Childcare"),
                            ("counselling_before", "Counselling before"),
                            ("counselling_after", "Counselling after"),
                            ("comfort", "Medicine and food"),
                        ],
                        max_length=60,
                        verbose_name="what",
                    ),
                ),
                (
                    "state",
                    reference.fields.CodeField(
                        choices=[("open", "Open"), ("arranged", "Arranged"), ("not_needed", "Not needed")],
                        default="open",
                        max_length=60,
                        verbose_name="state",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="witness_items",
                        to="cases.case",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="witness_items",
                        to="prosecutions.hearing",
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
                    "sees_to_it",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who sees to it",
                    ),
                ),
                (
                    "survivor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="witness_items",
                        to="survivors.survivor",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["hearing"], name="witness_item_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("hearing", "survivor", "need"), name="witness_item_once")
                ],
            },
        ),
    ]
