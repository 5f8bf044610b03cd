"""What counts as this machine alone, for a portal that runs without HTTPS (INSECURE_LOOPBACK)."""

from ipaddress import ip_address

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


def is_loopback(host: str) -> bool:
    """Whether a host name or address, with or without brackets, can only mean this machine."""
    bare = host.strip().lower().removeprefix("[").removesuffix("]")
    if bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False


def refusal(address: str) -> str:
    """What is said to whoever starts the portal without HTTPS on another address."""
    return (
        f"Refused to serve on {address}: INSECURE_LOOPBACK switches HTTPS off, so only this machine may be"
        " served. Bind to 127.0.0.1, or unset INSECURE_LOOPBACK and put a TLS proxy in front"
        " (docs/operations.md)."
    )
