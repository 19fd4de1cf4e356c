"""What is kept of a run for whoever was not there: with `--watch` nobody reads what it says."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.last_run import LastRun, Unpublished, bounded, read_last_run, write_last_run

if TYPE_CHECKING:
    from pathlib import Path

    from index.settings import Settings
    from ingest.report import Report

_USUAL_RATE = 5.0  # passages a second: what the README names for two cores; said before anything is known
_USUAL_FIXED_S = 5.0  # a guess: the encoder's start, check and swap of a small knowledge base
_TELLING = 20  # passages; in fewer, reading weighs too much
_LOG = logging.getLogger(__name__)


def expected_s(report: Report, data: Path) -> float:
    """Return about how long a run would take that does what the report of a dry run says; 0 for nothing."""
    if report.plan.empty:
        return 0.0
    last = read_last_run(data)
    rate = (last and last.passages_per_s) or _USUAL_RATE
    fixed_s = _USUAL_FIXED_S if last is None or last.fixed_s is None else last.fixed_s
    return round(fixed_s + (report.to_encode or 0) / rate, 1)


def keep_report(report: Report, data: Path) -> None:
    """Write down what a run did that came to its end; what is published stays so, even if that fails."""
    last = read_last_run(data) or LastRun(None, {})
    now = datetime.now(UTC)
    telling = report.encoded >= _TELLING and report.reading_s > 0
    reasons = _reasons(report)
    run = LastRun(
        as_of=now,
        failed={each.source: each.reason for each in report.failed},
        passages_per_s=report.encoded / report.reading_s if telling else last.passages_per_s,
        fixed_s=round(report.took_s - report.reading_s, 1) if report.published else last.fixed_s,
        unpublished=Unpublished(now, bounded(reasons)) if reasons else None,
    )
    try:
        write_last_run(data, run)
    except OSError as error:
        sys.stderr.write(
            f"Der Bericht in {data} ließ sich nicht schreiben ({error.strerror}); GET /sources/health nennt "
            "deshalb nicht, was misslang. Bitte prüfen Sie dort den freien Platz und Ihre Rechte.\n"
        )


def keep_failure(reason: str, settings: Settings, corpus: Path) -> None:
    """Write down why a run came to nothing at all; what is known of the run before stays."""
    last = read_last_run(settings.data) or LastRun(None, {})
    said = _without_folders(reason, {settings.data: "KB_DATA", corpus: "KB_CORPUS"})
    try:
        write_last_run(
            settings.data, replace(last, unpublished=Unpublished(datetime.now(UTC), bounded([said])))
        )
    except OSError as error:  # a full disk is often the reason itself, and that is told
        _LOG.warning("why nothing was published was not kept: %s", error)


def unpublished_lines(unpublished: Unpublished | None) -> list[str]:
    """Return in German why the last run published nothing; no lines if there is nothing to say."""
    if unpublished is None:
        return []
    at = f"{unpublished.at.astimezone():%d.%m.%Y %H:%M}"
    return [
        f"Die letzte Aufnahme ({at}) hat nichts veröffentlicht:",
        *(f"  {line}" for line in unpublished.reasons),
    ]


def _reasons(report: Report) -> list[str]:
    """Return why nothing was published, as the report says it; nothing if all was well or little failed."""
    if report.refused:
        return report.outcome()
    if report.published is None and report.failed:
        return [*(f"{each.source}: {each.reason}" for each in report.failed), *report.outcome()]
    return []


def _without_folders(reason: str, names: dict[Path, str]) -> str:
    """Name folders by their settings: everybody may ask the API, and a path often holds a person's name."""
    for folder in sorted(names, key=lambda each: -len(str(each.absolute()))):
        reason = reason.replace(str(folder.absolute()), names[folder])
    return reason
