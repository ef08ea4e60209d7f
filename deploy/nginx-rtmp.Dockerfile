# nginx with its RTMP module, as Debian ships them, and the market's configuration.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends nginx libnginx-mod-rtmp gettext-base \
    && rm -rf /var/lib/apt/lists/* && mkdir -p /tmp/hls /tmp/recordings && chown www-data /tmp/hls /tmp/recordings
COPY nginx-rtmp.conf /etc/nginx/nginx-rtmp.template
ENV RTMP_MODULE=/usr/lib/nginx/modules/ngx_rtmp_module.so PID_FILE=/tmp/nginx-rtmp.pid \
    RTMP_LISTEN=1935 HLS_LISTEN=8888 CONTROL_LISTEN=8080 HLS_PATH=/tmp/hls RECORD=off RECORD_PATH=/tmp/recordings
# Only the names that the template knows are replaced; nginx's own variables stay.
CMD ["sh", "-c", "umask 077 && envsubst '$RTMP_MODULE $PID_FILE $RTMP_LISTEN $HLS_LISTEN $CONTROL_LISTEN $MEDIA $LIVE_HOOK_SECRET $HLS_PATH $RECORD $RECORD_PATH' < /etc/nginx/nginx-rtmp.template > /tmp/nginx.conf && exec nginx -c /tmp/nginx.conf"]
