"""The workspace: what its pages need to remember."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import saisaat.domain.answers
import saisaat.domain.denominators
import saisaat.domain.plan_changes
import saisaat.records.base

_refusals = import_module("saisaat.records.migrations.0002_refusals")


def let_go(apps, schema_editor):
    """SQLite makes a changed table anew, which a trigger that names it would forbid."""
    if schema_editor.connection.vendor == "sqlite":
        _refusals.allow(apps, schema_editor)


def hold_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        _refusals.refuse(apps, schema_editor)


def mark_earlier_approvals(apps, schema_editor):
    """Approvals from before the checklist stand; their note says that there was none."""
    review = apps.get_model("records", "Review")
    every = {"citation": True, "rights": True, "tone": True, "alt": True}
    for row in review._base_manager.filter(approved=True):
        row.checklist = every
        row.note = f"{row.note} (อนุมัติก่อนมีรายการตรวจ)".strip()[:500]
        row.save(update_fields=["checklist", "note"])


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_refusals"),
    ]

    operations = [
        migrations.RunPython(let_go, hold_again),
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
            ],
            options={
                "ordering": ["made_at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
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
            ],
            options={
                "ordering": ["title", "id"],
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
            ],
            options={
                "ordering": ["no"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
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
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("content_sealed", models.BinaryField()),
                ("kept_at", models.DateTimeField()),
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
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=20)),
                ("how", models.CharField(max_length=10)),
                ("question", models.CharField(blank=True, max_length=16)),
                ("before_sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
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
            name="DutyTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("last", models.DateField()),
            ],
            options={
                "ordering": ["first"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
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
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["no"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
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
            ],
            options={
                "ordering": ["-at", "-id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
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
            ],
            options={
                "ordering": ["-seen_at", "id"],
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "everywhere",
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
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32)),
                ("location", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
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
        migrations.RemoveConstraint(
            model_name="item",
            name="item_status_known",
        ),
        migrations.AddField(
            model_name="account",
            name="sign_outs",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="channel",
            name="retired_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="closeout",
            name="readers_told",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="comment",
            name="ended_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="used",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="item",
            name="spec",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="office",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="records.office"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="level",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="planentry",
            name="late_hours",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="planentry",
            name="late_policy",
            field=models.CharField(default=saisaat.domain.plan_changes.LatePolicy["CAMPAIGN"], max_length=10),
        ),
        migrations.AddField(
            model_name="province",
            name="language",
            field=models.CharField(default="th", max_length=5),
        ),
        migrations.AddField(
            model_name="review",
            name="checklist",
            field=models.JSONField(default=dict),
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(fields=["province", "-created_at"], name="campaign_newest"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["entry", "state"], name="delivery_by_entry"),
        ),
        migrations.AddIndex(
            model_name="planentry",
            index=models.Index(fields=["campaign", "at", "no"], name="plan_entry_by_time"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="comment_end_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="office_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_on__isnull", True),
                    ("joined_on__isnull", True),
                    ("left_on__gte", models.F("joined_on")),
                    _connector="OR",
                ),
                name="person_left_after_joining",
            ),
        ),
        migrations.AddConstraint(
            model_name="planentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("late_policy__in", ["campaign", "hours", "fixed"])),
                name="plan_entry_late_policy_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="planentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("late_hours__gte", 1),
                        ("late_hours__isnull", False),
                        ("late_policy", saisaat.domain.plan_changes.LatePolicy["HOURS"]),
                    ),
                    models.Q(
                        models.Q(("late_policy", saisaat.domain.plan_changes.LatePolicy["HOURS"]), _negated=True),
                        ("late_hours__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="plan_entry_late_hours_whole",
            ),
        ),
        migrations.RunPython(mark_earlier_approvals, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddField(
            model_name="answer",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="answer",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="records.comment"
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="group",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.group"),
        ),
        migrations.AddField(
            model_name="answer",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="answertemplate",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="appointmentorder",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="orders", to="records.campaign"
            ),
        ),
        migrations.AddField(
            model_name="appointmentorder",
            name="issued_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="appointmentorder",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="brand",
            name="emblem",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
            ),
        ),
        migrations.AddField(
            model_name="brand",
            name="logo",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
            ),
        ),
        migrations.AddField(
            model_name="brand",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="contentversion",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="records.campaign"
            ),
        ),
        migrations.AddField(
            model_name="contentversion",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="records.campaign"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="person",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="correction",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="denominator",
            name="group",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="denominator", to="records.group"
            ),
        ),
        migrations.AddField(
            model_name="denominator",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="dutyturn",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="duty_turns", to="records.person"
            ),
        ),
        migrations.AddField(
            model_name="dutyturn",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddConstraint(
            model_name="firstrun",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="first_run_one_row"),
        ),
        migrations.AddIndex(
            model_name="guesscount",
            index=models.Index(fields=["last_at"], name="guess_count_age"),
        ),
        migrations.AddConstraint(
            model_name="guesscount",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["name", "address", "account"])), name="guess_count_known_kind"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="office",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="records.person"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="itemversion",
            name="author",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="itemversion",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="records.item"
            ),
        ),
        migrations.AddField(
            model_name="itemversion",
            name="picture",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
            ),
        ),
        migrations.AddField(
            model_name="itemversion",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="ownpicture",
            name="added_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="ownpicture",
            name="media",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"),
        ),
        migrations.AddField(
            model_name="ownpicture",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="own_picture",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="records.ownpicture"
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["province", "-created_at"], name="item_latest"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "in_review", "approved", "rejected", "discarded"])),
                name="item_status_known",
            ),
        ),
        migrations.AddField(
            model_name="planchange",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="planchange",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="plan_changes", to="records.campaign"
            ),
        ),
        migrations.AddField(
            model_name="planchange",
            name="entry",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="changes", to="records.planentry"
            ),
        ),
        migrations.AddField(
            model_name="planchange",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="posting",
            name="office",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"),
        ),
        migrations.AddField(
            model_name="posting",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="postings", to="records.person"
            ),
        ),
        migrations.AddField(
            model_name="posting",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="readercount",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="readercount",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reader_counts", to="records.delivery"
            ),
        ),
        migrations.AddField(
            model_name="readercount",
            name="evidence",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.media"
            ),
        ),
        migrations.AddField(
            model_name="readercount",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="campaign",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="reading", to="records.campaign"
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="staffupload",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.person"),
        ),
        migrations.AddField(
            model_name="staffupload",
            name="key",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.sealingkey"
            ),
        ),
        migrations.AddField(
            model_name="staffupload",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="province",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.province"
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["group", "made_at"], name="answer_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["record", "group", "direct"])), name="answer_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["kept", "waiting", "sending", "sent", "uncertain", "expired"])),
                name="answer_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="answertemplate",
            constraint=models.UniqueConstraint(fields=("province", "title"), name="answer_template_title_once"),
        ),
        migrations.AddConstraint(
            model_name="appointmentorder",
            constraint=models.UniqueConstraint(fields=("campaign", "no"), name="appointment_order_no_once"),
        ),
        migrations.AddConstraint(
            model_name="appointmentorder",
            constraint=models.UniqueConstraint(fields=("campaign", "number"), name="appointment_order_number_once"),
        ),
        migrations.AddConstraint(
            model_name="appointmentorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="appointment_order_has_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="brand",
            constraint=models.UniqueConstraint(fields=("province",), name="brand_once"),
        ),
        migrations.AddConstraint(
            model_name="brand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("primary", ""), ("primary__regex", "^#[0-9a-f]{6}$"), _connector="OR"),
                    models.Q(("secondary", ""), ("secondary__regex", "^#[0-9a-f]{6}$"), _connector="OR"),
                ),
                name="brand_colours_are_hex",
            ),
        ),
        migrations.AddConstraint(
            model_name="contentversion",
            constraint=models.UniqueConstraint(fields=("campaign", "sha256"), name="content_version_once"),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("how__in", ["read", "corrected", "filled", "settled"]), models.Q(("how", "read"), _negated=True)
                ),
                name="correction_how_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "settled"), models.Q(("question", ""), _negated=True)),
                    models.Q(models.Q(("how", "settled"), _negated=True), ("question", "")),
                    _connector="OR",
                ),
                name="correction_settles_a_question",
            ),
        ),
        migrations.AddConstraint(
            model_name="denominator",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["members", "staff", "fixed"])), name="denominator_basis_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="denominator",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="dutyturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lte", models.F("last"))), name="duty_turn_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyturn",
            constraint=models.UniqueConstraint(fields=("province", "first"), name="duty_turn_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True), ("used_at__isnull", True)),
                fields=("person",),
                name="invitation_one_open_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"),
                name="invitation_used_or_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))), name="invitation_ends_after_it_began"
            ),
        ),
        migrations.AddConstraint(
            model_name="itemversion",
            constraint=models.UniqueConstraint(fields=("item", "no"), name="item_version_once"),
        ),
        migrations.AddIndex(
            model_name="ownpicture",
            index=models.Index(fields=["province", "-added_at"], name="own_picture_latest"),
        ),
        migrations.AddConstraint(
            model_name="ownpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner", ""), _negated=True),
                    models.Q(("licence", ""), _negated=True),
                    models.Q(("proof", ""), _negated=True),
                ),
                name="own_picture_has_rights",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownpicture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent", ""), ("people", False)),
                    models.Q(("people", True), models.Q(("consent", ""), _negated=True)),
                    _connector="OR",
                ),
                name="own_picture_people_agreed",
            ),
        ),
        migrations.AddIndex(
            model_name="planchange",
            index=models.Index(fields=["campaign", "-at"], name="plan_change_latest"),
        ),
        migrations.AddConstraint(
            model_name="planchange",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="planchange",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="planchange",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("began__in", ["recorded", "joined", "moved", "changed", "returned"])),
                name="posting_known_beginning",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended", ""), ("ends_on__isnull", True)),
                    models.Q(
                        (
                            "ended__in",
                            ["moved", "changed", "transferred", "retired", "resigned", "contract", "died", "other"],
                        ),
                        ("ends_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="posting_ended_with_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="posting_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", "")), fields=("person",), name="posting_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="readercount",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence__isnull", False), models.Q(("note", ""), _negated=True), _connector="OR"),
                name="reader_count_has_evidence",
            ),
        ),
        migrations.AddIndex(
            model_name="staffupload",
            index=models.Index(fields=["touched_at"], name="staff_upload_age"),
        ),
        migrations.AddConstraint(
            model_name="staffupload",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "running", "done"])), name="staff_upload_known_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffupload",
            constraint=models.CheckConstraint(
                condition=models.Q(("done__lte", models.F("total"))), name="staff_upload_no_more_than_all"
            ),
        ),
        migrations.AddConstraint(
            model_name="staffupload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")), fields=("province",), name="staff_upload_one_at_a_time"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["sent_at"], name="submission_age"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("account", "token"), name="submission_once"),
        ),
        migrations.RunPython(hold_again, let_go),
    ]
