"""One file, environment only. The launcher (devservices) or the deployment sets the environment."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ijm_cases.enum_names import ENUM_NAMES

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=None):
    """A word from the environment, or from the file that NAME_FILE names; missing secrets stop the start."""
    if name in os.environ:
        return os.environ[name]
    if f"{name}_FILE" in os.environ:
        return Path(os.environ[f"{name}_FILE"]).read_text().strip()
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set")
    return default


def flag(name, default=False):
    """A yes or no from the environment."""
    return env(name, str(int(default))).lower() in ("1", "true", "yes")


def database(url):
    """Django's settings for one database address; a host that begins with / is a socket folder."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "") or parts.hostname or ""),
        "PORT": query.get("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,  # NeedToKnowMiddleware opens the request's one transaction
    }


# Which role of the database this process signs in as: web, worker or owner (migrations).
PROCESS = env("IJM_PROCESS", "worker")
EMBEDDED = flag("IJM_EMBEDDED")
DEV_DIR = Path(env("IJM_DEV_DIR", str(BASE_DIR / ".dev")))
DEBUG = False
# False for commands without a database, and for those that serve nobody: they know no secret of the site.
_DATABASE_URL = env(f"DATABASE_URL_{PROCESS.upper()}", "")
SERVED = bool(EMBEDDED or _DATABASE_URL) and PROCESS not in ("sealer", "backup")
# A deployment must be given one; elsewhere each start makes its own, so that none is known to anybody.
SECRET_KEY = env("SECRET_KEY", None if SERVED and not EMBEDDED else secrets.token_urlsafe(64))
# The master keys of what is sealed in the database; see reference/sealed.py. A file may change while we run.
SEALING_KEYS_FILE = os.environ.get("SEALING_KEYS_FILE", "")
SEALING_KEYS = "" if SEALING_KEYS_FILE else env("SEALING_KEYS", None if SERVED else "")
ALLOWED_HOSTS = env("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
DEMO = flag("DEMO", EMBEDDED)

INSTALLED_APPS = [
    "ijm_cases",
    "reference",
    "audit",
    "accounts",
    "law",
    "cases",
    "operations",
    "documents",
    "survivors",
    "prosecutions",
    "aftercare",
    "notifications",
    "figures",
    "dashboards",
    "casefiles",
    "exchange",
    "rights",
    "diary",
    "desk",
    "hooks",
    "api",
    "devservices",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
]

MIDDLEWARE = [
    "ijm_cases.headers.EverywhereMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "ijm_cases.headers.OtherSitesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.doorway.SightMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.doorway.FactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "audit.middleware.RefusedMiddleware",
    "accounts.middleware.NeedToKnowMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.NothingStaysMiddleware",
    "accounts.middleware.LocaleOfPersonMiddleware",
    "accounts.middleware.SendOnceMiddleware",
    "axes.middleware.AxesMiddleware",
]
UNSCOPED_PATHS = ("/static/", "/healthz/")
FOREIGN_VIEWS = {"allauth", "django"}  # sign-in pages and the language switch: they hold no case data

ROOT_URLCONF = "ijm_cases.urls"
WSGI_APPLICATION = "ijm_cases.wsgi.application"
FORM_RENDERER = "reference.form_renderer.Renderer"
_LOADERS = ["reference.template_loaders.FromFolders", "reference.template_loaders.FromApps"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _LOADERS)]),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.context.page",
                "accounts.doorway.outside",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "reference.templatetags.look",
                "reference.templatetags.show",
            ],
        },
    }
]

# --- database, cache, broker
DATABASES = {"default": database(_DATABASE_URL or "postgresql://nobody@127.0.0.1:1/none")}
# What each process signs the viewer with, for row-level security (accounts/signing.py): 64 hex digits each.
# A process knows its own key; migrations, run by the owner, tell the database both.
CONTEXT_KEYS = {
    name: env(f"CONTEXT_KEY_{name.upper()}", None if SERVED and PROCESS in (name, "owner") else "")
    for name in ("web", "worker")
}
CONTEXT_KEY = CONTEXT_KEYS.get(PROCESS, "")
REDIS_URL = env("REDIS_URL", "redis://127.0.0.1:1/0")
CACHES = {
    # Limits on signing in and codes that were used: in the database, so that they hold when Redis is gone.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "redis": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
}

