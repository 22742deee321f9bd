"""A bank that answers by itself, for demonstration and tests. It refuses to start in production."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from timvis.core.payment import PaymentBatch
from timvis.formats.pain001.profile import BankProfile
from timvis.formats.pain001.read import read
from timvis.gateways.bank.folder import ANSWERS, OUT, FolderBank

PRODUCTION = "production"
_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"


class FakeInProduction(RuntimeError):
    """A made-up bank was asked to start where real money is paid."""


class FakeBank(FolderBank):
    """Fetches what lies in `out` and answers in `answers`: accepted, except for those it is told to reject."""

    def __init__(self, root: Path, *, mode: str, profile: BankProfile) -> None:
        if mode == PRODUCTION:
            raise FakeInProduction("TIMVIS_MODE=production: choose a real bank channel, not the made-up one")
        super().__init__(root)
        self._profile = profile

    def work(self, now: datetime, *, rejects: Mapping[str, str] | None = None) -> int:
        """Answer every fetched file once; `rejects` are ISO reason codes by end-to-end id. Return how many."""
        answered = 0
        for path in sorted((self._root / OUT).iterdir()):
            target = self._root / ANSWERS / f"{path.stem}-answer.xml"
            settled = self._root / "settled" / target.name
            if target.exists() or settled.exists():
                continue
            file = read(path.read_bytes(), self._profile)
            if isinstance(file, tuple):
                raise ValueError(f"the bank cannot read {path.name}: {file[0].message}")
            target.write_bytes(_answer(file.batches, now, rejects or {}))
            answered += 1
        return answered


def _answer(batches: tuple[PaymentBatch, ...], now: datetime, rejects: Mapping[str, str]) -> bytes:
    """Return a pain.002 that says what became of every single payment."""
    message_id = escape(batches[0].message_id)
    told = "".join(_batch_answer(batch, rejects) for batch in batches)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_NAMESPACE}"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>ANSWER-{message_id}</MsgId><CreDtTm>{now:%Y-%m-%dT%H:%M:%SZ}</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message_id}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId></OrgnlGrpInfAndSts>"
        f"{told}</CstmrPmtStsRpt></Document>\n"
    ).encode()


def _batch_answer(batch: PaymentBatch, rejects: Mapping[str, str]) -> str:
    told = "".join(
        _payment_answer(transfer.end_to_end_id, rejects.get(transfer.end_to_end_id)) for transfer in batch.transfers
    )
    return f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{escape(batch.batch_id)}</OrgnlPmtInfId>{told}</OrgnlPmtInfAndSts>"


def _payment_answer(end_to_end_id: str, reason: str | None) -> str:
    status = f"<TxSts>{'RJCT' if reason else 'ACSC'}</TxSts>"
    because = f"<StsRsnInf><Rsn><Cd>{escape(reason)}</Cd></Rsn></StsRsnInf>" if reason else ""
    return f"<TxInfAndSts><OrgnlEndToEndId>{escape(end_to_end_id)}</OrgnlEndToEndId>{status}{because}</TxInfAndSts>"
