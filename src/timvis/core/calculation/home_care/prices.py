"""The price list: the row that fits best, raised or lowered for the kind of provider, or what is missing."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from timvis.core.calculation.home_care.records import HomeCareCase, Price, PriceUnit
from timvis.core.calculation.home_care.settings import PriceRounding
from timvis.core.calculation.home_care.wanting import Wanting
from timvis.core.calculation.hourly import kronor_text
from timvis.core.faults import Fault
from timvis.core.quantities import Ore, half_up

ORE_PER_KRONA = 100
UNIT_TEXT = {
    PriceUnit.HOUR: "timme",
    PriceUnit.OCCASION: "tillfälle",
    PriceUnit.DAY: "dygn",
    PriceUnit.MONTH: "månad",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A price per unit, and a Swedish clause that says where it is from."""

    ore: Ore
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a price is sought for."""

    service: str
    unit: PriceUnit
    on: date
    zone: str = ""
    band: str = ""

    @property
    def text(self) -> str:
        """It, as people say it: "omvårdnad, centralort, kväll"."""
        return ", ".join(part for part in (self.service, self.zone, self.band) if part)


def price_of(sought: Sought, case: HomeCareCase, wanting: Wanting) -> Priced | None:
    """Return the price, or None and what is wrong: no row fits, or two rows fit as well."""
    fitting = [price for price in case.prices if _fits(price, sought, case)]
    best = max((_closeness(price) for price in fitting), default=None)
    rows = [price for price in fitting if _closeness(price) == best]
    if len(rows) != 1:
        wanting.add(_no_price(sought) if not rows else _two_prices(sought))
        return None
    return _for_the_owner(rows[0], sought, case, wanting)


def _fits(price: Price, sought: Sought, case: HomeCareCase) -> bool:
    return (
        price.service == sought.service
        and price.unit is sought.unit
        and price.zone in (sought.zone, "")
        and price.band in (sought.band, "")
        and price.owner in (case.owner, None)
        and price.from_on <= sought.on <= price.to_on
    )


def _closeness(price: Price) -> int:
    return (price.zone != "") + (price.band != "") + (price.owner is not None)


def _for_the_owner(price: Price, sought: Sought, case: HomeCareCase, wanting: Wanting) -> Priced | None:
    since = "" if price.from_on == date.min else f" från och med {price.from_on}"
    why = f"pris för {sought.text}{since}"
    settings = case.settings.on(sought.on)
    percent = next((row.percent for row in settings.owner_percent or () if row.owner == case.owner), None)
    if price.owner is not None or percent is None:
        return Priced(ore=price.ore, why=why)
    rounding = wanting.setting("price_rounding", settings.price_rounding, sought.on, "priset härleds ur ett grundpris")
    if rounding is None:
        return None
    exact = price.ore * (1 + Fraction(percent) / 100)
    changed = f"{percent} procents {'tillägg' if percent > 0 else 'avdrag'}"
    return Priced(
        ore=rounded_price(exact, rounding), why=f"{why}, {kronor_text(price.ore)} med {changed.replace('-', '')}"
    )


def rounded_price(exact_ore: Fraction, rounding: PriceRounding) -> Ore:
    """Return a derived price, to the öre or to the krona, half up."""
    step = ORE_PER_KRONA if rounding is PriceRounding.KRONA else 1
    return Ore(half_up(exact_ore.numerator, exact_ore.denominator * step) * step)


def _no_price(sought: Sought) -> Fault:
    return Fault(
        code="missing_price",
        message=f"Prislistan har inget pris per {UNIT_TEXT[sought.unit]} för {sought.text} {sought.on}.",
        remedy="Lägg till raden i [[price]], med zon och tid på dygnet om priset beror av dem.",
        column="price",
    )


def _two_prices(sought: Sought) -> Fault:
    return Fault(
        code="two_prices",
        message=f"Prislistan har två priser per {UNIT_TEXT[sought.unit]} som passar lika bra för {sought.text} "
        f"{sought.on}.",
        remedy="Ta bort det ena, eller ge dem olika dagar, zon, tid på dygnet eller utförare.",
        column="price",
    )
