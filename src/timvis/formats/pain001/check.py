"""Whether a pain.001 may be sent: its schema, its stated counts and sums, the bank's codes, the payments."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources

from lxml import etree

from timvis.core.faults import Fault
from timvis.core.payment import AccountKind, duplicate_faults, transfer_faults
from timvis.core.quantities import Ore
from timvis.formats import xml_schema
from timvis.formats.iso20022 import all_at, at, line_of, message_of, ore_from, text_at
from timvis.formats.pain001.profile import BankProfile
from timvis.formats.pain001.read import Reading, document


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFileCheck:
    """The verdict on a readable file. `schema_was_run` is False when no official schema was at hand."""

    message: str
    count: int
    sum_ore: Ore
    schema_was_run: bool
    faults: tuple[Fault, ...]

    @property
    def is_valid(self) -> bool:
        """Whether nothing objects."""
        return not self.faults


def packaged_schema(message: str) -> bytes | None:
    """Return the ISO schema of a message out of the `sepaxml` package, None where it is not installed."""
    if importlib.util.find_spec("sepaxml") is None:
        return None
    schema = resources.files("sepaxml") / "schemas" / f"{message}.xsd"
    return schema.read_bytes() if schema.is_file() else None


def message_in(content: bytes, profile: BankProfile) -> str | Fault:
    """Return which of the profile's messages a file is, or why it is none."""
    root = document(content, profile)
    return root if isinstance(root, Fault) else message_of(root)


def check(content: bytes, profile: BankProfile, schema: bytes | None) -> PaymentFileCheck | tuple[Fault, ...]:
    """Return the verdict, or the faults that keep the file from being read as a payment file at all.

    `schema` is the message's official XSD. What the schema objects to is not judged further: the bank would
    reject the file there.
    """
    root = document(content, profile)
    if isinstance(root, Fault):
        return (root,)
    payments = list(all_at(root, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf"))
    return PaymentFileCheck(
        message=message_of(root),
        count=len(payments),
        sum_ore=_sum_of(payments),
        schema_was_run=schema is not None,
        faults=_schema_faults(root, schema) or tuple(_profile_faults(root, profile)),
    )


def _schema_faults(root: etree._Element, schema: bytes | None) -> tuple[Fault, ...]:
    """Return what the official schema objects to."""
    if schema is None:
        return ()
    return xml_schema.faults_of(root, xml_schema.compiled({"message.xsd": schema}, "message.xsd"))


def _profile_faults(root: etree._Element, profile: BankProfile) -> Iterator[Fault]:
    """Yield what the bank would object to, in the order of the file where there is one."""
    reading = Reading(profile)
    read_file = reading.file(root)
    yield from reading.faults
    if reading.faults:
        return
    header = at(root, "CstmrCdtTrfInitn/GrpHdr")
    if header is not None:
        yield from _total_faults(header, list(all_at(root, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf")))
    for block in all_at(root, "CstmrCdtTrfInitn/PmtInf"):
        yield from _total_faults(block, list(all_at(block, "CdtTrfTxInf")))
        yield from _code_faults(block, profile)
        for payment in all_at(block, "CdtTrfTxInf"):
            yield from _agent_faults(payment, profile)
    yield from duplicate_faults(read_file.transfers)
    payments = all_at(root, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf")
    for payment, transfer in zip(payments, read_file.transfers, strict=True):
        for fault in transfer_faults(transfer):
            yield replace(fault, line=line_of(payment))


def _total_faults(element: etree._Element, payments: list[etree._Element]) -> Iterator[Fault]:
    """Yield where a stated count or sum is not that of the payments below it; a batch need not state them."""
    count, total = text_at(element, "NbOfTxs"), text_at(element, "CtrlSum")
    if count and (count.lstrip("0") or "0") != str(len(payments)):
        yield _fault(
            element,
            "count_does_not_agree",
            "NbOfTxs",
            f"Antalet är {count}, men betalningarna är {len(payments)}.",
        )
    if total and ore_from(total) != _sum_of(payments):
        yield _fault(
            element,
            "sum_does_not_agree",
            "CtrlSum",
            f"Summan är {total} kr, men betalningarna blir {_sum_of(payments)} öre.",
        )


def _code_faults(block: etree._Element, profile: BankProfile) -> Iterator[Fault]:
    """Yield the codes of a batch that the profile does not know, for the batch and for each payment."""
    for element in (block, *all_at(block, "CdtTrfTxInf")):
        for path, allowed in (
            ("PmtTpInf/SvcLvl/Cd", profile.service_levels),
            ("PmtTpInf/CtgyPurp/Cd", profile.category_purposes),
            ("ChrgBr", (*profile.charge_bearers, "")),
        ):
            code = text_at(element, path)
            if code not in allowed:
                name = path.removesuffix("/Cd").rpartition("/")[2]
                yield _fault(element, "code_is_not_in_profile", name, f"Banken tar inte emot {name} {code}.")
    if text_at(block, "PmtMtd") != "TRF":
        yield _fault(block, "code_is_not_in_profile", "PmtMtd", "Betalsättet ska vara TRF (överföring).")


def _agent_faults(payment: etree._Element, profile: BankProfile) -> Iterator[Fault]:
    """Yield where a giro payment is addressed to another clearing member than the giro's."""
    kind = _giro_of(payment, profile)
    agent = at(payment, "CdtrAgt/FinInstnId")
    if kind is None or agent is None:
        return
    form = profile.form_of(kind)
    member, bic = text_at(agent, "ClrSysMmbId/MmbId"), text_at(agent, "BIC", "BICFI")
    system = text_at(agent, "ClrSysMmbId/ClrSysId/Cd")
    if member and (member, system) != (form.member, profile.clearing_system):
        yield _fault(
            payment,
            "clearing_member_is_wrong",
            "MmbId",
            f"Till {kind.value} hör {profile.clearing_system} {form.member}, inte {system} {member}.",
        )
    if bic and bic not in form.bics:
        yield _fault(
            payment,
            "clearing_member_is_wrong",
            "BIC",
            f"Till {kind.value} hör {form.bics[0]}, inte {bic}.",
        )


def _giro_of(payment: etree._Element, profile: BankProfile) -> AccountKind | None:
    """Return which giro a payee's account is told to be in, None for a bank account."""
    scheme = text_at(payment, "CdtrAcct/Id/Othr/SchmeNm/Prtry")
    return next(
        (kind for kind in (AccountKind.BANKGIRO, AccountKind.PLUSGIRO) if scheme == profile.form_of(kind).schemes[0]),
        None,
    )


def _sum_of(payments: list[etree._Element]) -> Ore:
    """Return the sum of the amounts that can be read."""
    return Ore(sum(ore_from(text_at(payment, "Amt/InstdAmt")) or 0 for payment in payments))


def _fault(element: etree._Element, code: str, column: str, message: str) -> Fault:
    """Return a fault at an element of the file."""
    return Fault(
        code=code,
        message=message,
        remedy="Ta ut betalfilen på nytt; en ändrad betalfil ska inte skickas.",
        line=line_of(element),
        column=column,
    )
