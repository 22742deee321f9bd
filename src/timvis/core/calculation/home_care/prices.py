"""The price list: the row that fits best, raised or lowered for the kind of provider, or what is missing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from timvis.core.calculation.home_care.records import HomeCareCase, Price, PriceUnit
from timvis.core.calculation.home_care.settings import Form, HomeCareSettings, PriceRounding
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
    time_band: str = ""

    @property
    def text(self) -> str:
        """It, as people say it: "omvårdnad, centralort, kväll"."""
        return ", ".join(part for part in (self.service, self.zone, self.time_band) if part)


def price_of(sought: Sought, case: HomeCareCase, wanting: Wanting) -> Priced | None:
    """Return the price, or None and what is wrong: no row fits, or two rows fit as well."""
    fitting = [price for price in case.prices if _fits(price, sought, case)]
    best = max((_closeness(price) for price in fitting), default=None)
    rows = [price for price in fitting if _closeness(price) == best]
    if len(rows) != 1:
        wanting.add(_no_price(sought) if not rows else _two_prices(sought))
        return None
    return _for_the_form(rows[0], sought, case, wanting)


def _fits(price: Price, sought: Sought, case: HomeCareCase) -> bool:
    return (
        price.service == sought.service
        and price.unit is sought.unit
        and price.zone in (sought.zone, "")
        and price.time_band in (sought.time_band, "")
        and price.form in (case.form, Form.ALL)
        and price.from_on <= sought.on <= price.to_on
    )


def _closeness(price: Price) -> int:
    return (price.zone != "") + (price.time_band != "") + (price.form is not Form.ALL)


def _for_the_form(price: Price, sought: Sought, case: HomeCareCase, wanting: Wanting) -> Priced | None:
    since = "" if price.from_on == date.min else f" från och med {price.from_on}"
    why = f"pris för {sought.text}{since}"
    settings = case.settings.on(sought.on)
    percent = _change(price, settings, case)
    if not percent:
        return Priced(ore=price.amount_ore, why=why)
    rounding = wanting.setting("price_rounding", settings.price_rounding, sought.on, "priset härleds ur ett grundpris")
    if rounding is None:
        return None
    exact = price.amount_ore * (1 + Fraction(percent) / 100)
    changed = f"{percent} procents momskompensation" if percent > 0 else f"{-percent} procents avdrag för overhead"
    return Priced(ore=rounded_price(exact, rounding), why=f"{why}, {kronor_text(price.amount_ore)} med {changed}")


def _change(price: Price, settings: HomeCareSettings, case: HomeCareCase) -> Decimal:
    """Return the percentage that a price for every form is changed by; a form's own price is as it is."""
    if price.form is not Form.ALL:
        return Decimal(0)
    if case.form is Form.PRIVATE:
        return Decimal(0) if price.vat_compensated else settings.vat_compensation or Decimal(0)
    return -(settings.overhead or Decimal(0))


def rounded_price(exact_ore: Fraction, rounding: PriceRounding) -> Ore:
    """Return a derived price, to the öre or to the krona, half up."""
    step = ORE_PER_KRONA if rounding is PriceRounding.KRONOR else 1
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
