"""Whether a port can be listened on, asked before anything slow begins."""

from __future__ import annotations

import socket

from index.errors import KnowledgeBaseError


def require_free(host: str, port: int, setting: str) -> None:
    """Refuse a port that is taken or not allowed.

    Raises:
        KnowledgeBaseError: says so, and which setting chooses another one.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = (
                f"Der Anschluss {port} auf {host} ist belegt oder nicht erlaubt ({error.strerror}). "
                f"Beenden Sie, was dort läuft, oder wählen Sie einen anderen: {setting}={port + 1}"
            )
            raise KnowledgeBaseError(message) from error


def address_of(host: str, port: int) -> str:
    """Return where a service that listens on `host` is reached from this machine."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"
