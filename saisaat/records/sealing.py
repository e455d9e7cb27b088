"""Personal text at rest: AES-256-GCM under a key per person or per class, each wrapped by the folder's master key.

Erasing is shredding: once a key's wrapped bytes are gone, what it sealed reads as None, here and in every backup.
"""

import base64
import contextlib
import hashlib
import hmac
import os
import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from saisaat.records.province import Province
from saisaat.records.sealing_key import SealingKey

_NONCE = 12


@lru_cache(maxsize=4)
def _master(path: str) -> bytes:
    file = Path(path)
    if not file.exists():
        _write_once(file, AESGCM.generate_key(256))
    key = file.read_bytes()
    if len(key) != 32:
        raise RuntimeError(f"{file} is not a 32-byte master key; restore it from the backup of this data folder")
    return key


def _write_once(file: Path, content: bytes) -> None:
    """Written whole, or not at all where another process was first."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=file.parent) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(out.name, file)


def _master_key() -> bytes:
    return _master(str(settings.MASTER_KEY_FILE))


def _wrap(key: bytes, name: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_master_key()).encrypt(nonce, key, name.encode())


@lru_cache(maxsize=4096)
def _unwrap(wrapped: bytes, name: str, master: bytes) -> bytes:
    return AESGCM(master).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], name.encode())


def new_key(province: Province | str, purpose: str, now: datetime) -> SealingKey:
    """A fresh data key for `purpose` ("person", "comments 2563-05", ...), saved."""
    key = SealingKey(
        province_id=province if isinstance(province, str) else province.pk, purpose=purpose, created_at=now
    )
    key.wrapped = _wrap(AESGCM.generate_key(256), key.pk)
    key.save(force_insert=True)
    return key


def class_key(province: str, purpose: str, now: datetime) -> SealingKey:
    """The living key of a class of rows, made on first use."""
    found = SealingKey.of(province).filter(purpose=purpose, shredded_at__isnull=True).first()
    return found or new_key(province, purpose, now)


def shred(key: SealingKey, now: datetime) -> None:
    """Forget the key for ever."""
    key.wrapped = None
    key.shredded_at = now
    key.save(update_fields=["wrapped", "shredded_at"])


def seal(key: SealingKey, text: str) -> bytes:
    """`text` under `key`. Raises RuntimeError on a shredded key."""
    if key.wrapped is None:
        raise RuntimeError("this key was shredded: nothing more can be sealed with it")
    nonce = os.urandom(_NONCE)
    data_key = _unwrap(bytes(key.wrapped), key.pk, _master_key())
    return nonce + AESGCM(data_key).encrypt(nonce, text.encode(), key.pk.encode())


def unseal(key: SealingKey | None, sealed: bytes | memoryview | None) -> str | None:
    """The text, or None when there is none or its key was shredded."""
    if key is None or sealed is None or key.wrapped is None:
        return None
    raw = bytes(sealed)
    data_key = _unwrap(bytes(key.wrapped), key.pk, _master_key())
    return AESGCM(data_key).decrypt(raw[:_NONCE], raw[_NONCE:], key.pk.encode()).decode()


def seal_secret(text: str, purpose: str) -> str:
    """A secret that opens something, directly under the master key, as text. It belongs to no person's key."""
    return base64.b64encode(_wrap(text.encode(), purpose)).decode()


def unseal_secret(sealed: str, purpose: str) -> str:
    """The secret sealed for `purpose`. Raises cryptography's InvalidTag when it was changed or sealed for another."""
    raw = base64.b64decode(sealed)
    return AESGCM(_master_key()).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()


def keyed_hash(text: str) -> str:
    """A stable pseudonym of an outside id: HMAC-SHA256 under the master key. Equal ids match; nobody can go back."""
    return hmac.new(_master_key(), text.encode(), hashlib.sha256).hexdigest()
