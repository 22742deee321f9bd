"""An identity provider on the loopback, where every member of a cast logs in with one click."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from oidc_provider_mock import User, run_server_in_thread

from timvis.config.environment import Mode
from timvis.gateways.identity.oidc import LEVELS, PERSONAL_NUMBER, Provider


class NeverInProduction(RuntimeError):
    """Somebody tried to start a fake where real people are."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can log in: the provider's name for her, and her personal number."""

    subject: str
    personal_number: str


@contextmanager
def provider(cast: Sequence[Member], *, mode: Mode, port: int = 0) -> Iterator[Provider]:
    """Give a running provider that knows a cast, until the block ends. Refuses production."""
    if mode is Mode.PRODUCTION:
        raise NeverInProduction("the fake identity provider never starts in production")
    users = [
        User(
            sub=member.subject,
            claims={PERSONAL_NUMBER: member.personal_number, "acr": min(LEVELS)},
        )
        for member in cast
    ]
    # It would tell every request on standard error, where the person reads what Timvis says.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    owner = os.getpid()
    running = ExitStack()
    server = running.enter_context(run_server_in_thread(port=port, user_claims=users))
    try:
        yield Provider(f"http://localhost:{server.server_port}", "timvis", "a secret that opens nothing")
    finally:
        # A web worker is forked from the process that runs the provider; the thread to stop is not in the worker.
        if os.getpid() == owner:
            # A browser that keeps its connection open holds the server's thread; the process ends all the same.
            with suppress(TimeoutError):
                running.close()
