"""How gunicorn serves the portal; its command line wins. Refuses what INSECURE_LOOPBACK forbids."""

import os
from typing import Any

from config import environment
from config.loopback import is_loopback, refusal

wsgi_app = "config.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = environment.integer("WORKERS", 2)
# A browser without a proxy opens connections ahead and leaves them idle: a sync worker would wait on each.
# Behind a proxy sync is the faster one.
threads = 4 if environment.flag("INSECURE_LOOPBACK") else 1
timeout = 120  # a report of a whole cycle is made in the request
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Runs before a socket is opened: a portal without HTTPS is bound to a loopback address or not at all."""
    if not environment.flag("INSECURE_LOOPBACK"):
        return
    addresses = ["systemd's socket"] if "LISTEN_FDS" in os.environ else server.cfg.address
    for address in addresses:
        if not (isinstance(address, tuple) and is_loopback(str(address[0]))):
            raise SystemExit(refusal(str(address)))
