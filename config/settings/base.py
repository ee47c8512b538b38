"""What every installation has in common. A variable that is empty counts as not set."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from config.settings import environment

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("MOTCUA_DATA_DIR") or BASE_DIR / ".motcua").resolve()
PUBLIC_URL = (os.environ.get("PUBLIC_URL") or "http://127.0.0.1:8000").rstrip("/")
DEMO = environment.flag("MOTCUA_DEMO")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "config",
    "staff",
    "procedures",
    "cases",
]

# The policy and the log stand outermost, so that even a refusal carries the one and is told to the other.
MIDDLEWARE = [
    "config.proxies.TrustedProxiesMiddleware",
    "config.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "staff.language.LanguageMiddleware",
    "staff.middleware.RefuseNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "staff.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "staff.middleware.ReadTransactionMiddleware",
    "staff.middleware.NoStoreMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                *("django.templatetags.i18n", "django.templatetags.static"),
                *("staff.templatetags.fixed", "staff.templatetags.office"),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "cases.context.office",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": environment.database(os.environ.get("DATABASE_URL") or environment.DEFAULT_DATABASE_URL)
}

REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# These addresses answer, in their own words, while the database does not.
WITHOUT_DATABASE = frozenset({"/health/", "/metrics/"})
METRICS_TOKEN = environment.secret("METRICS_TOKEN")

# People
AUTH_USER_MODEL = "staff.Officer"
AUTHENTICATION_BACKENDS = ["staff.backends.OfficeBackend"]
LOGIN_URL = "staff:sign_in"
LOGIN_REDIRECT_URL = "cases:queue"
PASSWORD_HASHERS = ["staff.hashers.OfficeArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "phone")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "staff.session"
SESSION_COOKIE_NAME = "motcua_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "motcua_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Security
SECRET_KEY = environment.secret("SECRET_KEY")
FIELD_KEYS = environment.field_keys(DATA_DIR)
TRUSTED_PROXIES = environment.words("TRUSTED_PROXIES")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Telling the citizen; without a host or an address that way of telling is left out, and the case says so.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
EMAIL_USE_SSL = environment.flag("EMAIL_USE_SSL")
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or "motcua@localhost"
SMS_GATEWAY_URL = os.environ.get("SMS_GATEWAY_URL", "")
SMS_GATEWAY_TOKEN = environment.secret("SMS_GATEWAY_TOKEN")
HOTLINE = os.environ.get("HOTLINE") or "02373900900"

# Telling other systems: these hosts may be local ones, and reached without TLS.
WEBHOOK_LOCAL_HOSTS = environment.words("WEBHOOK_LOCAL_HOSTS")

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "motcua_language"
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or DATA_DIR / "static")
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_HANDLERS = ["cases.uploads.OfficeUploadHandler"]
FILE_MOST_BYTES = 20 * 1024 * 1024
CASE_FILES_MOST_BYTES = 100 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Requests a minute that the interface answers: by key, by address without one, wrong keys by address.
API_PER_MINUTE_TOKEN = int(os.environ.get("API_PER_MINUTE_TOKEN") or 600)
API_PER_MINUTE_ADDRESS = int(os.environ.get("API_PER_MINUTE_ADDRESS") or 300)
API_PER_MINUTE_WRONG = int(os.environ.get("API_PER_MINUTE_WRONG") or 60)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["staff.api.bodies.OfficeJSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.api_errors.answer_problem",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Một Cửa",
    "DESCRIPTION": (
        "Thủ tục và hồ sơ của bộ phận một cửa cấp xã. Thủ tục, thời hạn và tra cứu ai cũng dùng được;"
        " địa chỉ dưới cases/ và webhooks/ cần khóa API do cán bộ lập ở trang Tài khoản."
        " Mọi thời điểm ghi theo ISO 8601 với +07:00; số tiền là số nguyên, đơn vị đồng."
        " Lỗi trả về theo RFC 9457 (application/problem+json) với mã lỗi ổn định trong code."
    ),
    "VERSION": "1.0.0",
    "TAGS": [
        {"name": "procedures", "description": "Thủ tục, thời hạn và mức thu."},
        {"name": "deadlines", "description": "Tính thời hạn theo lịch làm việc của tỉnh."},
        {"name": "cases", "description": "Hồ sơ: tra cứu, và làm việc với khóa API."},
        {"name": "webhooks", "description": "Báo từng bước của hồ sơ cho phần mềm khác."},
    ],
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "ENUM_NAME_OVERRIDES": {
        "CategoriesEnum": "procedures.choices.Category",
        "CertaintyEnum": "procedures.choices.Certainty",
        "ChannelEnum": "procedures.choices.Channel",
        "DeliveryStatusEnum": "cases.choices.OutboxStatus",
        "EventKindEnum": "cases.choices.Action",
        "FeeKindEnum": "procedures.choices.FeeKind",
        "FeeUnitEnum": "procedures.choices.FeeUnit",
        "PaperKindEnum": "procedures.choices.PaperKind",
        "ResultKindEnum": "procedures.choices.ResultKind",
        "TimeUnitEnum": "procedures.choices.TimeUnit",
        "OnlineLevelEnum": "procedures.choices.OnlineLevel",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api_description.tell_of_every_address",
    ],
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.request_log.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
