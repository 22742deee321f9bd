"""Ways to the state that cannot be walked: each says what of it is unknown, and hands nothing over.

They stand where a real way will stand: who has the description of a service writes a module beside this one, and
chooses it by configuration as `gateways.elt.chosen` does.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from timvis.core.faults import Fault
from timvis.core.state_exchange import AssistantTold, StateBill

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisabledService(Generic[R]):
    """A service that is off: its name, what it takes the place of, and everything of it that nobody has published."""

    code: str
    name: str
    instead_of: str
    unknown: tuple[str, ...]
    instead: str

    def hand_over(self, _record: R) -> Fault:
        """Return why the record was not handed over. Nothing leaves, and nothing is kept."""
        return Fault(
            code=f"{self.code}_is_off",
            message=f"{self.name} är avstängd: {'; '.join(self.unknown)}.",
            remedy=self.instead,
        )


E_RAK: DisabledService[StateBill] = DisabledService(
    code="e_rak",
    name="E-RÄK",
    instead_of="räkningen",
    unknown=(
        "fältens namn och format är inte publicerade",
        "adressen lämnas ut först vid anslutning",
        "vilka besked tjänsten ger när något är fel är inte känt",
        "två versioner av flödet har beskrivits: att webbläsaren skickar, och att leverantörens system gör det",
        "om förskottsbetalning fungerar i tjänsten är inte känt",
    ),
    instead="Den som har assistans, eller ställföreträdaren, lämnar räkningen i Försäkringskassans e-tjänst eller på "
    "Försäkringskassans egen blankett. Underskriften sker alltid där, aldrig i Timvis.",
)

E_IOA: DisabledService[AssistantTold] = DisabledService(
    code="e_ioa",
    name="E-IOA",
    instead_of="anmälan av en assistent",
    unknown=(
        "schemat är inte publicerat; bara ett utkast från 2020 av gränssnittet är känt",
        "innehållets ordning är känd genom en enda anslutens klient",
        "adress och certifikat lämnas ut först vid anslutning",
        "vilka besked tjänsten ger när något är fel är inte känt",
    ),
    instead="Anmäl assistenten i Försäkringskassans e-tjänst eller på Försäkringskassans egen blankett före det första "
    "passet, och registrera dagen här.",
)

SERVICES: tuple[DisabledService[StateBill] | DisabledService[AssistantTold], ...] = (E_RAK, E_IOA)
"""Every service that is off, in the order a month meets them."""
