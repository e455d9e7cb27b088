"""All tables at once, for a new data folder: what 0001 to 0004 make step by step, in a fifth of the time."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import saisaat.domain.answers
import saisaat.domain.approval
import saisaat.domain.cadence
import saisaat.domain.campaign
import saisaat.domain.delivery
import saisaat.domain.denominators
import saisaat.domain.plan_changes
import saisaat.records.base

_refusals = import_module("saisaat.records.migrations.0002_refusals")


class Migration(migrations.Migration):
    replaces = [
        ("records", "0001_initial"),
        ("records", "0002_refusals"),
        ("records", "0003_workspace"),
        ("records", "0004_phone_pages"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CampaignClock",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("offset_seconds", models.FloatField(default=0.0)),
            ],
            options={
                "default_manager_name": "everywhere",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="campaign_clock_one_row")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="FirstRun",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("token_sha256", models.CharField(max_length=64)),
            ],
            options={
                "default_manager_name": "everywhere",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="first_run_one_row")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="GuessCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                ("wait_until", models.DateTimeField(null=True)),
            ],
            options={
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["last_at"], name="guess_count_age")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["name", "address", "account", "line"])),
                        name="guess_count_known_kind",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Province",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("letter_code", models.CharField(blank=True, max_length=60)),
                ("language", models.CharField(default="th", max_length=5)),
            ],
            options={
                "default_manager_name": "everywhere",
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="AnswerTemplate",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("text", models.CharField(max_length=1000)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["title", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("province", "title"), name="answer_template_title_once")
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("no", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=40)),
                ("action", models.CharField(max_length=60)),
                ("object_type", models.CharField(max_length=40)),
                ("object_id", models.CharField(max_length=40)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["province", "no"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("province", "no"), name="audit_event_no_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_no", models.BigIntegerField(default=0)),
                (
                    "last_hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000", max_length=64
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("province",), name="audit_head_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="FeedbackPhrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("phrase", models.CharField(max_length=60)),
                ("weight", models.PositiveSmallIntegerField()),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "phrase"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("province", "kind", "phrase"), name="feedback_phrase_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "ack",
                                    "greeting",
                                    "praise",
                                    "question",
                                    "suggestion",
                                    "criticism",
                                    "complaint",
                                    "off_topic",
                                    "sticker",
                                ],
                            )
                        ),
                        name="feedback_phrase_kind_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("weight__lte", 3)), name="feedback_phrase_weight_known"),
                    models.CheckConstraint(
                        condition=models.Q(("phrase", ""), _negated=True), name="feedback_phrase_says_something"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Media",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField(null=True)),
                ("height", models.PositiveIntegerField(null=True)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("province", "sha256"), name="media_bytes_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("provincial", "สำนักงานจังหวัด"), ("district", "สำนักงานอำเภอ")], max_length=12
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="records.office",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("province", "name"), name="office_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="office_not_merged_into_itself",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SealingKey",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("purpose", models.CharField(max_length=60)),
                ("wrapped", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField()),
                ("shredded_at", models.DateTimeField(null=True)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shredded_at__isnull", True), ("wrapped__isnull", False)),
                            models.Q(("shredded_at__isnull", False), ("wrapped__isnull", True)),
                            _connector="OR",
                        ),
                        name="sealing_key_shredded_or_whole",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("topic", models.CharField(max_length=100)),
                ("headline", models.CharField(max_length=200)),
                ("body", models.CharField(max_length=600)),
                ("law", models.CharField(blank=True, max_length=300)),
                ("section", models.CharField(blank=True, max_length=100)),
                ("verified", models.CharField(max_length=10)),
                ("applies_to", models.JSONField()),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("publishable", models.BooleanField()),
                ("cite_check", models.BooleanField()),
                ("tags", models.JSONField(default=list)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("province", "code"), name="topic_code_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("primary", models.CharField(blank=True, max_length=7)),
                ("secondary", models.CharField(blank=True, max_length=7)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("telephone", models.CharField(blank=True, max_length=60)),
                (
                    "emblem",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("province",), name="brand_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("primary", ""), ("primary__regex", "^#[0-9a-f]{6}$"), _connector="OR"),
                            models.Q(("secondary", ""), ("secondary__regex", "^#[0-9a-f]{6}$"), _connector="OR"),
                        ),
                        name="brand_colours_are_hex",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("office_name", models.CharField(max_length=300)),
                ("status", models.CharField(default=saisaat.domain.campaign.Status["DRAFT"], max_length=12)),
                ("period_start", models.DateField(null=True)),
                ("period_end", models.DateField(null=True)),
                (
                    "week_rule",
                    models.CharField(
                        default=saisaat.domain.cadence.WeekRule["FULL_STRICT_EDGE_PRORATED"], max_length=30
                    ),
                ),
                ("content_sealed", models.BinaryField()),
                ("content_sha256", models.CharField(max_length=64)),
                ("settings", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["province", "-created_at"], name="campaign_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "proposed", "approved", "running", "ended"])),
                        name="campaign_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("week_rule__in", ["full_strict_edge_prorated", "full_only", "every_touched"])
                        ),
                        name="campaign_week_rule_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("period_end__isnull", True), ("period_start__isnull", True)),
                            models.Q(
                                ("period_end__isnull", False),
                                ("period_start__isnull", False),
                                ("period_start__lte", models.F("period_end")),
                            ),
                            _connector="OR",
                        ),
                        name="campaign_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [saisaat.domain.campaign.Status["DRAFT"], saisaat.domain.campaign.Status["PROPOSED"]],
                            ),
                            ("period_start__isnull", False),
                            _connector="OR",
                        ),
                        name="campaign_approved_has_period",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=100)),
                ("api_base", models.CharField(blank=True, max_length=200)),
                ("credentials_sealed", models.BinaryField()),
                ("stopped_at", models.DateTimeField(null=True)),
                ("stopped_reason", models.CharField(max_length=300, null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                ("push_stopped_month", models.CharField(blank=True, max_length=7)),
                ("liff_id", models.CharField(blank=True, default="", max_length=30)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at__isnull", True), ("stopped_reason__isnull", True)),
                            models.Q(("stopped_at__isnull", False), ("stopped_reason__isnull", False)),
                            _connector="OR",
                        ),
                        name="channel_stop_has_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="channel_kind_named"),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="CommentBox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_on", models.DateField()),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("province",), name="comment_box_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "staff_type",
                    models.CharField(
                        choices=[
                            ("official", "ข้าราชการ"),
                            ("employee", "พนักงานราชการ"),
                            ("permanent", "ลูกจ้างประจำ"),
                            ("other", "อื่น ๆ"),
                        ],
                        max_length=12,
                    ),
                ),
                ("position", models.CharField(max_length=200)),
                ("level", models.CharField(blank=True, default="", max_length=200)),
                ("name_sealed", models.BinaryField(null=True)),
                ("joined_on", models.DateField(null=True)),
                ("left_on", models.DateField(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="records.office"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True),
                            ("joined_on__isnull", True),
                            ("left_on__gte", models.F("joined_on")),
                            _connector="OR",
                        ),
                        name="person_left_after_joining",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("username", models.CharField(max_length=60, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("sign_outs", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="account", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="AppointmentOrder",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("number", models.CharField(max_length=40)),
                ("dated_on", models.DateField()),
                ("told_sealed", models.BinaryField()),
                ("issued_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="orders", to="records.campaign"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["no"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "no"), name="appointment_order_no_once"),
                    models.UniqueConstraint(fields=("campaign", "number"), name="appointment_order_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="appointment_order_has_number"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("content_sealed", models.BinaryField()),
                ("kept_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="records.campaign"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("campaign", "sha256"), name="content_version_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=20)),
                ("how", models.CharField(max_length=10)),
                ("question", models.CharField(blank=True, max_length=16)),
                ("before_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="records.campaign"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["read", "corrected", "filled", "settled"]),
                            models.Q(("how", "read"), _negated=True),
                        ),
                        name="correction_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "settled"), models.Q(("question", ""), _negated=True)),
                            models.Q(models.Q(("how", "settled"), _negated=True), ("question", "")),
                            _connector="OR",
                        ),
                        name="correction_settles_a_question",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="DutyTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("last", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duty_turns", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["first"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))), name="duty_turn_in_order"
                    ),
                    models.UniqueConstraint(fields=("province", "first"), name="duty_turn_once_a_day"),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ExcusedWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("monday", models.DateField()),
                ("reason", models.CharField(max_length=500)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="excused_weeks", to="records.campaign"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "monday"), name="excused_week_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="excused_week_has_reason"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("channel_group", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                ("audience", models.CharField(max_length=10)),
                ("used", models.BooleanField(default=True)),
                ("code", models.CharField(default=saisaat.records.base.random_id, max_length=16, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                ("members", models.PositiveIntegerField(null=True)),
                ("members_read_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="records.channel"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "channel_group"), name="group_once_a_channel"),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["staff", "network"])), name="group_audience_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("members__isnull", True), ("members_read_at__isnull", True)),
                            models.Q(("members__isnull", False), ("members_read_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="group_members_have_time",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("roles", models.JSONField(default=list)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True), ("used_at__isnull", True)),
                        fields=("person",),
                        name="invitation_one_open_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                        name="invitation_used_or_revoked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="invitation_ends_after_it_began",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Kpi",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("no", models.CharField(max_length=10)),
                ("text", models.TextField()),
                ("measure", models.CharField(max_length=12)),
                ("target", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kpis", to="records.campaign"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="LineIdentity",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("user_hash", models.CharField(max_length=64)),
                ("user_sealed", models.BinaryField()),
                ("linked_at", models.DateTimeField()),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.channel"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="line_identities", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("channel", "user_hash"), name="line_identity_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="LinkCode",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="link_codes", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True), ("used_at__isnull", True)),
                        fields=("person",),
                        name="link_code_one_open_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                        name="link_code_used_or_revoked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="link_code_ends_after_it_began",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="LinkRequest",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("user_hash", models.CharField(blank=True, max_length=64)),
                ("user_sealed", models.BinaryField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.office"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("province", "user_hash"),
                        name="link_request_one_open_a_user",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="link_request_decision_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("name_sealed__isnull", False),
                                ("user_sealed__isnull", False),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("name_sealed", None),
                                ("user_hash", ""),
                                ("user_sealed", None),
                            ),
                            _connector="OR",
                        ),
                        name="link_request_decided_is_forgotten",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="OwnPicture",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("owner", models.CharField(max_length=80)),
                ("licence", models.CharField(max_length=20)),
                ("proof", models.CharField(max_length=300)),
                ("taken_on", models.DateField()),
                ("people", models.BooleanField()),
                ("consent", models.CharField(blank=True, max_length=300)),
                ("added_at", models.DateTimeField()),
                (
                    "media",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["province", "-added_at"], name="own_picture_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("owner", ""), _negated=True),
                            models.Q(("licence", ""), _negated=True),
                            models.Q(("proof", ""), _negated=True),
                        ),
                        name="own_picture_has_rights",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent", ""), ("people", False)),
                            models.Q(("people", True), models.Q(("consent", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="own_picture_people_agreed",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="PlanEntry",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("no", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("deadline", models.DateTimeField()),
                (
                    "late_policy",
                    models.CharField(default=saisaat.domain.plan_changes.LatePolicy["CAMPAIGN"], max_length=10),
                ),
                ("late_hours", models.PositiveSmallIntegerField(null=True)),
                ("push_allowed", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.CharField(max_length=300, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="records.campaign"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "no"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["campaign", "at", "no"], name="plan_entry_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "no"), name="plan_entry_no_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["poster", "clip", "announcement"])),
                        name="plan_entry_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("late_policy__in", ["campaign", "hours", "fixed"])),
                        name="plan_entry_late_policy_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("late_hours__gte", 1),
                                ("late_hours__isnull", False),
                                ("late_policy", saisaat.domain.plan_changes.LatePolicy["HOURS"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("late_policy", saisaat.domain.plan_changes.LatePolicy["HOURS"]), _negated=True
                                ),
                                ("late_hours__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_entry_late_hours_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deadline__gt", models.F("at"))), name="plan_entry_deadline_after"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_reason__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_entry_withdrawal_whole",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff_type",
                    models.CharField(
                        choices=[
                            ("official", "ข้าราชการ"),
                            ("employee", "พนักงานราชการ"),
                            ("permanent", "ลูกจ้างประจำ"),
                            ("other", "อื่น ๆ"),
                        ],
                        max_length=12,
                    ),
                ),
                ("position", models.CharField(max_length=200)),
                ("level", models.CharField(blank=True, max_length=200)),
                ("began", models.CharField(max_length=12)),
                ("starts_on", models.DateField(null=True)),
                ("ended", models.CharField(blank=True, max_length=12)),
                ("ends_on", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("began__in", ["recorded", "joined", "moved", "changed", "returned"])),
                        name="posting_known_beginning",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("ends_on__isnull", True)),
                            models.Q(
                                (
                                    "ended__in",
                                    [
                                        "moved",
                                        "changed",
                                        "transferred",
                                        "retired",
                                        "resigned",
                                        "contract",
                                        "died",
                                        "other",
                                    ],
                                ),
                                ("ends_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="posting_ended_with_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="posting_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended", "")), fields=("person",), name="posting_one_at_a_time"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("what", models.CharField(max_length=500)),
                ("at_least", models.PositiveSmallIntegerField()),
                ("per", models.CharField(max_length=10)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotas", to="records.campaign"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "kind", "per"), name="quota_once"),
                    models.CheckConstraint(condition=models.Q(("at_least__gte", 1)), name="quota_is_positive"),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="QuotaReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("limit", models.PositiveIntegerField(null=True)),
                ("used", models.PositiveIntegerField()),
                ("read_at", models.DateTimeField()),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quota_readings", to="records.channel"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["channel", "-read_at"], name="quota_reading_latest")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_name", models.CharField(blank=True, max_length=200)),
                ("source_sealed", models.BinaryField(null=True)),
                ("source_sha256", models.CharField(blank=True, max_length=64)),
                ("found_sealed", models.BinaryField()),
                ("read_at", models.DateTimeField()),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reading", to="records.campaign"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("figures", models.JSONField()),
                ("file_sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="records.campaign"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("role", models.CharField(max_length=10)),
                ("acting_for", models.CharField(blank=True, max_length=200)),
                ("content_sha256", models.CharField(max_length=64)),
                ("decision", models.CharField(max_length=10)),
                ("decided_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("voided_at", models.DateTimeField(null=True)),
                ("voided_reason", models.CharField(max_length=300, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="records.campaign"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["decided_at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["proposer", "endorser", "approver"])),
                        name="signature_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "signed"),
                            models.Q(("decision", "declined"), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="signature_decline_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at__isnull", True), ("voided_reason__isnull", True)),
                            models.Q(("voided_at__isnull", False), ("voided_reason__isnull", False)),
                            _connector="OR",
                        ),
                        name="signature_void_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("campaign", "role"),
                        name="signature_once_a_role",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="StaffUpload",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("tables_sealed", models.BinaryField(null=True)),
                ("steps_sealed", models.BinaryField(null=True)),
                ("choices", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "รอยืนยัน"), ("running", "กำลังนำเข้า"), ("done", "นำเข้าแล้ว")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("plan_sha256", models.CharField(blank=True, max_length=64)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["touched_at"], name="staff_upload_age")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "running", "done"])), name="staff_upload_known_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="staff_upload_no_more_than_all"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("province",),
                        name="staff_upload_one_at_a_time",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="TrafficLogDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[("kept", "ถือว่าต้องเก็บ เก็บที่เครื่องหน้าเว็บ"), ("not_ours", "ถือว่าไม่ใช่ผู้ให้บริการตามกฎหมาย")],
                        max_length=10,
                    ),
                ),
                ("grounds", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("province",), name="traffic_log_decision_once"),
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["kept", "not_ours"])), name="traffic_log_decision_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grounds", ""), _negated=True), name="traffic_log_decision_has_grounds"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="WaitingSlot",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sealed", models.BinaryField()),
                (
                    "box",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="records.commentbox"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="WorkingGroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("role", models.CharField(max_length=100)),
                ("duties", models.TextField(blank=True)),
                ("appointed_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="working_group", to="records.campaign"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "person"), name="working_group_member_once"),
                    models.UniqueConstraint(fields=("campaign", "position"), name="working_group_place_once"),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Denominator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.CharField(max_length=10)),
                ("number", models.PositiveIntegerField(null=True)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField()),
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="denominator", to="records.group"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["members", "staff", "fixed"])), name="denominator_basis_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("basis", saisaat.domain.denominators.Basis["FIXED"]),
                                ("number__gte", 1),
                                models.Q(("source", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("basis", saisaat.domain.denominators.Basis["FIXED"]), _negated=True),
                                ("number__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="denominator_fixed_is_whole",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="InboundEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.CharField(max_length=100, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("hour", models.DateTimeField()),
                ("payload_sealed", models.BinaryField(null=True)),
                ("held", models.BooleanField(default=False)),
                ("handled_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.channel"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.group"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.sealingkey",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [
                    models.Index(
                        condition=models.Q(("handled_at__isnull", True), ("key__isnull", False)),
                        fields=["id"],
                        name="inbound_waiting",
                    ),
                    models.Index(fields=["group", "hour"], name="inbound_rhythm"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key__isnull", True), ("payload_sealed__isnull", True)),
                            models.Q(("key__isnull", False), ("payload_sealed__isnull", False)),
                            _connector="OR",
                        ),
                        name="inbound_payload_has_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("held", False), ("key__isnull", False), _connector="OR"),
                        name="inbound_held_has_payload",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("slug", models.CharField(default=saisaat.records.base.random_id, max_length=16, unique=True)),
                ("style", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("alt", models.CharField(max_length=1500)),
                ("citation", models.CharField(blank=True, max_length=400)),
                ("clip", models.JSONField(default=dict)),
                ("spec", models.JSONField(default=dict)),
                ("quiz", models.JSONField(default=dict)),
                ("canonical", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("status", models.CharField(default=saisaat.domain.approval.ItemStatus["DRAFT"], max_length=10)),
                ("approved_sha256", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="records.campaign"
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
                    ),
                ),
                (
                    "preview",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
                    ),
                ),
                (
                    "own_picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="records.ownpicture",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="records.topic"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["province", "-created_at"], name="item_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["poster", "clip", "announcement"])), name="item_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "approved", "rejected", "discarded"])),
                        name="item_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_sha256", models.F("sha256")),
                                ("status", saisaat.domain.approval.ItemStatus["APPROVED"]),
                            ),
                            models.Q(
                                models.Q(("status", saisaat.domain.approval.ItemStatus["APPROVED"]), _negated=True),
                                ("approved_sha256", ""),
                            ),
                            _connector="OR",
                        ),
                        name="item_approved_is_this_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", saisaat.domain.approval.ItemKind["POSTER"]), _negated=True),
                            models.Q(("picture__isnull", False), ("preview__isnull", False)),
                            _connector="OR",
                        ),
                        name="item_poster_has_picture",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("alt", ""), _negated=True), models.Q(("text", ""), _negated=True)),
                        name="item_has_alt_and_text",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("no", models.PositiveIntegerField(null=True)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("kind", models.CharField(max_length=10)),
                ("before", models.DateTimeField(null=True)),
                ("after", models.DateTimeField(null=True)),
                ("day", models.DateField(null=True)),
                ("count", models.PositiveIntegerField(null=True)),
                ("fields", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_changes", to="records.campaign"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="changes",
                        to="records.planentry",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["campaign", "-at"], name="plan_change_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "made",
                                    "filled",
                                    "added",
                                    "moved",
                                    "swapped",
                                    "edited",
                                    "withdrawn",
                                    "excused",
                                    "unexcused",
                                    "announced",
                                ],
                            )
                        ),
                        name="plan_change_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "kind__in",
                                    [
                                        saisaat.domain.plan_changes.Change["MOVED"],
                                        saisaat.domain.plan_changes.Change["SWAPPED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("after__isnull", False), ("before__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_change_move_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "kind__in",
                                    [
                                        saisaat.domain.plan_changes.Change["WITHDRAWN"],
                                        saisaat.domain.plan_changes.Change["EXCUSED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_change_withdrawal_has_reason",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=12)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "owner",
                                    "producer",
                                    "reviewer",
                                    "proposer",
                                    "endorser",
                                    "approver",
                                    "duty",
                                    "viewer",
                                    "auditor",
                                    "admin",
                                ],
                            )
                        ),
                        name="role_grant_known_role",
                    ),
                    models.UniqueConstraint(fields=("account", "office", "role"), name="role_grant_once_an_office"),
                    models.UniqueConstraint(
                        condition=models.Q(("office__isnull", True)),
                        fields=("account", "role"),
                        name="role_grant_once_everywhere",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32)),
                ("location", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["sent_at"], name="submission_age")],
                "constraints": [models.UniqueConstraint(fields=("account", "token"), name="submission_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("style", models.CharField(blank=True, max_length=40)),
                ("reuse_note", models.CharField(blank=True, max_length=300)),
                ("approved_sha256", models.CharField(blank=True, max_length=64)),
                ("state", models.CharField(default=saisaat.domain.delivery.State["PLANNED"], max_length=10)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("due_at", models.DateTimeField()),
                ("deadline", models.DateTimeField()),
                ("not_before", models.DateTimeField(null=True)),
                ("way", models.CharField(max_length=10, null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("attempt_count", models.PositiveSmallIntegerField(default=0)),
                ("talked_over", models.BooleanField(default=False)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="records.group"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="records.item",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="records.planentry"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.topic"
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="delivery_by_state"),
                    models.Index(fields=["group", "state", "due_at"], name="delivery_by_group"),
                    models.Index(fields=["entry", "state"], name="delivery_by_entry"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "group"), name="delivery_once_a_group"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "planned",
                                    "due",
                                    "armed",
                                    "sending",
                                    "uncertain",
                                    "sent",
                                    "closed",
                                    "missed",
                                    "cancelled",
                                    "failed",
                                ],
                            )
                        ),
                        name="delivery_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    [
                                        saisaat.domain.delivery.State["ARMED"],
                                        saisaat.domain.delivery.State["SENDING"],
                                        saisaat.domain.delivery.State["UNCERTAIN"],
                                        saisaat.domain.delivery.State["SENT"],
                                        saisaat.domain.delivery.State["CLOSED"],
                                    ],
                                ),
                                _negated=True,
                            ),
                            models.Q(("item__isnull", False), models.Q(("approved_sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="delivery_live_is_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("way__isnull", True)),
                            models.Q(("sent_at__isnull", False), ("way__isnull", False)),
                            _connector="OR",
                        ),
                        name="delivery_sent_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_at__isnull", False),
                                (
                                    "state__in",
                                    [saisaat.domain.delivery.State["SENT"], saisaat.domain.delivery.State["CLOSED"]],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "state__in",
                                        [
                                            saisaat.domain.delivery.State["SENT"],
                                            saisaat.domain.delivery.State["CLOSED"],
                                        ],
                                    ),
                                    _negated=True,
                                ),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_sent_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", saisaat.domain.delivery.State["CLOSED"])),
                            models.Q(
                                models.Q(("state", saisaat.domain.delivery.State["CLOSED"]), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_closed_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deadline__gt", models.F("due_at"))), name="delivery_deadline_after_due"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("no", models.PositiveSmallIntegerField()),
                ("saved_at", models.DateTimeField()),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("alt", models.CharField(max_length=1500)),
                ("spec", models.JSONField(default=dict)),
                ("quiz", models.JSONField(default=dict)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="records.item"
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["no"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("item", "no"), name="item_version_once")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("approved", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("checklist", models.JSONField(default=dict)),
                ("decided_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="records.item"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("author", models.F("reviewer")), _negated=True), name="review_by_another"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved", True), models.Q(("note", ""), _negated=True), _connector="OR"),
                        name="review_rejection_has_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved", False),
                            models.Q(
                                ("checklist__has_key", "citation"),
                                ("checklist__citation", True),
                                ("checklist__has_key", "rights"),
                                ("checklist__rights", True),
                                ("checklist__has_key", "tone"),
                                ("checklist__tone", True),
                                ("checklist__has_key", "alt"),
                                ("checklist__alt", True),
                            ),
                            _connector="OR",
                        ),
                        name="review_approval_is_whole",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("event_id", models.CharField(max_length=100, unique=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("who", ""), _negated=True),
                        fields=("delivery", "who"),
                        name="acknowledgement_once",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("no", models.PositiveSmallIntegerField()),
                ("mark", models.CharField(max_length=24, unique=True)),
                ("way", models.CharField(max_length=10)),
                ("token_sha256", models.CharField(max_length=64, null=True, unique=True)),
                ("token", models.CharField(blank=True, max_length=1000)),
                ("token_at", models.DateTimeField(null=True)),
                ("retry_key", models.UUIDField(null=True, unique=True)),
                ("heads", models.PositiveIntegerField(default=0)),
                ("body", models.TextField()),
                ("body_sha256", models.CharField(max_length=64)),
                ("canonical_sha256", models.CharField(max_length=64)),
                ("worker", models.CharField(max_length=60)),
                ("started_at", models.DateTimeField()),
                ("calls", models.PositiveSmallIntegerField(default=0)),
                ("outcome", models.CharField(max_length=14, null=True)),
                ("detail", models.CharField(blank=True, max_length=500)),
                ("request_id", models.CharField(blank=True, max_length=100)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["no"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "no"), name="attempt_no_once"),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["piggyback", "duty", "relay", "push"])),
                        name="attempt_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__isnull", True),
                            (
                                "outcome__in",
                                [
                                    "accepted",
                                    "invalid_token",
                                    "rate_limited",
                                    "monthly_limit",
                                    "unauthorized",
                                    "group_gone",
                                    "rejected",
                                    "not_connected",
                                    "no_answer",
                                    "server_error",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="attempt_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retry_key__isnull", True),
                                ("token_sha256__isnull", False),
                                (
                                    "way__in",
                                    [saisaat.domain.delivery.Way["PIGGYBACK"], saisaat.domain.delivery.Way["DUTY"]],
                                ),
                            ),
                            models.Q(
                                ("retry_key__isnull", False),
                                ("token_sha256__isnull", True),
                                ("way", saisaat.domain.delivery.Way["PUSH"]),
                            ),
                            models.Q(
                                ("retry_key__isnull", True),
                                ("token_sha256__isnull", True),
                                ("way", saisaat.domain.delivery.Way["RELAY"]),
                            ),
                            _connector="OR",
                        ),
                        name="attempt_key_fits_way",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("delivery",),
                        name="attempt_one_open_a_delivery",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ClipCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.PositiveSmallIntegerField()),
                ("times", models.PositiveIntegerField(default=0)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clip_counts", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "mark"), name="clip_count_once_a_mark"),
                    models.CheckConstraint(
                        condition=models.Q(("mark__in", (0, 25, 50, 75, 100))), name="clip_count_known_mark"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ClipWatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(blank=True, max_length=64)),
                ("reached", models.PositiveSmallIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clip_watches", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["who"], name="clip_watch_by_reader")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("who", ""), _negated=True),
                        fields=("delivery", "who"),
                        name="clip_watch_once_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reached__in", (0, 25, 50, 75, 100))), name="clip_watch_known_mark"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Closeout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taps", models.PositiveIntegerField(null=True)),
                ("readers_told", models.PositiveIntegerField(null=True)),
                ("no_figure_reason", models.CharField(blank=True, max_length=300)),
                ("acknowledgements", models.PositiveIntegerField()),
                ("reactions", models.PositiveIntegerField()),
                ("comments", models.PositiveIntegerField()),
                ("comment_record", models.CharField(max_length=500)),
                ("by", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="closeout", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("no_figure_reason", ""), ("taps__isnull", False)),
                            models.Q(("taps__isnull", True), models.Q(("no_figure_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="closeout_figure_or_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("comment_record", ""), _negated=True), name="closeout_has_comment_record"
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("quote", "ตอบโดยอ้างถึงในกลุ่ม"),
                            ("page", "หน้าเว็บ (ไม่ระบุตัวตน)"),
                            ("named", "หน้าเว็บ (บอกชื่อ)"),
                        ],
                        max_length=8,
                    ),
                ),
                ("who", models.CharField(blank=True, max_length=64)),
                ("day", models.DateField()),
                ("message_id", models.CharField(max_length=100, null=True, unique=True)),
                ("text_sealed", models.BinaryField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("receipt", models.CharField(max_length=64, null=True, unique=True)),
                ("guess", models.CharField(max_length=12)),
                ("confidence", models.FloatField()),
                ("kind", models.CharField(blank=True, max_length=12)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("hidden_at", models.DateTimeField(null=True)),
                ("hidden_reason", models.CharField(blank=True, max_length=300)),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.campaign"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="records.delivery",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.group"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
                    ),
                ),
            ],
            options={
                "ordering": ["day", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "guess__in",
                                [
                                    "ack",
                                    "greeting",
                                    "praise",
                                    "question",
                                    "suggestion",
                                    "criticism",
                                    "complaint",
                                    "off_topic",
                                    "sticker",
                                ],
                            )
                        ),
                        name="comment_guess_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", ""),
                            (
                                "kind__in",
                                [
                                    "ack",
                                    "greeting",
                                    "praise",
                                    "question",
                                    "suggestion",
                                    "criticism",
                                    "complaint",
                                    "off_topic",
                                    "sticker",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="comment_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "page"), _negated=True),
                            models.Q(("message_id", None), ("name_sealed", None), ("who", "")),
                            _connector="OR",
                        ),
                        name="comment_page_is_anonymous",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign", None), ("delivery__isnull", False), ("group", None)),
                            models.Q(("campaign__isnull", False), ("delivery", None), ("origin", "page")),
                            _connector="OR",
                        ),
                        name="comment_has_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("receipt", None), ("origin", "page"), _connector="OR"),
                        name="comment_receipt_is_of_page",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_sealed", None), models.Q(("message_id", None), ("origin", "named")), _connector="OR"
                        ),
                        name="comment_name_is_of_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hidden_reason", ""), ("hidden_at", None), ("hidden_by", None)),
                            models.Q(
                                models.Q(("hidden_reason", ""), _negated=True),
                                ("hidden_at__isnull", False),
                                ("hidden_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="comment_hidden_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_confirmation_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_end_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_answer_whole",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="LedgerRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="NearAcknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("event_id", models.CharField(max_length=100, unique=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("who", ""), _negated=True),
                        fields=("delivery", "who"),
                        name="near_acknowledgement_once",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="QuizCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("choice", models.PositiveSmallIntegerField()),
                ("times", models.PositiveIntegerField(default=0)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quiz_counts", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["choice"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(fields=("delivery", "choice"), name="quiz_count_once_a_choice")
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Reaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("event_id", models.CharField(max_length=100, unique=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("who", ""), _negated=True), fields=("delivery", "who"), name="reaction_once"
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ReaderCount",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("readers", models.PositiveIntegerField()),
                ("seen_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("entered_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reader_counts", to="records.delivery"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["-seen_at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence__isnull", False), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="reader_count_has_evidence",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="TapCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour", models.DateTimeField()),
                ("taps", models.PositiveIntegerField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taps", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [models.UniqueConstraint(fields=("delivery", "hour"), name="tap_count_once_an_hour")],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="View",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(blank=True, max_length=64)),
                ("hour", models.DateTimeField()),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="views", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [models.Index(fields=["who"], name="view_by_reader")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("who", ""), _negated=True),
                        fields=("delivery", "who"),
                        name="view_once_a_person",
                    )
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=saisaat.records.base.random_id,
                        editable=False,
                        max_length=16,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("text", models.TextField()),
                ("way", models.CharField(max_length=10)),
                ("state", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField()),
                ("deadline", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("message_id", models.CharField(blank=True, max_length=100)),
                ("detail", models.CharField(blank=True, max_length=300)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="records.comment"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.group"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["group", "made_at"], name="answer_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["record", "group", "direct"])), name="answer_way_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["kept", "waiting", "sending", "sent", "uncertain", "expired"])
                        ),
                        name="answer_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", saisaat.domain.answers.AnswerState["SENT"])),
                            models.Q(
                                models.Q(("state", saisaat.domain.answers.AnswerState["SENT"]), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="answer_sent_has_time",
                    ),
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("reserved", "กันไว้"), ("spent", "ใช้แล้ว"), ("released", "คืน")], max_length=10
                    ),
                ),
                ("heads", models.PositiveIntegerField()),
                ("purpose", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "attempt",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entry",
                        to="records.attempt",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ledger_entries", to="records.channel"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("heads__gte", 1)), name="ledger_entry_has_heads")
                ],
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="SentMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.CharField(max_length=100, unique=True)),
                ("quote_token", models.CharField(blank=True, max_length=1000)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sent_messages", to="records.attempt"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sent_messages", to="records.delivery"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(_refusals.refuse, _refusals.allow),
    ]
