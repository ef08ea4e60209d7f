# One image for every process of the market; docker-compose.yml says which one a container runs.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    MARKET_ENV=production HASHED_STATIC=1 VAR=/data STATIC_ROOT=/data/static \
    MEDIA_ROOT=/data/media PRIVATE_ROOT=/data/private LIVE_ROOT=/data/live

RUN useradd --create-home --uid 10001 market && mkdir -p /data && chown market /data
WORKDIR /market
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt
COPY --chown=market . .
USER market
VOLUME /data
