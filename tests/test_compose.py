"""The compose file without a container engine: its schema, its settings, its commands."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from index.settings import Settings, read_settings
from ingest.watching.watched_run import ENDS_S
from tests.conftest import ROOT

# The schema of the Compose Specification (Apache-2.0), as the PyPI package docker-compose 1.29.2 ships it.
SCHEMA = json.loads((ROOT / "tests" / "compose_spec.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
# Variables of the .env file at their defaults, "${NAME:-default}", as compose fills them in.
WRITTEN = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
COMPOSE: dict[str, Any] = yaml.safe_load(WRITTEN)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name in SERVICES if name != "qdrant"]
SETTINGS = {f"KB_{name.upper()}" for name in Settings.model_fields}


def test_the_file_keeps_the_compose_specification() -> None:
    VALIDATOR.validate(COMPOSE)


def test_a_mistake_would_be_noticed() -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"services": {"api": {"comand": []}}})


def test_it_runs_qdrant_api_and_ui_and_ingests_on_demand() -> None:
    assert set(SERVICES) == {"qdrant", "api", "ui", "ingest", "upkeep", "watch"}
    assert SERVICES["ingest"]["profiles"] == ["ingest"]
    assert SERVICES["ingest"]["restart"] == "no"
    assert "healthcheck" in SERVICES["qdrant"]
    assert any(volume.endswith(":/qdrant/storage") for volume in SERVICES["qdrant"]["volumes"])


def test_watch_waits_to_be_asked_for_works_on_what_ingest_works_on_and_may_clean_up() -> None:
    watch, ingest = SERVICES["watch"], SERVICES["ingest"]
    assert watch["profiles"] == ["watch"]
    assert watch["restart"] == "unless-stopped"
    assert watch["command"] == [*ingest["command"], "--watch"]
    assert [watch[key] for key in ("image", "volumes", "environment", "depends_on")] == [
        ingest[key] for key in ("image", "volumes", "environment", "depends_on")
    ]
    for service in (watch, ingest):
        assert float(service["stop_grace_period"].removesuffix("s")) > ENDS_S


def test_upkeep_can_write_a_backup_and_give_the_corpus_a_new_name() -> None:
    upkeep, ingest = SERVICES["upkeep"], SERVICES["ingest"]
    assert (upkeep["profiles"], upkeep["restart"], upkeep["working_dir"]) == (["upkeep"], "no", "/app")
    assert [volume.rpartition(":")[2] for volume in ingest["volumes"]] == ["ro", "/app/var"]
    assert upkeep["volumes"] == ["./:/haus", "data:/app/var"]  # the corpus below a mount and none itself
    assert upkeep["environment"] == {**ingest["environment"], "KB_CORPUS": "/haus/corpus"}
    assert upkeep["depends_on"] == ingest["depends_on"]


def test_the_api_may_write_released_answers_and_nothing_else_of_the_corpus() -> None:
    folder = "corpus/beratung"
    assert SERVICES["api"]["volumes"] == [
        *("./corpus:/app/corpus:ro", f"./{folder}:/app/{folder}", "data:/app/var")
    ]
    # A mount needs the folder: below a mount that may only be read, nobody can make it.
    assert (ROOT / folder / "_defaults.yaml").is_file()


def test_the_user_in_the_containers_is_the_one_whose_folder_is_mounted() -> None:
    (arguments,) = COMPOSE["x-house"]["build"]["args"].items()
    assert arguments == ("LOTSE_UID", 1000)
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "ARG LOTSE_UID=1000" in lines
    assert any("useradd" in line and "--uid ${LOTSE_UID}" in line for line in lines)


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_known_setting(name: str) -> None:
    variables = SERVICES[name].get("environment", {})
    assert set(variables) <= SETTINGS
    read_settings({variable: value or "" for variable, value in variables.items()})


def test_api_ingest_upkeep_and_watch_use_the_qdrant_service() -> None:
    for name in ("api", "ingest", "upkeep", "watch"):
        assert SERVICES[name]["environment"]["KB_QDRANT_URL"] == "http://qdrant:6333"
        assert SERVICES[name]["depends_on"]["qdrant"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(name: str) -> None:
    program, *rest = SERVICES[name]["command"]
    if program == "python":
        assert rest[0] == "-m"
        assert importlib.util.find_spec(f"{rest[1]}.__main__") is not None
    else:
        assert shutil.which(program, path=str(Path(sys.executable).parent)) is not None
        assert (ROOT / rest[1]).is_file()


def test_images_are_pinned_and_ours_runs_without_root() -> None:
    assert ":v" in SERVICES["qdrant"]["image"]
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER lotse"]
    assert sum(line.startswith("FROM ") for line in lines) == 2


def test_every_folder_that_the_image_copies_exists() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [line.split() for line in lines if line.startswith("COPY ") and "--from" not in line]
    sources = [word for words in copied for word in words[1:-1] if not word.startswith("--")]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_example_environment_names_every_setting() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    assert named == SETTINGS
