import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import reference.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_matcher"),
        ("cases", "0007_emergency"),
        ("operations", "0005_two_for_a_late_insider"),
        ("prosecutions", "0009_witness_day"),
        ("survivors", "0004_identity"),
    ]

    operations = [
        migrations.CreateModel(
            name="AwardStep",
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
                    "kind",
                    reference.fields.CodeField(
                        choices=[
                            ("demand", "Asked for payment in writing"),
                            ("execution", "Petition for execution filed"),
                            ("attachment", "Attachment or sale asked for"),
                            ("state_fund", "State fund asked"),
                            ("disbursement", "Court asked to pay out the deposit"),
                            ("agreement", "Payment plan agreed"),
                            ("stayed", "Stayed by a higher court"),
                            ("cannot_be_had", "Cannot be had: no means found"),
                            ("other", "Other"),
                        ],
                        max_length=60,
                        verbose_name="step",
                    ),
                ),
                (
                    "on",
                    reference.fields.PartialDateField(
                        blank=True, default="", max_length=11, verbose_name="date"
                    ),
                ),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="look again on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="prosecutions.award",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award_steps",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("on", ""), _negated=True), name="award_step_has_a_date"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
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
                            ("dated", "The day is known"),
                            ("unknown", "The records do not say enough"),
                            ("life", "For life: no day of release"),
                            ("suspended", "Suspended: no prison"),
                            ("no_prison", "No prison in the sentence"),
                            ("at_liberty", "On bail: the sentence does not run"),
                            ("over", "Out of prison already"),
                            ("none", "No conviction stands"),
                        ],
                        max_length=60,
                        verbose_name="state",
                    ),
                ),
                ("earliest_on", models.DateField(blank=True, null=True, verbose_name="at the earliest")),
                ("latest_on", models.DateField(blank=True, null=True, verbose_name="at the latest")),
                (
                    "credit_low",
                    models.PositiveIntegerField(default=0, verbose_name="days already in custody"),
                ),
                ("credit_high", models.PositiveIntegerField(default=0)),
                (
                    "stated_on",
                    models.DateField(blank=True, null=True, verbose_name="by the reckoning of the court"),
                ),
                (
                    "stated_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="where this is from"),
                ),
                ("release_on", models.DateField(blank=True, null=True, verbose_name="out of prison on")),
                ("moves", models.PositiveIntegerField(default=0)),
                (
                    "told",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("told", "Told, and the safety plan looked at"),
                            ("not_told", "Not told, for a reason"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="were the survivors told?",
                    ),
                ),
                ("told_reason", models.CharField(blank=True, max_length=300, verbose_name="why not")),
                ("told_move", models.PositiveIntegerField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accused",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release",
                        to="prosecutions.accused",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
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
                    models.Index(
                        condition=models.Q(("release_on__isnull", False)),
                        fields=["release_on"],
                        name="release_ahead",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stated_on", None),
                            models.Q(("stated_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="release_stated_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told", "not_told"), _negated=True),
                            models.Q(("told_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="release_not_telling_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentencePart",
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
                            ("imprisonment_fixed", "Prison for a fixed time"),
                            ("imprisonment_indeterminate", "Prison between two terms"),
                            ("life", "Prison for life"),
                            ("life_natural", "Prison for the rest of natural life"),
                            ("death", "Death"),
                            ("suspended_imprisonment", "Prison, suspended"),
                            ("time_served", "Time already served"),
                            ("probation", "Probation or community order"),
                            ("supervised_release", "Supervision after release"),
                            ("fine", "Fine"),
                            ("default_imprisonment", "Prison if the fine is not paid"),
                            ("compensation_by_offender", "Compensation from the offender"),
                            ("restitution", "Restitution"),
                            ("moral_damages", "Moral damages"),
                            ("exemplary_damages", "Exemplary damages"),
                            ("civil_indemnity", "Civil indemnity"),
                            ("state_compensation", "Compensation by the state recommended"),
                            ("forfeiture", "Forfeiture"),
                            ("premises_closure", "Closing of premises"),
                            ("licence_revocation", "Licence taken away"),
                            ("civil_rights_loss", "Loss of civil rights"),
                            ("registration", "Registration as an offender"),
                            ("deportation", "Deportation after the sentence"),
                            ("no_contact_order", "No-contact order"),
                            ("treatment", "Treatment order"),
                            ("other", "Other"),
                        ],
                        max_length=60,
                        verbose_name="what",
                    ),
                ),
                (
                    "months",
                    reference.fields.QuantityField(
                        blank=True, default="", max_length=24, verbose_name="months"
                    ),
                ),
                (
                    "days",
                    reference.fields.QuantityField(
                        blank=True, default="", max_length=24, verbose_name="days"
                    ),
                ),
                (
                    "runs",
                    reference.fields.CodeField(
                        blank=True,
                        choices=[
                            ("concurrent", "At the same time as the others"),
                            ("consecutive", "After the others"),
                        ],
                        default="",
                        max_length=60,
                        verbose_name="how it runs",
                    ),
                ),
                (
                    "amount_low",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="amount"
                    ),
                ),
                ("amount_high", models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True)),
                ("amount_currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("stands", models.BooleanField(default=True)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "case",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sentence_parts",
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
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="prosecutions.verdict",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_currency", ""), ("amount_high", None), ("amount_low", None)),
                            models.Q(
                                ("amount_high__gte", models.F("amount_low")),
                                ("amount_low__gte", 0),
                                ("amount_currency__regex", "^[A-Z]{3}$"),
                            ),
                            _connector="OR",
                        ),
                        name="sentence_part_amount_is_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)),
                        fields=("verdict", "position"),
                        name="sentence_part_in_order",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="appeal",
            name="life",
            field=models.BooleanField(default=False, verbose_name="for life after it"),
        ),
        migrations.AddField(
            model_name="award",
            name="set_aside_on",
            field=reference.fields.PartialDateField(
                blank=True, default="", max_length=11, verbose_name="set aside on"
            ),
        ),
        migrations.AddField(
            model_name="awardshare",
            name="amount_currency",
            field=models.CharField(blank=True, max_length=3, verbose_name="currency"),
        ),
        migrations.AddField(
            model_name="awardshare",
            name="amount_high",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True),
        ),
        migrations.AddField(
            model_name="awardshare",
            name="amount_low",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="amount"
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="kind",
            field=reference.fields.CodeField(
                choices=[("received", "Received by the survivor"), ("deposited", "Deposited with the court")],
                default="received",
                max_length=60,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="proceeding",
            name="appeal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proceedings",
                to="prosecutions.appeal",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardshare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_currency", ""), ("amount_high", None), ("amount_low", None)),
                    models.Q(
                        ("amount_high__gte", models.F("amount_low")),
                        ("amount_low__gte", 0),
                        ("amount_currency__regex", "^[A-Z]{3}$"),
                    ),
                    _connector="OR",
                ),
                name="award_share_amount_is_whole",
            ),
        ),
    ]
