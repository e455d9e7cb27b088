"""What the phone pages need to remember."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import saisaat.records.base

_refusals = import_module("saisaat.records.migrations.0002_refusals")


def let_go(apps, schema_editor):
    """SQLite makes a changed table anew, which a trigger that names it would forbid."""
    if schema_editor.connection.vendor == "sqlite":
        _refusals.allow(apps, schema_editor)


def hold_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        _refusals.refuse(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_workspace"),
    ]

    operations = [
        migrations.RunPython(let_go, hold_again),
        migrations.CreateModel(
            name="ClipCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.PositiveSmallIntegerField()),
                ("times", models.PositiveIntegerField(default=0)),
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
            name="ClipWatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(blank=True, max_length=64)),
                ("reached", models.PositiveSmallIntegerField()),
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
            name="CommentBox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_on", models.DateField()),
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
            name="FeedbackPhrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("phrase", models.CharField(max_length=60)),
                ("weight", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["kind", "phrase"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
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
            ],
            options={
                "ordering": ["asked_at", "id"],
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
            name="QuizCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("choice", models.PositiveSmallIntegerField()),
                ("times", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["choice"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
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
            name="View",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.CharField(blank=True, max_length=64)),
                ("hour", models.DateTimeField()),
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
            ],
            options={
                "abstract": False,
            },
            managers=[
                ("everywhere", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="comment",
            name="comment_page_is_anonymous",
        ),
        migrations.RemoveConstraint(
            model_name="guesscount",
            name="guess_count_known_kind",
        ),
        migrations.AddField(
            model_name="channel",
            name="liff_id",
            field=models.CharField(blank=True, default="", max_length=30),
        ),
        migrations.AddField(
            model_name="comment",
            name="campaign",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.campaign"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="group",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.group"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="hidden_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="hidden_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="hidden_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="comment",
            name="name_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="receipt",
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="talked_over",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="item",
            name="quiz",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="itemversion",
            name="quiz",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="answer",
            name="group",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.group"
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="delivery",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="records.delivery"
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="origin",
            field=models.CharField(
                choices=[("quote", "ตอบโดยอ้างถึงในกลุ่ม"), ("page", "หน้าเว็บ (ไม่ระบุตัวตน)"), ("named", "หน้าเว็บ (บอกชื่อ)")],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "page"), _negated=True),
                    models.Q(("message_id", None), ("name_sealed", None), ("who", "")),
                    _connector="OR",
                ),
                name="comment_page_is_anonymous",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("campaign", None), ("delivery__isnull", False), ("group", None)),
                    models.Q(("campaign__isnull", False), ("delivery", None), ("origin", "page")),
                    _connector="OR",
                ),
                name="comment_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("receipt", None), ("origin", "page"), _connector="OR"),
                name="comment_receipt_is_of_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_sealed", None), models.Q(("message_id", None), ("origin", "named")), _connector="OR"
                ),
                name="comment_name_is_of_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="guesscount",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["name", "address", "account", "line"])), name="guess_count_known_kind"
            ),
        ),
        migrations.AddField(
            model_name="clipcount",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="clip_counts", to="records.delivery"
            ),
        ),
        migrations.AddField(
            model_name="clipcount",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="clipwatch",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="clip_watches", to="records.delivery"
            ),
        ),
        migrations.AddField(
            model_name="clipwatch",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="commentbox",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
            ),
        ),
        migrations.AddField(
            model_name="commentbox",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="feedbackphrase",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="linkcode",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="linkcode",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="link_codes", to="records.person"
            ),
        ),
        migrations.AddField(
            model_name="linkcode",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="linkrequest",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
            ),
        ),
        migrations.AddField(
            model_name="linkrequest",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
            ),
        ),
        migrations.AddField(
            model_name="linkrequest",
            name="office",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.office"),
        ),
        migrations.AddField(
            model_name="linkrequest",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.person"
            ),
        ),
        migrations.AddField(
            model_name="linkrequest",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="nearacknowledgement",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.delivery"
            ),
        ),
        migrations.AddField(
            model_name="nearacknowledgement",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="quizcount",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="quiz_counts", to="records.delivery"
            ),
        ),
        migrations.AddField(
            model_name="quizcount",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="trafficlogdecision",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="trafficlogdecision",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="views", to="records.delivery"
            ),
        ),
        migrations.AddField(
            model_name="view",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="waitingslot",
            name="box",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="records.commentbox"
            ),
        ),
        migrations.AddField(
            model_name="waitingslot",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddConstraint(
            model_name="clipcount",
            constraint=models.UniqueConstraint(fields=("delivery", "mark"), name="clip_count_once_a_mark"),
        ),
        migrations.AddConstraint(
            model_name="clipcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("mark__in", (0, 25, 50, 75, 100))), name="clip_count_known_mark"
            ),
        ),
        migrations.AddIndex(
            model_name="clipwatch",
            index=models.Index(fields=["who"], name="clip_watch_by_reader"),
        ),
        migrations.AddConstraint(
            model_name="clipwatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("who", ""), _negated=True),
                fields=("delivery", "who"),
                name="clip_watch_once_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="clipwatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("reached__in", (0, 25, 50, 75, 100))), name="clip_watch_known_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="commentbox",
            constraint=models.UniqueConstraint(fields=("province",), name="comment_box_once"),
        ),
        migrations.AddConstraint(
            model_name="feedbackphrase",
            constraint=models.UniqueConstraint(fields=("province", "kind", "phrase"), name="feedback_phrase_once"),
        ),
        migrations.AddConstraint(
            model_name="feedbackphrase",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="feedbackphrase",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__lte", 3)), name="feedback_phrase_weight_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="feedbackphrase",
            constraint=models.CheckConstraint(
                condition=models.Q(("phrase", ""), _negated=True), name="feedback_phrase_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True), ("used_at__isnull", True)),
                fields=("person",),
                name="link_code_one_open_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                name="link_code_used_or_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))), name="link_code_ends_after_it_began"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)),
                fields=("province", "user_hash"),
                name="link_request_one_open_a_user",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="link_request_decision_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True), ("name_sealed__isnull", False), ("user_sealed__isnull", False)
                    ),
                    models.Q(
                        ("decided_at__isnull", False), ("name_sealed", None), ("user_hash", ""), ("user_sealed", None)
                    ),
                    _connector="OR",
                ),
                name="link_request_decided_is_forgotten",
            ),
        ),
        migrations.AddConstraint(
            model_name="nearacknowledgement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("who", ""), _negated=True),
                fields=("delivery", "who"),
                name="near_acknowledgement_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="quizcount",
            constraint=models.UniqueConstraint(fields=("delivery", "choice"), name="quiz_count_once_a_choice"),
        ),
        migrations.AddConstraint(
            model_name="trafficlogdecision",
            constraint=models.UniqueConstraint(fields=("province",), name="traffic_log_decision_once"),
        ),
        migrations.AddConstraint(
            model_name="trafficlogdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("choice__in", ["kept", "not_ours"])), name="traffic_log_decision_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="trafficlogdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("grounds", ""), _negated=True), name="traffic_log_decision_has_grounds"
            ),
        ),
        migrations.AddIndex(
            model_name="view",
            index=models.Index(fields=["who"], name="view_by_reader"),
        ),
        migrations.AddConstraint(
            model_name="view",
            constraint=models.UniqueConstraint(
                condition=models.Q(("who", ""), _negated=True), fields=("delivery", "who"), name="view_once_a_person"
            ),
        ),
        migrations.RunPython(hold_again, let_go),
    ]
