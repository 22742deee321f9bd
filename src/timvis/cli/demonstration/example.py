"""One example municipality, month by month through the seven stations, each act by the one whose act it is."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from timvis.apps.accounting.models import PaymentOrder
from timvis.apps.claims import records
from timvis.apps.claims.actions import Calculated, Reviewed, return_claim
from timvis.apps.claims.models import STATUS_LABELS, Claim, Word
from timvis.apps.claims.queries import newest_review
from timvis.cli.demonstration import paid
from timvis.cli.demonstration.cast import cast_of, done, morning_of
from timvis.cli.demonstration.handed_in import Intake
from timvis.cli.demonstration.invoiced import InvoiceDesk, before_payment, claims_told
from timvis.cli.demonstration.practice.lay_up import lay_up
from timvis.cli.demonstration.register import Register
from timvis.cli.demonstration.reviewed import Words, by_rule, calculate, give_words, review
from timvis.cli.demonstration.told import (
    STATIONS,
    BrokenTold,
    ClaimTold,
    DemonstrationStopped,
    FileTold,
    MonthTold,
    StationTold,
)
from timvis.core.access import ClaimStatus, Role
from timvis.core.calculation.hourly import kronor_text
from timvis.core.calculation.pieces import pools
from timvis.core.faults import Refusal
from timvis.core.law import LawBook, LawGap
from timvis.core.ordering import Stopped
from timvis.core.quantities import MINUTES_PER_HOUR, PARTS_PER_MINUTE
from timvis.core.review.finding import WordKind
from timvis.gateways.bank.fake import FakeBank
from timvis.gateways.bank.folder import OUT

Table = dict[str, Any]

PERFORMED = "performed_within_the_decision"
INTAKE, REVIEW, CALCULATION, ATTEST, PAYMENT, LEDGER, ARCHIVES = STATIONS
BANK, SIE, ARCHIVE = "bank", "sie", "arkiv"
MONTH, INVOICES = "month.toml", "invoices.toml"
"""What a month's folder is told in: time reports that are handed in, or invoices that come."""

TO_REVIEW, TO_ATTEST, TO_PAY, TO_TRY_AGAIN, TO_BOOK = (timedelta(days=days) for days in (3, 1, 2, 7, 2))
"""How long the example's office takes from one station to the next."""

WAYS = 2
"""Of a month that is left on the desk, every second claim waits for the officer's word."""


@dataclass(slots=True)
class Month:
    """A month on its way: what each station has done so far."""

    on: date
    claims: list[Table]
    broken: list[Table]
    numbers: dict[str, str] = field(default_factory=dict)
    reviewed: dict[str, Reviewed] = field(default_factory=dict)
    calculated: dict[str, Calculated] = field(default_factory=dict)
    faults: list[BrokenTold] = field(default_factory=list)
    files: list[FileTold] = field(default_factory=list)
    stations: list[StationTold] = field(default_factory=list)
    gap: LawGap | None = None

    def told(self, station: str, text: str, *details: str) -> None:
        """Note what a station has done."""
        self.stations.append(StationTold(station=station, text=text, details=details))

    def nothing_left(self, *, after: str) -> None:
        """Note that the stations after one have nothing to do."""
        for station in STATIONS[STATIONS.index(after) + 1 :]:
            self.told(station, "ingenting att göra")

    def waves(self) -> Iterator[list[Table]]:
        """Yield first what was handed in by itself, then what builds on something handed in before."""
        builds_on = [one for one in self.claims if "refers_to" in one or one.get("corrects")]
        first = [one for one in self.claims if one not in builds_on]
        for wave in (first, builds_on):
            if wave:
                yield sorted(wave, key=lambda one: one["received_at"])


