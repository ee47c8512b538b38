# One image for web, worker, beat and the commands of the owner.
FROM python:3.13-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MOTCUA_DATA_DIR=/data DJANGO_SETTINGS_MODULE=config.settings.production
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home motcua \
    && install -d -o motcua -g motcua -m 0700 /data
WORKDIR /srv/mot-cua
COPY requirements/run.lock requirements/run.lock
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements/run.lock
COPY --chown=root:root . .
RUN SECRET_KEY=only-while-building STATIC_ROOT=/srv/static python manage.py collectstatic --no-input --verbosity=0
ENV STATIC_ROOT=/srv/static
USER motcua
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "0", "--no-control-socket", "--log-level", "warning"]