# --- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "accounts.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is told which addresses have an account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # how long a session lasts is not for the browser to say
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds; see accounts/reauthentication.py
PASSWORD_MAX_LENGTH = 1024  # a longer one costs the server more than it protects anybody
PASSWORD_RESET_TIMEOUT = 2 * 3600
INVITATION_HOURS = int(env("INVITATION_HOURS", "72"))
# How many proxies of ours stand in front; nothing that a browser itself says about its address is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("TRUSTED_PROXY_COUNT", "0"))

# --- second factors: a passkey or an app that shows codes, required of everybody (accounts/doorway.py)
MFA_ADAPTER = "reference.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.factors.AuthenticateForm",
    "reauthenticate": "accounts.factors.ReauthenticateForm",
    "add_webauthn": "accounts.factors.AddPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TRUST_ENABLED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "IJM Cases"
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED  # http://localhost

# --- lock-out: wrong passwords are counted in the database, on the account and the address together
LOCKOUT_MINUTES = 15
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=LOCKOUT_MINUTES)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "accounts.backends.name_of"
AXES_CLIENT_IP_CALLABLE = "accounts.backends.address_of"
AXES_LOCKOUT_CALLABLE = "accounts.backends.locked_out"
AXES_SENSITIVE_PARAMETERS = ["login", "email", "password", "still_you-password", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# From here on tries on one account, from wherever, are slowed down; nobody is locked out by them.
SLOW_AFTER_FAILURES = 20
SLOW_SECONDS = 1

# --- sessions: over when nobody does anything for a while, and after a working day in any case
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_IDLE_SECONDS = 60 * int(env("SESSION_IDLE_MINUTES", "60" if EMBEDDED else "15"))
# A page or a browser asks these by itself: nobody need sit there.
POLLED_PATHS = ("/notifications/inbox/count/", "/notifications/inbox/rows/", "/push-worker.js")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
QUICK_EXIT_URL = env("QUICK_EXIT_URL", "")  # where "Leave quickly" leads; empty: a blank page of our own
CSRF_COOKIE_HTTPONLY = True

# --- the audit: what the sealer alone may read, and what whoever checks it needs (audit/sealing.py)
AUDIT_SEAL_KEY_FILE = env("AUDIT_SEAL_KEY_FILE", str(DEV_DIR / "sealer" / "seal.key"))
AUDIT_PUBLIC_KEYS_FILE = env("AUDIT_PUBLIC_KEYS_FILE", str(DEV_DIR / "sealer" / "public.keys"))
AUDIT_APART = "own"  # connection for what was refused; tests: "shared" with the test, or "" for nothing
AUDIT_WITNESS = env("AUDIT_WITNESS", str(DEV_DIR / "sealer" / "witness"))

# --- languages and clocks
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", *([BASE_DIR / "build"] if (BASE_DIR / "build").is_dir() else [])]
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(DEV_DIR / "files")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env("STATICFILES_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# Documents lie encrypted, in MEDIA_ROOT or in a bucket; the credentials are AWS_ACCESS_KEY_ID and its fellow.
if env("DOCUMENTS_S3_BUCKET", ""):
    _WHERE = {"bucket_name": "BUCKET", "endpoint_url": "ENDPOINT", "region_name": "REGION"}
    STORAGES["documents"] = {
        "BACKEND": "documents.bucket.Bucket",
        "OPTIONS": {name: env(f"DOCUMENTS_S3_{word}", "") or None for name, word in _WHERE.items()},
    }
DOCUMENT_MAX_BYTES = int(env("DOCUMENT_MAX_MB", "100")) * 1024 * 1024
CLAMD = env("CLAMD", "")  # host:port or the path of a socket; empty: documents are not scanned for viruses
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "documents.uploading.UnnamedFileUploadHandler",
]

# --- opening a case in an emergency: how long, how soon a lead looks at it, how many wrong numbers a day.
# Written into the database by `migrate`, so that whoever breaks the glass cannot change them.
EMERGENCY_MINUTES = int(env("EMERGENCY_MINUTES", "60"))
EMERGENCY_REVIEW_HOURS = int(env("EMERGENCY_REVIEW_HOURS", "72"))
EMERGENCY_TRIES_A_DAY = int(env("EMERGENCY_TRIES_A_DAY", "5"))
DEPUTY_MOST_DAYS = int(env("DEPUTY_MOST_DAYS", "92"))  # the longest that somebody stands in, named once

# --- aftercare: what counts as restored (DOMAIN d.1), and how old the last assessment may be at closure
RESTORED_WHEN = {"every_domain_at_least": "3.0", "no_part_at": 1}
CLOSING_ASSESSMENT_MONTHS = 6
CLOSING_CONTACT_DAYS = int(env("CLOSING_CONTACT_DAYS", "30"))  # somebody has met or reached her lately
FOLLOW_UP_MONTHS = (1, 3, 6, 12)  # visits after the end of care
RELEASE_CERTIFICATE_DAYS = int(env("RELEASE_CERTIFICATE_DAYS", "30"))  # from relief; then its absence is said
# Somebody has arrived: within how many hours safety is looked at by how great the danger is (DOMAIN d2), a
# doctor has seen the person, and a social worker is named; after how many days safety is looked at again.
ARRIVAL_SAFETY_HOURS = {"high": 24, "medium": 72, "low": 168}
ARRIVAL_MEDICAL_HOURS = int(env("ARRIVAL_MEDICAL_HOURS", "24"))
ARRIVAL_WORKER_HOURS = int(env("ARRIVAL_WORKER_HOURS", "24"))
SAFETY_AGAIN_DAYS = {"high": 7, "medium": 30, "low": 90}
# How long nobody may have reached a person, by how great the danger is, and how soon safety is looked at
# again once something has happened.
NO_CONTACT_DAYS = {"high": 10, "medium": 20, "low": 30}
SAFETY_REVIEW_HOURS = 24

# --- what leaves the house: above how many rows a second person must agree, what one person may take a day
EXPORT_APPROVAL_ABOVE = int(env("EXPORT_APPROVAL_ABOVE", "50"))
EXPORT_DAILY_ROWS = int(env("EXPORT_DAILY_ROWS", "2000"))
EXPORT_DAILY_FILES = int(env("EXPORT_DAILY_FILES", "10"))
EXPORT_LIVES_HOURS = int(env("EXPORT_LIVES_HOURS", "24"))
HANDOVER_MOST_DAYS = int(env("HANDOVER_MOST_DAYS", "7"))

# --- what survivors ask about their records, and how long closed cases are kept where an office says nothing
RIGHTS_ANSWER_DAYS = int(env("RIGHTS_ANSWER_DAYS", "30"))
RETENTION_YEARS = int(env("RETENTION_YEARS", "10"))
RETENTION_CHILD_UNTIL = int(env("RETENTION_CHILD_UNTIL", "28"))  # of children: at least until this age
HANDOVER_TRIES = 20  # codes typed at links from one address within a quarter of an hour
SHARE_MOST_DAYS = int(env("SHARE_MOST_DAYS", "180"))

# --- mail
EMAIL_BACKEND = env(
    "EMAIL_BACKEND",
    "notifications.demo_mailbox.EmailBackend" if EMBEDDED else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = str(DEV_DIR / "mail")
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "desk@localhost")
SITE_URL = env("SITE_URL", f"http://127.0.0.1:{env('PORT', '8000')}")

# --- notices of browsers: the key by which their services know us (`manage.py new_push_keys`); the worker
# alone needs the private part. Without keys nobody is offered notices. Nobody but these services is called.
VAPID_PUBLIC_KEY = env("VAPID_PUBLIC_KEY", "")
VAPID_PRIVATE_KEY = env("VAPID_PRIVATE_KEY", "")
VAPID_CONTACT = env("VAPID_CONTACT", SITE_URL)  # https: or mailto:, told to these services with each notice
PUSH_HOSTS = env(
    "PUSH_HOSTS", "fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com"
).split(",")

# --- text messages and the like: whose gateways carry them (docs/deploying.md). Empty: not offered.
SMS_GATEWAY = env("SMS_GATEWAY", "local" if EMBEDDED else "")  # twilio, africastalking; local: files
ANSWERS_BY = {kind for kind in env("ANSWERS_BY", "").split(",") if kind}  # sms,whatsapp,telegram
TWILIO = {
    "URL": env("TWILIO_URL", "https://api.twilio.com"),
    **{
        name: env(f"TWILIO_{name}", "")
        for name in ("ACCOUNT_SID", "AUTH_TOKEN", "KEY_SID", "KEY_SECRET", "FROM")
    },
}
AFRICASTALKING = {
    "URL": env("AFRICASTALKING_URL", "https://api.africastalking.com"),
    **{
        name: env(f"AFRICASTALKING_{name}", "")
        for name in ("USERNAME", "API_KEY", "FROM", "SECRET", "KEY_TRIED")
    },
}
WHATSAPP = {
    "URL": env("WHATSAPP_URL", "https://graph.facebook.com/v23.0"),
    "TEMPLATE": env("WHATSAPP_TEMPLATE", "notice"),
    **{name: env(f"WHATSAPP_{name}", "") for name in ("PHONE_ID", "TOKEN", "APP_SECRET", "VERIFY_TOKEN")},
}
TELEGRAM = {
    "URL": env("TELEGRAM_URL", "https://api.telegram.org"),
    **{name: env(f"TELEGRAM_{name}", "") for name in ("TOKEN", "SECRET")},
}
# signals://user:word@signal.example.org/+15551230000 of signal-cli-rest-api
SIGNAL_URL = env("SIGNAL_URL", "")
# Any service that apprise knows, as its address with {address} for what a person is known by there.
OTHER_CHANNEL_URL = env("OTHER_CHANNEL_URL", "")

# --- the watch over the alerts (docs/deploying.md): a monitor outside that is called each minute while all is
# well (its host must be among OUTGOING_HOSTS), whether offices are drilled, and how many alerts about safety
# within ten minutes are a flood that somebody must look at before their messages leave.
HEARTBEAT_URL = env("HEARTBEAT_URL", "")
ALERT_DRILLS = flag("ALERT_DRILLS", not EMBEDDED)
ALERT_STORM = int(env("ALERT_STORM", "30"))

# --- backups: whom they are encrypted to (docs/backups.md), where they go, where PostgreSQL's programs are
BACKUP_PUBLIC_KEY = env("BACKUP_PUBLIC_KEY", "")
BACKUP_DIR = Path(env("BACKUP_DIR", str(DEV_DIR / "backups")))
PG_BIN = env("PG_BIN", "")  # empty: on the PATH

# --- calls to other machines (ijm_cases/outgoing.py): none, unless the deployment lists whom
OUTGOING_HOSTS = {host for host in env("OUTGOING_HOSTS", "").lower().split(",") if host}
OUTGOING_PORTS = {443}

# --- security headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],  # static/app.js makes the only one
    }
}
PERMISSIONS_POLICY = {
    **dict.fromkeys(
        ("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation"), []
    ),
    **dict.fromkeys(("gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"), []),
    **dict.fromkeys(("publickey-credentials-create", "publickey-credentials-get"), ["self"]),
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
HTTPS = flag("HTTPS", not EMBEDDED)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# Under these names a browser takes a cookie only over HTTPS, from this very host, for the whole site.
_COOKIES = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_COOKIES}session", f"{_COOKIES}csrf"
LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_SAMESITE = f"{_COOKIES}language", "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# What a message says stays on the server: a cookie would keep it in the browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/(alerts/)?$"]

