"""The addresses that people are given: to join, to moderate, to show the stage."""

from __future__ import annotations


def join_url(base: str, join_code: str) -> str:
    """Where a phone joins; what the QR code holds. `base` has no slash at its end."""
    return f"{base}/j/{join_code}"


def moderator_url(base: str, token: str) -> str:
    """The link that signs a moderator in; the token is a secret."""
    return f"{base}/m/{token}"


def stage_url(base: str, token: str) -> str:
    """The link that opens the stage of one workshop; the token is a secret."""
    return f"{base}/s/{token}"
