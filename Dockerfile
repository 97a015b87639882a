# The newspaper, without its database and its proxy: compose.yaml brings these.
FROM python:3.13-slim-trixie

# `manage.py backup` needs the pg_dump of the server's version, or a newer one.
RUN apt-get update && \
    apt-get install --yes --no-install-recommends postgresql-client-17 && \
    rm -rf /var/lib/apt/lists/*

WORKDIR /newsroom
COPY requirements.txt .
RUN python -m pip install --no-cache-dir --root-user-action ignore \
    --require-hashes --requirement requirements.txt
COPY . .
RUN python -m compileall -q articles newsroom && \
    useradd --system newsroom && \
    install --directory --owner newsroom --mode 700 /data

USER newsroom
ENV DATA_DIR=/data HOST=0.0.0.0 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=2m CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=20)"]
# It migrates, collects the static files and makes the first account, where needed.
CMD ["python", "-m", "newsroom.start"]
