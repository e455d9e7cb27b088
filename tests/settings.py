"""The settings of the test suite: a throw-away data folder for each process, a fast hasher, no fsync."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_shared_cache = Path(tempfile.gettempdir()) / f"saisaat-tests-cache-{os.getuid()}"
_folder = Path(tempfile.mkdtemp(prefix="saisaat-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SAISAAT_DATA"] = str(_folder)
os.environ["SAISAAT_SQLITE_SYNC"] = "OFF"
# A finished poster is the same whoever made it, so all processes and runs share them.
os.environ.setdefault("SAISAAT_CACHE", str(_shared_cache))

from saisaat.config.settings import *  # noqa: E402, F403
from saisaat.config.settings import DATABASES  # noqa: E402

# Hashing a password the real way takes 50 ms, on purpose; a suite that signs in a thousand times need not.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since SQLite's shared memory mode has other locks than the ones the product lives with.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "tests.sqlite3")}
