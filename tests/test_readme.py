"""What the README promises is there: settings, commands, addresses, files, figures."""

from __future__ import annotations

import json
import re
from pathlib import Path
from unittest.mock import Mock

import pytest

from index.settings import Settings
from search_api.app import create_app
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_settings_table_is_complete_and_its_defaults_are_true() -> None:
    rows = re.findall(r"^\| `(KB_\w+)` \| (?:`([^`]*)`)? ?\|", README, flags=re.MULTILINE)
    defaults = {
        f"KB_{name.upper()}": "" if field.default is None else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert dict(rows) == defaults


def test_every_endpoint_stands_in_the_readme_and_the_other_way_round() -> None:
    described = create_app(Mock()).openapi()["paths"]
    named = re.findall(r"`(?:GET|POST|PUT|DELETE) (/[^`]*)`", README)
    assert sorted({address.split("?")[0] for address in named}) == sorted(described)


@pytest.mark.parametrize("module", re.findall(r"`python -m ([\w.]+)", README))
def test_every_command_exists(module: str) -> None:
    place = ROOT / Path(*module.split("."))
    assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file()


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, flags=re.MULTILINE))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize("link", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).is_file()


def test_the_figures_are_those_of_the_last_measurement() -> None:
    quality = json.loads((ROOT / "benchmarks/results/quality.json").read_text(encoding="utf-8"))
    peers = json.loads((ROOT / "benchmarks/results/peers.json").read_text(encoding="utf-8"))
    speed = json.loads((ROOT / "benchmarks/results/speed.json").read_text(encoding="utf-8"))
    reading = json.loads((ROOT / "benchmarks/results/reading.json").read_text(encoding="utf-8"))
    for figure in (
        quality["lotse"]["overall"]["ndcg@10"],
        quality["lotse"]["overall"]["found@5"],
        quality["lotse"]["verdict"]["auroc"],
        *(each["all"]["ndcg@10"] for each in peers["searches"] if "all" in each),
        speed["ingestion"]["ratio"],
        speed["search"]["rest_ms"]["p95"],
        speed["api_peak_mb"],
        reading["speed"][".pdf"]["times_encoder"],
    ):
        assert f"{figure}" in README
