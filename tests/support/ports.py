"""Ports of this machine for servers of the tests' own."""

import secrets
import socket

# Below what a kernel gives outgoing connections: between this look and the server's own, nobody
# but another process of tests can take it, and that draws its lots as well.
PORTS = range(10_000, 32_768)


def free_port() -> int:
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
