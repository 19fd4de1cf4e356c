# Two stages: the first installs into a virtual environment, the second holds nothing but it and the code.
ARG PYTHON=3.12
FROM python:${PYTHON}-slim-bookworm AS packages
# The CPU build of torch: PyPI's default for Linux brings gigabytes of GPU libraries.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY index index
COPY ingest ingest
COPY search_api search_api
COPY ui ui
COPY benchmarks benchmarks
RUN pip install --no-cache-dir --constraint constraints.txt --extra-index-url ${TORCH_INDEX} . \
    && python -m index

FROM python:${PYTHON}-slim-bookworm
# Tesseract reads scanned pages; the languages are those of our towns' partners.
RUN apt-get update && apt-get install --yes --no-install-recommends \
    tesseract-ocr tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-pol && rm -rf /var/lib/apt/lists/*
# The user of the machine whose folder is mounted, see docker-compose.yml.
ARG LOTSE_UID=1000
RUN useradd --create-home --uid ${LOTSE_UID} lotse && mkdir -p /app/var && chown lotse /app/var
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY --chown=root:root index index
COPY --chown=root:root ingest ingest
COPY --chown=root:root search_api search_api
COPY --chown=root:root ui ui
COPY --chown=root:root .streamlit .streamlit
COPY --chown=root:root corpus corpus
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1
USER lotse
EXPOSE 8000 8501
CMD ["python", "-m", "search_api"]
