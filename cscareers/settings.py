"""All settings, from the environment; `.env.example` lists the names with their defaults."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from cscareers import database
from cscareers.core import logs
from cscareers.env import ENV, Mode, kept_secret, mail_transport

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

MODE = Mode(ENV.str("MODE", default=Mode.DEVELOPMENT))
PRODUCTION = MODE is Mode.PRODUCTION
DEMO = MODE is Mode.DEMO
DEBUG = ENV.bool("DEBUG", default=MODE is Mode.DEVELOPMENT)

SECRET_KEY = ENV.str("SECRET_KEY", default="") or (
    "" if PRODUCTION else kept_secret(VAR_DIR / "secret_key")
)
ALLOWED_HOSTS = ENV.list(
    "ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)
SITE_URL = ENV.str("SITE_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = ENV.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

INSTALLED_APPS = [
    "cscareers.core",
    "profiles",
    "postings",
    "cscareers.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "cscareers.core.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "cscareers.core.middleware.SealMiddleware",
    "cscareers.core.middleware.BodyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "compression_middleware.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cscareers.core.middleware.OutageMiddleware",
]

ROOT_URLCONF = "cscareers.urls"
WSGI_APPLICATION = "cscareers.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cscareers.core.http.ui_context",
                "postings.hiring.views.returns.asked_on_return",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database.django_config(BASE_DIR, ENV, production=PRODUCTION)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache that all workers and restarts share: allauth's limits count in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    }
}

AUTH_USER_MODEL = "profiles.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# OWASP's figures for Argon2id (19 MiB, 2 passes, 1 lane): Django's default takes 100 MiB a login.
PASSWORD_HASHERS = ["cscareers.core.hashers.Argon2id19MiB"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "profiles.forms.people.SignupForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "profiles.accounts.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "CS Careers"
MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"

# Background jobs: each app's tasks.py, and the kernel's own.
PROCRASTINATE_IMPORT_PATHS = ["cscareers.core.jobs"]

LOGGING = logs.configure(json=PRODUCTION, level=ENV.str("LOG_LEVEL", default="INFO"))

# Within so many hours a moderator should have looked; the admin and a mail tell when it is longer.
MODERATION_HOURS = ENV.int("MODERATION_HOURS", default=24)

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(ENV.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE is Mode.DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE is Mode.DEVELOPMENT
WHITENOISE_AUTOREFRESH = MODE is Mode.DEVELOPMENT

# Whatever sends mail puts it into the queue; the worker sends it the way that EMAIL_URL says.
EMAIL_BACKEND = "cscareers.core.mail.QueueBackend"
EMAIL_CONFIG = ENV.email_url("EMAIL_URL", default="consolemail://")
EMAIL_TRANSPORT = mail_transport(EMAIL_CONFIG.pop("EMAIL_BACKEND"))
# So many seconds the worker waits for each answer of the mail server, then it tries again later.
EMAIL_TIMEOUT = ENV.int("EMAIL_TIMEOUT", default=10)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = ENV.str("DEFAULT_FROM_EMAIL", default="CS Careers <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
UNSUBSCRIBE_ADDRESS = ENV.str("UNSUBSCRIBE_ADDRESS", default="")
SECURITY_CONTACT = ENV.str("SECURITY_CONTACT", default="mailto:security@cscareers.example")

SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cscareers.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = ENV.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(timedelta(days=730).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # The authenticator's QR code is a data: image.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "postings.api.errors.handler",
    "URL_FORMAT_OVERRIDE": None,  # `format` is no parameter of ours, and unknown ones are ignored
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CS Careers API",
    "DESCRIPTION": "Customer service jobs with pay and structured requirements.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["postings.api.documents.only_api"],
}