# --- Celery: PostgreSQL holds the truth, the broker only says "look now"; no ETA, no countdown anywhere
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 150
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "notifications.tasks.sweep", "schedule": 10.0, "options": {"expires": 30}},
    "call_leads": {"task": "accounts.tasks.call_leads", "schedule": 10.0, "options": {"expires": 30}},
    "send": {"task": "notifications.tasks.send", "schedule": 10.0, "options": {"expires": 30}},
    "exports": {"task": "exchange.tasks.make_exports", "schedule": 5.0, "options": {"expires": 30}},
    "batches": {"task": "exchange.tasks.work_batches", "schedule": 5.0, "options": {"expires": 30}},
    "hooks": {"task": "hooks.tasks.send_hooks", "schedule": 5.0, "options": {"expires": 30}},
    "forget_sent": {"task": "api.tasks.forget_sent", "schedule": 86400.0, "options": {"expires": 3600}},
    "forget_hooks": {"task": "hooks.tasks.forget_hooks", "schedule": 3600.0, "options": {"expires": 1800}},
    "expire": {"task": "exchange.tasks.destroy_exports", "schedule": 60.0, "options": {"expires": 120}},
    "retention": {"task": "rights.tasks.keep_to_rules", "schedule": 1800.0, "options": {"expires": 900}},
    "match": {"task": "prosecutions.tasks.compare_offices", "schedule": 20.0, "options": {"expires": 60}},
    "published": {"task": "figures.tasks.publish_month", "schedule": 3600.0, "options": {"expires": 1800}},
    "months": {"task": "figures.tasks.count_months", "schedule": 1800.0, "options": {"expires": 900}},
    "rollups": {"task": "figures.tasks.count_waiting_cases", "schedule": 10.0, "options": {"expires": 60}},
    "compare": {"task": "figures.tasks.compare_rollups", "schedule": 86400.0, "options": {"expires": 3600}},
    "scan": {"task": "documents.tasks.scan_waiting", "schedule": 60.0, "options": {"expires": 50}},
}