class Example:
    """An example's folder, with the people and the bank it is played by."""

    def __init__(
        self,
        folder: Path,
        home: Path,
        bank: FakeBank,
        law: LawBook,
        confirm: Callable[[], LawBook],
        *,
        leave_open: bool = False,
    ) -> None:
        """Take an example's folder; `confirm` makes an operator confirm the numbers that rest on memory.

        With `leave_open` the last month is left on the desk, each claim at another station, for somebody to work on.
        """
        self._leave_open = leave_open
        self._municipality: Table = _toml(folder / "municipality.toml")
        self._folder, self._home, self._bank, self._law = folder, home, bank, law
        self._confirm = confirm
        self._cast = cast_of(self._municipality)
        self._register = Register(folder, self._municipality, self._cast)
        self._intake = Intake(folder=folder, cast=self._cast, register=self._register)
        words = folder / "words.toml"
        self._words = Words(_toml(words)["word"] if words.exists() else [])

    def practice(self, law: LawBook) -> datetime | None:
        """Lay up the example's practice data; return the moment they were laid up, None when it has none."""
        return lay_up(self._folder, self._cast, law)

    def months(self) -> Iterator[MonthTold]:
        """Yield every month of the example, done."""
        self._register.open(morning_of(self._municipality["staff"][0]["from"]))
        for file in sorted(self._folder.glob(f"*/{INVOICES}")):
            yield self._invoices(file)
        files = sorted(self._folder.glob(f"*/{MONTH}"))
        for file in files:
            table = _toml(file)
            month = Month(on=table["month"], claims=table["claim"], broken=table.get("broken", []))
            if self._leave_open and file == files[-1]:
                self._begin(month)
            else:
                yield self._through_the_stations(month)

    def _through_the_stations(self, month: Month) -> MonthTold:
        for table in month.broken:
            self._register.until(table["received_at"].astimezone(UTC))
            faults = self._intake.broken(table, month.on)
            month.faults.append(BrokenTold(file=table["file"], faults=faults))
        now = datetime.min.replace(tzinfo=UTC)
        for wave in month.waves():
            now = self._before_attest(month, wave)
        self._tell_before_attest(month)
        now = self._after_calculation(month, now)
        return self._told(month, self._claims(month), now)

    def _told(self, month: Month, claims: Iterator[ClaimTold], ended_at: datetime) -> MonthTold:
        return MonthTold(
            municipality=self._municipality["slug"],
            name=self._municipality["name"],
            month_on=month.on,
            stations=tuple(month.stations),
            claims=tuple(claims),
            findings=dict(by_rule(month.reviewed.values())),
            files=tuple(month.files),
            broken=tuple(month.faults),
            gap=month.gap,
            ended_at=ended_at,
        )

    def _invoices(self, file: Path) -> MonthTold:
        """Take a month of invoices as far as each goes; what is signed by everybody is paid on its last day."""
        came, now = InvoiceDesk(self._cast, self._register, self._law).month(file)
        month = Month(on=came.on, claims=[], broken=[], numbers=came.numbers, reviewed=came.reviewed)
        month.calculated = {number: came.calculated[number] for number in came.signed_off}
        month.stations.extend(before_payment(came))
        if came.signed_off:
            now = self._from_payment(month, now + TO_ATTEST, pay_at=morning_of(came.pay_on()))
        else:
            month.nothing_left(after=ATTEST)
        return self._told(month, claims_told(came), now)

    def _begin(self, month: Month) -> None:
        """Hand a month in and take its claims a different way each: reviewed, calculated, signed once."""
        for wave in month.waves():
            for claim in wave:
                self._register.until(claim["received_at"].astimezone(UTC))
                month.numbers[claim["key"]] = self._intake.hand_in(claim, month.on, month.numbers).claim_number
        now: datetime = max(claim["received_at"] for claim in month.claims).astimezone(UTC) + TO_REVIEW
        self._register.until(now)
        for turn, claim in enumerate(month.claims):
            if turn % WAYS:
                self._review(month, claim, now)
            else:
                review(self._cast, claim["key"], month.numbers[claim["key"]], law=self._law, now=now)
        self._law = self._confirm()
        for number in sorted(month.calculated)[::2]:
            paid.sign_next_step(self._cast, number, law=self._law, now=now + TO_ATTEST)

    # --- intake, review, calculation ----------------------------------------------------------------------

    def _before_attest(self, month: Month, wave: list[Table]) -> datetime:
        """Take a wave through the first three stations; return when the last of them was done."""
        for claim in wave:
            self._register.until(claim["received_at"].astimezone(UTC))
            handed = self._intake.hand_in(claim, month.on, month.numbers)
            month.numbers[claim["key"]] = handed.claim_number
        now: datetime = max(claim["received_at"] for claim in wave).astimezone(UTC) + TO_REVIEW
        self._register.until(now)
        for claim in wave:
            self._review(month, claim, now)
        return now

    def _review(self, month: Month, claim: Table, now: datetime) -> None:
        key, number = claim["key"], month.numbers[claim["key"]]
        reviewed = review(self._cast, key, number, law=self._law, now=now)
        month.reviewed[key] = reviewed
        if "returned_at" in claim:
            at = claim["returned_at"].astimezone(UTC)
            officer = self._cast.officer(Role.CASE_OFFICER, at)
            done(return_claim(officer, number, reason=claim["returned_because"], now=at), key)
        elif give_words(self._cast, self._words, key, number, month.on, reviewed, now=now):
            try:
                month.calculated[number] = calculate(self._cast, key, number, law=self._law, now=now)
            except LawGap as gap:
                month.gap = gap

    def _tell_before_attest(self, month: Month) -> None:
        files = [file for claim in month.claims for file in claim.get("file", [])]
        month.told(
            INTAKE,
            f"{len(set(month.numbers.values()))} redovisningar, {len(files)} filer"
            + (f"; {len(month.faults)} filer gick inte att läsa, ingenting i dem togs in" if month.faults else ""),
            *(line for broken in month.faults for line in _fault_lines(broken)),
        )
        found = by_rule(month.reviewed.values())
        returned = [one for one in month.claims if "returned_at" in one]
        month.told(
            REVIEW,
            f"{found.total()} iakttagelser från {len(found)} regler; {_words(month).count()} ord av handläggaren",
            *(f"{month.numbers[one['key']]}: återlämnad. {one['returned_because']}" for one in returned),
            *(f"{word.finding.review.claim.number}: fråga. {word.reason}" for word in _questions(month)),
        )
        total = sum(one.statement.total_ore for one in month.calculated.values())
        month.told(
            CALCULATION,
            f"{len(month.calculated)} beräkningar, tillsammans {kronor_text(total)}",
            *((f"Stannar: {month.gap.message}",) if month.gap else ()),
        )

    # --- attest, payment, ledger, archive -----------------------------------------------------------------

    def _after_calculation(self, month: Month, now: datetime) -> datetime:
        """Take what was calculated through the last four stations; return when the last of them was done."""
        if not month.calculated:
            month.nothing_left(after=CALCULATION)
            return now
        now += TO_ATTEST
        self._attest(month, sorted(month.calculated), now)
        return self._from_payment(month, now + TO_PAY, pay_at=now + TO_PAY)

    def _from_payment(self, month: Month, order_at: datetime, *, pay_at: datetime) -> datetime:
        """Take what is signed through the last three stations; return when the last of them was done."""
        numbers = sorted(month.calculated)
        now = self._pay(month, numbers, order_at, pay_at=pay_at) + TO_BOOK
        self._book(month, now)
        self._archive(month, numbers, now)
        return now

    def _attest(self, month: Month, numbers: list[str], now: datetime) -> None:
        signed: Counter[str] = Counter()
        lines: list[str] = []
        for number in numbers:
            steps = paid.sign_every_step(self._cast, number, law=self._law, now=now)
            if steps is Refusal.LAW_NUMBER_IS_UNCONFIRMED:
                shaky = self._law.unconfirmed(month.calculated[number].statement.law_rows)
                names = ", ".join(row.code for row in shaky)
                lines.append(f"{number}: nekas, {names} vilar på minnet; systemförvaltaren bekräftar talet")
                self._law = self._confirm()
                steps = paid.sign_every_step(self._cast, number, law=self._law, now=now)
            if isinstance(steps, Refusal):
                raise DemonstrationStopped(f"{number}: {steps.value}")
            signed.update(f"{one.step}: {one.person}" for one in steps)
        month.told(ATTEST, f"{signed.total()} underskrifter på {len(numbers)} beräkningar", *signed, *lines)

    def _pay(self, month: Month, numbers: list[str], order_at: datetime, *, pay_at: datetime) -> datetime:
        """Order, pay and take the bank's answer; what is stopped is tried again when more has come in."""
        stopped, now = self._order(numbers, order_at), pay_at
        lines = [f"{number}: {text}" for number, texts in stopped.items() for text in texts]
        run, posted = paid.pay(self._cast, self._bank, now=now)
        orders, sum_ore, batches = run.orders, run.sum_ore, list(run.batches)
        if stopped:
            now += TO_TRY_AGAIN
            self._register.until(now)
            still = self._order(list(stopped), now)
            paid_now = [number for number in stopped if number not in still]
            lines += [f"{number}: betalas nu, sedan handlingarna kommit in" for number in paid_now]
            again, posted_again = paid.pay(self._cast, self._bank, now=now)
            orders, sum_ore, posted = orders + again.orders, sum_ore + again.sum_ore, posted + posted_again
            batches += again.batches
        for name in batches:
            self._wrote(month, self._home / BANK / OUT / name)
        month.told(
            PAYMENT, f"{orders} betalningar, {kronor_text(sum_ore)}; banken betalade {posted}", *_payees(month), *lines
        )
        return now

    def _order(self, numbers: list[str], now: datetime) -> dict[str, tuple[str, ...]]:
        """Order the payment of some claims, and return what stands in the way of those that could not be."""
        outcomes = {number: paid.order(self._cast, number, law=self._law, now=now) for number in numbers}
        return {
            number: tuple(f"{one.message} {one.remedy}" for one in outcome.obstacles)
            for number, outcome in outcomes.items()
            if isinstance(outcome, Stopped)
        }

    def _book(self, month: Month, now: datetime) -> None:
        export = paid.export_vouchers(self._cast, self._home / SIE, now=now)
        if export is None:
            month.told(LEDGER, "inga verifikationer")
            return
        self._wrote(month, self._home / SIE / export.file_name)
        count = export.last_number - export.first_number + 1
        month.told(LEDGER, f"{count} verifikationer i {export.file_name}")

    def _archive(self, month: Month, numbers: list[str], now: datetime) -> None:
        booked = Claim.objects.filter(number__in=numbers, status=ClaimStatus.BOOKED).order_by("number")
        closed = booked.values_list("number", flat=True)
        packages = paid.archive(self._cast, list(closed), self._home / ARCHIVE, law=self._law, now=now)
        for package in packages:
            self._wrote(month, self._home / ARCHIVE / package.file_name)
        until = sorted({str(one.keep_accounting_until) for one in packages if one.keep_accounting_until})
        month.told(
            ARCHIVES,
            f"{len(packages)} arkivpaket"
            + (f"; räkenskapsmaterialet sparas till och med {', '.join(until)}" if until else ""),
        )

    def _wrote(self, month: Month, file: Path) -> None:
        digest = sha256(file.read_bytes()).hexdigest()
        month.files.append(FileTold(path=str(file.relative_to(self._home)), sha256=digest))

    def _claims(self, month: Month) -> Iterator[ClaimTold]:
        keys = {number: key for key, number in reversed(month.numbers.items())}
        for claim in Claim.objects.filter(number__in=keys).order_by("number"):
            reviewed = month.reviewed[keys[claim.number]]
            made = month.calculated.get(claim.number)
            lines = made.statement.lines if made else ()
            looked = newest_review(claim)
            case = records.case(claim, known_at=looked.made_at if looked else claim.received_at)
            yield ClaimTold(
                claim=keys[claim.number],
                number=claim.number,
                status=claim.status,
                status_label=STATUS_LABELS[ClaimStatus(claim.status)],
                granted_28ths=sum(pool.parts for pool in pools(claim.month_on, case.grants, "month")),
                reported_minutes=reviewed.sums.actual_minutes,
                reported_28ths=reviewed.sums.payable_28ths,
                payable_28ths=sum(_parts(line.quantity) for line in lines if line.code == PERFORMED),
                refused_28ths=sum(_parts(line.quantity) for line in lines if line.code != PERFORMED),
                total_ore=made.statement.total_ore if made else 0,
                statement_digest=made.statement.digest if made else "",
            )


