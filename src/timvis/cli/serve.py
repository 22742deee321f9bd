"""`timvis serve`: the web application. In the demo it brings its own data and its own identity provider."""

import os
import secrets
import socket
import warnings
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from authlib.deprecate import AuthlibDeprecationWarning
from gunicorn.app.base import BaseApplication

from timvis.cli.answer import messages, refuse_input
from timvis.cli.demo import examples_in, make_anew
from timvis.config.environment import Mode, mode
from timvis.core.faults import Fault

app = typer.Typer()

SERVE_HOME, DATABASE = "var/serve", "timvis.sqlite3"


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Adressen att lyssna på.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Porten att lyssna på.")] = 8000,
    anew: Annotated[bool, typer.Option("--anew", help="Gör om övningsdata från början.")] = False,
) -> None:
    """Starta webbplatsen. I övningsläge följer data och inloggning med; allt är påhittat."""
    with ExitStack() as running:
        if mode(os.environ) is Mode.PRODUCTION:
            # What is wrong with a setting is said here, not by a worker that dies behind a printed address.
            import_module("timvis.cli.database")
        else:
            _prepare_demo(running, anew=anew)
        messages.print(f"Timvis finns på http://{host}:{port}/ (avsluta med Ctrl+C)", markup=False)
        Server(f"{host}:{port}").run()


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn with the few settings that matter here; threads, because a page waits for its database."""

    def __init__(self, bind: str) -> None:
        self._bind = bind
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own choices."""
        chosen: dict[str, Any] = {
            "bind": self._bind,
            "workers": 1,
            "threads": 8,
            "accesslog": None,
            "loglevel": "warning",
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application, imported in the worker."""
        return import_module("timvis.config.wsgi").application


def _prepare_demo(running: ExitStack, *, anew: bool) -> None:
    """Make the demo's own database where there is none, and start its identity provider on the loopback.

    Settings are read once, when Django starts, so the provider's address is chosen before that, and the provider
    started after it: who can log in stands in the database.
    """
    home = Path(os.environ.get("TIMVIS_HOME") or SERVE_HOME).resolve()
    port = _free_port()
    os.environ |= {
        "TIMVIS_HOME": str(home),
        "TIMVIS_MODE": os.environ.get("TIMVIS_MODE", "demo"),
        "TIMVIS_OIDC_ISSUER": f"http://localhost:{port}",
        "TIMVIS_OIDC_CLIENT": "timvis",
        "TIMVIS_OIDC_SECRET": secrets.token_urlsafe(32),
    }
    if not os.environ.get("DATABASE_URL") and (anew or not (home / DATABASE).exists()):
        examples = examples_in(None)
        if examples is None or not make_anew(home):
            refuse_input((_no_examples(home),), as_json=False)
        messages.print("Lägger upp övningsdata: tre kommuner, sju månader …", markup=False)
        import_module("timvis.cli.database")
        told = import_module("timvis.cli.demonstration.run").run(examples, lambda month: None, leave_open=True)
        # What waits should wait, and not be weeks late on the day somebody tries it.
        if told.practice_at:
            import_module("timvis.config.clock").set_back(told.practice_at)
    import_module("timvis.cli.database")
    # The demo's provider still uses a part of Authlib that Authlib warns of; nobody who runs the demo can mend it.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    fake = import_module("timvis.gateways.identity.fake")
    numbers = import_module("timvis.apps.audit.queries").numbers_of_people()
    running.enter_context(fake.provider([fake.Member(one, one) for one in numbers], mode=mode(os.environ), port=port))


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    return port


def _no_examples(home: Path) -> Fault:
    return Fault(
        code="no_examples",
        message=f"Exempelkommunerna hittades inte, eller så ligger något annat i {home}.",
        remedy="Kör kommandot i den mapp där examples/ ligger, eller välj en annan mapp med TIMVIS_HOME.",
    )