# --- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.doors.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["api.doors.NeedsVerb"],
    "DEFAULT_PAGINATION_CLASS": "api.pages.StablePagination",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": [],
    "DEFAULT_SCHEMA_CLASS": "api.described.Described",
    "DEFAULT_THROTTLE_CLASSES": ["api.doors.TokenThrottle"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "api.answers.in_words",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
API_RATE = env("API_RATE", "600/min")  # for each token
# Webhooks: after so many days without an answer one is switched off; so long a message waits to be taken.
WEBHOOK_FAILING_DAYS = int(env("WEBHOOK_FAILING_DAYS", "3"))
WEBHOOK_KEEP_DAYS = int(env("WEBHOOK_KEEP_DAYS", "14"))
SPECTACULAR_SETTINGS = {
    "TITLE": "IJM Cases",
    "DESCRIPTION": "Cases, people and court dates, within what the owner of the token may see.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # it reads querysets where nobody looks; tests/api draws the schema
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": ENUM_NAMES,
}

# --- logs: ids only, never values
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "filters": {"without_values": {"()": "reference.logs.WithoutValues"}},
    "handlers": {
        "out": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_values"]}
    },
    "loggers": {
        "axes": {"level": "ERROR"},  # it would write addresses
        "django": {"handlers": []},  # no mail with the local values of a failure
        "django.request": {"level": "ERROR"},  # refusals stand in the audit; an address may hold a token
    },
    "root": {"handlers": ["out"], "level": env("LOG_LEVEL", "WARNING")},
}
