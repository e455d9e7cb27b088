"""Everything the database holds, as bytes: to prove that something is not there."""

from pathlib import Path

from django.db import connection


def everything_stored() -> bytes:
    """Every value of every table; on SQLite also the raw bytes of the database's files, free pages and all.

    Call it outside a transaction: what is not committed is in no file.
    """
    assert not connection.in_atomic_block
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            parts += [_bytes(value) for row in cursor.fetchall() for value in row]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        parts += [file.read_bytes() for file in name.parent.glob(f"{name.name}*")]
    return b"\x00".join(parts)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
