"""Lines of JSON → a log, and a text → a checkpoint; every line that cannot be read is a fault."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from timvis.core.audit_chain import Checkpoint, LogRow, SealRow
from timvis.core.faults import Fault

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Row(_Strict):
    kind: Literal["row"]
    id: int
    at: AwareDatetime
    person_id: int | None
    role: str
    action: str
    object_kind: str
    object_id: str
    recipient_id: int | None
    municipality: str
    reason: str
    outcome: str
    detail: dict[str, Any]


class _Seal(_Strict):
    kind: Literal["seal"]
    number: int
    first_entry_id: int
    last_entry_id: int
    entries: int
    digest: Digest
    previous_digest: Digest
    sealed_at: AwareDatetime


class _Checkpoint(_Strict):
    number: Annotated[int, Field(ge=1)]
    digest: Digest


_LINE: TypeAdapter[_Row | _Seal] = TypeAdapter(Annotated[_Row | _Seal, Field(discriminator="kind")])


def log(lines: Iterable[str]) -> tuple[list[SealRow], list[LogRow], list[Fault]]:
    """Return seals, rows and faults of an exported log; with a fault, nothing of it should be used."""
    seals: list[SealRow] = []
    rows: list[LogRow] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        try:
            read = _LINE.validate_json(line)
        except ValidationError as error:
            faults.append(_fault("log_line_is_unreadable", error, number))
            continue
        fields = {name: value for name, value in read if name != "kind"}
        if isinstance(read, _Seal):
            seals.append(SealRow(**fields))
        else:
            rows.append(LogRow(**fields))
    return seals, rows, faults


def checkpoint(text: str) -> Checkpoint | Fault:
    """Return the checkpoint that a text holds."""
    try:
        read = _Checkpoint.model_validate_json(text)
    except ValidationError as error:
        return _fault("checkpoint_is_unreadable", error, None)
    return Checkpoint(number=read.number, digest=read.digest)


def _fault(code: str, error: ValidationError, line: int | None) -> Fault:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "raden"
    return Fault(
        code=code,
        message=f"Loggen går inte att läsa: {place} är inte vad det ska vara ({first['type']}).",
        remedy="Hämta filen på nytt med `timvis audit export` eller `timvis audit checkpoint`.",
        line=line,
    )
