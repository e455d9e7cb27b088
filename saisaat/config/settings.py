"""Django's settings. Everything an installation may change comes from config.env."""

import os
import sys
from pathlib import Path
from typing import Any

from saisaat.config import env
from saisaat.config.database import database

PACKAGE = Path(__file__).resolve().parent.parent

DATA_DIR = Path(env.text("SAISAAT_DATA")).absolute()
MASTER_KEY_FILE = DATA_DIR / "keys" / "master.key"
MEDIA_ROOT = DATA_DIR / "media"
CACHE_DIR = Path(
    env.text("SAISAAT_CACHE") or Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "saisaat"
)
PRACTICE_API = env.text("SAISAAT_PRACTICE_API").rstrip("/")
PRACTICE_URL = ""
BASE_URL = env.text("SAISAAT_BASE_URL").rstrip("/")

# The only place that says where a kind of channel lives.
CHANNELS = {
    "line": "saisaat.channels.line.LineChannel",
    "console": "saisaat.channels.console.ConsoleChannel",
}

YOUTUBE_KEY = env.text("SAISAAT_YOUTUBE_KEY")

DEBUG = env.yes_no("SAISAAT_DEBUG")
SECRET_KEY = env.secret_file(DATA_DIR / "keys" / "django.key")
ALLOWED_HOSTS = [host.strip() for host in env.text("SAISAAT_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "saisaat.web.home.views.csrf_failure"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "saisaat.records",
    "saisaat.web",
    "saisaat.workers",
    "django.forms",
]
MIDDLEWARE = [
    "saisaat.web.unseen.Unseen",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "saisaat.web.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "saisaat.web.middleware.ChosenLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "saisaat.config.urls"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "saisaat.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "saisaat.web.context.surroundings",
            ],
        },
    },
]

DATABASES = {
    "default": database(env.text("SAISAAT_DATABASE_URL"), DATA_DIR, env.choice("SAISAAT_SQLITE_SYNC", ("FULL", "OFF")))
}
AUTH_USER_MODEL = "records.Account"
AUTHENTICATION_BACKENDS = ["saisaat.web.access.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# allauth gives LINE Login and second factors their machinery. None of its pages are mounted: the doors are our own.
# Its tables for e-mail addresses, LINE ids and LINE tokens are never made, so that nothing can come to lie in them.
MIGRATION_MODULES = dict.fromkeys(("account", "socialaccount"), "saisaat.config.without_tables")
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_ADAPTER = "saisaat.web.account.line_login.LineOnly"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "saisaat.web.account.line_login.LineProvider"}}
LINE_LOGIN = {
    "server": env.text("SAISAAT_LINE_LOGIN_SERVER").rstrip("/"),
    "client_id": env.text("SAISAAT_LINE_LOGIN_ID"),
    "client_secret": env.text("SAISAAT_LINE_LOGIN_SECRET"),
}
MFA_ADAPTER = "saisaat.records.second_factor.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Saisaat"
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds either way: telephones' clocks differ

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"saisaat.web.account.passwords.{name}"}
    for name in ("LongEnough", "NotCommon", "NotOnlyDigits", "NotTheName")
]

# Officials sign in on telephones of their own and must not be asked every morning; four days outlast a long weekend of
# duty. Thirty days is the longest NIST SP 800-63B allows. What binds (a signature) asks for the person anew anyway.
SESSION_COOKIE_AGE = 4 * 24 * 3600
SESSION_LONGEST = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"unseen": {"()": "saisaat.web.unseen.NotSaid"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line", "filters": ["unseen"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"saisaat": {"level": "INFO"}},
}
