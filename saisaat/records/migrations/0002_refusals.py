"""What a constraint on one row cannot say, the database refuses by trigger, on SQLite and PostgreSQL alike.

- A delivery goes out only with the hash its item is approved for, and an attempt only with its delivery's.
- Audit rows are never changed or removed.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE TRIGGER delivery_is_approved BEFORE UPDATE OF state, item_id, approved_sha256 ON records_delivery
    WHEN NEW.state = 'sending' AND NEW.approved_sha256 IS NOT
         (SELECT approved_sha256 FROM records_item WHERE id = NEW.item_id AND status = 'approved')
    BEGIN SELECT RAISE(ABORT, 'delivery_is_approved: the approved hash differs'); END;
    """,
    """
    CREATE TRIGGER delivery_is_approved_insert BEFORE INSERT ON records_delivery
    WHEN NEW.state = 'sending' AND NEW.approved_sha256 IS NOT
         (SELECT approved_sha256 FROM records_item WHERE id = NEW.item_id AND status = 'approved')
    BEGIN SELECT RAISE(ABORT, 'delivery_is_approved: the approved hash differs'); END;
    """,
    """
    CREATE TRIGGER attempt_is_approved BEFORE INSERT ON records_attempt
    WHEN NEW.canonical_sha256 IS NOT (SELECT approved_sha256 FROM records_delivery WHERE id = NEW.delivery_id)
    BEGIN SELECT RAISE(ABORT, 'attempt_is_approved: the approved hash differs'); END;
    """,
    """
    CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON records_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
    """,
    """
    CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON records_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END;
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER delivery_is_approved",
    "DROP TRIGGER delivery_is_approved_insert",
    "DROP TRIGGER attempt_is_approved",
    "DROP TRIGGER audit_is_append_only_update",
    "DROP TRIGGER audit_is_append_only_delete",
]

POSTGRESQL = [
    """
    CREATE FUNCTION delivery_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.state = 'sending' AND NEW.approved_sha256 IS DISTINCT FROM
         (SELECT approved_sha256 FROM records_item WHERE id = NEW.item_id AND status = 'approved') THEN
        RAISE EXCEPTION 'delivery_is_approved: the approved hash differs' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER delivery_is_approved BEFORE INSERT OR UPDATE OF state, item_id, approved_sha256 ON records_delivery
      FOR EACH ROW EXECUTE FUNCTION delivery_is_approved();
    """,
    """
    CREATE FUNCTION attempt_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.canonical_sha256 IS DISTINCT FROM
         (SELECT approved_sha256 FROM records_delivery WHERE id = NEW.delivery_id) THEN
        RAISE EXCEPTION 'attempt_is_approved: the approved hash differs' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER attempt_is_approved BEFORE INSERT ON records_attempt
      FOR EACH ROW EXECUTE FUNCTION attempt_is_approved();
    """,
    """
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'audit_is_append_only' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON records_auditevent
      FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER delivery_is_approved ON records_delivery; DROP FUNCTION delivery_is_approved()",
    "DROP TRIGGER attempt_is_approved ON records_attempt; DROP FUNCTION attempt_is_approved()",
    "DROP TRIGGER audit_is_append_only ON records_auditevent; DROP FUNCTION audit_is_append_only()",
]


def _run(schema_editor, sqlite, postgresql):
    with schema_editor.connection.cursor() as cursor:
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
            cursor.execute(statement)


def refuse(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def allow(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
