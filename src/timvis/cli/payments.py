"""`timvis payments`: one payment run, which can be started again after any crash, and the bank's answers."""

from dataclasses import asdict, dataclass, field

import typer

from timvis.apps.accounting.actions import take_bank_answer
from timvis.apps.accounting.bank_answers import BankAnswered
from timvis.apps.accounting.payment_run import PaymentRun, RunPoint, run_payments
from timvis.apps.accounting.queries import whose_answer
from timvis.apps.audit.persons import machine
from timvis.apps.parties.models import Municipality
from timvis.cli.answer import AS_JSON, give, messages, say
from timvis.cli.fault_points import dies_at
from timvis.config.clock import now
from timvis.core.faults import Fault, Refusal
from timvis.core.quantities import Ore
from timvis.formats.iso20022 import amount_text
from timvis.gateways.bank.chosen import bank
from timvis.gateways.bank.fake import FakeBank

app = typer.Typer(no_args_is_help=True)

FAULT = typer.Option(None, "--fault", help="Dö vid en namngiven punkt (bara i testläge).", metavar="POINT")


@app.callback()
def payments() -> None:
    """Betalningar till banken, och bankens svar."""


@dataclass(slots=True)
class _Told:
    """What the runs of all municipalities came to."""

    batches: list[str] = field(default_factory=list)
    orders: int = 0
    sum_ore: int = 0
    faults: list[Fault] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def add(self, outcome: PaymentRun | Refusal | tuple[Fault, ...]) -> None:
        """Count one municipality's run."""
        if isinstance(outcome, Refusal):
            self.refusals.append(outcome.value)
        elif isinstance(outcome, PaymentRun):
            self.batches += outcome.batches
            self.orders += outcome.orders
            self.sum_ore += outcome.sum_ore
        else:
            self.faults += outcome


@app.command()
def run(fault: str | None = FAULT, as_json: bool = AS_JSON) -> None:
    """Skickar det som är attesterat och upplagt till banken, varje betalning en gång."""
    reached = dies_at(fault, RunPoint, as_json=as_json)
    at, channel, told = now(), bank(), _Told()
    for slug in Municipality.objects.order_by("slug").values_list("slug", flat=True):
        told.add(run_payments(machine(slug, at), channel, now=at, reached=reached))
    document = {
        "batch": told.batches[-1] if told.batches else None,
        "batches": told.batches,
        "orders": told.orders,
        "sum_ore": told.sum_ore,
        "refusals": told.refusals,
        "faults": [asdict(one) for one in told.faults],
    }
    say(told.faults)
    says = f"{told.orders} betalningar, {amount_text(Ore(told.sum_ore))} kr, i {len(told.batches)} filer."
    objects = bool(told.faults or told.refusals)
    give(document, as_json=as_json, show=lambda: messages.print(says, markup=False), objects=objects)


@app.command()
def answers(as_json: bool = AS_JSON) -> None:
    """Tar emot bankens svar: bokför det som är betalt och lämnar tillbaka det som avvisats."""
    at, channel = now(), bank()
    if isinstance(channel, FakeBank):
        channel.work(at)
    taken: list[dict[str, object]] = []
    faults: list[Fault] = []
    for file in channel.answers():
        outcome = _take(file.name, file.content)
        if isinstance(outcome, BankAnswered):
            channel.settle(file.name)
            taken.append({"file": file.name, **asdict(outcome)})
        else:
            faults += outcome
    say(faults)
    document = {"answers": taken, "faults": [asdict(one) for one in faults]}
    says = f"{len(taken)} svar från banken är omhändertagna."
    give(document, as_json=as_json, show=lambda: messages.print(says, markup=False), objects=bool(faults))


def _take(name: str, content: bytes) -> BankAnswered | tuple[Fault, ...]:
    """Return what an answer did in the municipality it concerns."""
    at, slug = now(), whose_answer(content)
    if slug is not None:
        outcome = take_bank_answer(machine(slug, at), content, file_name=name, now=at)
        if not isinstance(outcome, Refusal):
            return outcome
    return (
        Fault(
            code="answer_to_nothing_of_ours",
            message="Svaret gäller ingen betalfil som har skickats härifrån.",
            remedy="Fråga banken vad det gäller; filen ligger kvar.",
            file=name,
        ),
    )
