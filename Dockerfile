# souci in a container.
#
#   docker build --tag souci .
#   docker run --volume ./config:/config:ro --volume souci-state:/state souci
#
# /config holds config.yaml (and the files its *_file keys name) and is only read; /state, the keys,
# the device and the database, unless config.yaml names others (state_dir; database:
# sqlite:////data/souci.db).

FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements/build.txt requirements/run.txt requirements/
RUN python -m venv /opt/souci \
    && /opt/souci/bin/python -m pip install --no-deps --require-hashes -r requirements/build.txt \
    && /opt/souci/bin/python -m pip install --no-deps --require-hashes --no-build-isolation \
        --use-pep517 -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot/ bot/
COPY circle/ circle/
COPY commands/ commands/
COPY language/ language/
COPY locales/ locales/
COPY migrations/ migrations/
COPY reports/ reports/
COPY speech/ speech/
COPY storage/ storage/
RUN /opt/souci/bin/python -m pip install --no-deps --no-build-isolation --use-pep517 . \
    && /opt/souci/bin/python -m pip check \
    && /opt/souci/bin/python -m pip uninstall --yes setuptools pip

FROM python:3.12-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /state \
        --shell /usr/sbin/nologin souci \
    && install --directory --owner=souci --group=souci --mode=0700 /state /data
COPY --from=build /opt/souci /opt/souci
ENV PATH=/opt/souci/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    SOUCI_STATE_DIR=/state
USER 10001:10001
WORKDIR /state
VOLUME ["/state", "/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=15s --start-period=90s --retries=3 \
    CMD ["souci", "status", "--config", "/config/config.yaml"]
ENTRYPOINT ["souci"]
CMD ["run", "--config", "/config/config.yaml"]