def _parts(hours: str) -> int:
    """Return a line's hours as 28ths of a minute."""
    return int(Fraction(hours) * MINUTES_PER_HOUR * PARTS_PER_MINUTE)


def _fault_lines(broken: BrokenTold) -> Iterator[str]:
    yield f"{broken.file}: {len(broken.faults)} fel"
    for fault in broken.faults:
        place = f"rad {fault.line}" if fault.line else "filen"
        yield f"  {place}{f', {fault.column}' if fault.column else ''}: {fault.message} {fault.remedy}"


def _words(month: Month) -> QuerySet[Word]:
    return Word.objects.filter(finding__review__claim__number__in=month.numbers.values()).order_by("id")


def _questions(month: Month) -> tuple[Word, ...]:
    """Return what the provider was asked, once per claim."""
    asked = _words(month).filter(word=WordKind.ASK).select_related("finding__review__claim")
    return tuple({word.finding.review.claim_id: word for word in asked}.values())


def _payees(month: Month) -> Iterator[str]:
    """Yield what each payee was paid, in the order of names."""
    orders = PaymentOrder.objects.filter(claim__number__in=month.calculated).select_related("payee_version")
    sums: Counter[str] = Counter()
    for order in orders:
        sums[order.payee_version.payee_name] += order.amount_ore
    for name, amount_ore in sorted(sums.items()):
        yield f"{name}: {kronor_text(amount_ore)}"


def _toml(file: Path) -> Table:
    return tomllib.loads(file.read_text(encoding="utf-8"))
