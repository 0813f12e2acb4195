# The portal's image: web, worker and beat are the same one with different commands (see compose.yaml).
FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    PORTAL_DIR=/srv/portal STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/portal/files WEB_BIND=0.0.0.0:8000
RUN useradd --uid 10001 --no-create-home --home-dir /srv/portal portal && install -d -o portal /srv/portal /srv/portal/files
WORKDIR /app
COPY requirements.lock .
RUN pip install --no-deps --require-hashes -r requirements.lock
COPY . .
RUN python manage.py messages compile && python manage.py collectstatic --no-input
USER portal
VOLUME /srv/portal
EXPOSE 8000
CMD ["gunicorn", "--config", "python:efficiency_portal.gunicorn_conf", "efficiency_portal.wsgi"]
