"""One light per recipient before a month is sent: what objects, which controls it belongs to, and the money at stake.

The state pays nothing of a person's month while one report is wrong. So a red light puts the whole month at risk, a
yellow one only the time that is asked about.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from timvis.core.facts.settings import ReviewSettings
from timvis.core.green_month.abroad import abroad
from timvis.core.green_month.checks import checks, exactly_granted, reference_period_checks
from timvis.core.green_month.controls import controls_hit
from timvis.core.green_month.limits import BrokenLimit, broken_limits
from timvis.core.green_month.records import StateMonth
from timvis.core.green_month.registration import BlockedTime, blocked_time
from timvis.core.law import LawByDay
from timvis.core.quantities import PARTS_PER_MINUTE, Ore, OrePerHour, Parts, pay_for
from timvis.core.review.finding import Finding
from timvis.core.review.review import Sums, review
from timvis.core.review.rule import Severity


class Light(StrEnum):
    """What the state would say."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A recipient's month: its light, what is held against it, and what a payment that does not come would be.

    The amounts are None when nobody has decided a rate. `limits` say where working time is too long, and what mends it;
    `blocked` is time that is lost for good.
    """

    light: Light
    findings: tuple[Finding, ...]
    controls: tuple[str, ...]
    sums: Sums
    month_ore: Ore | None
    at_risk_ore: Ore | None
    limits: tuple[BrokenLimit, ...] = ()
    blocked: tuple[BlockedTime, ...] = ()


def judge(month: StateMonth, law: LawByDay, settings: ReviewSettings) -> Verdict:
    """Return the light of a month. Raises `LawGap` when a number it needs has no value."""
    reviewed = review(month.case, law, settings)
    sums = reviewed.sums
    limits = broken_limits(month.case, law, settings)
    found = (
        *reviewed.findings,
        *checks(month),
        *abroad(month),
        *reference_period_checks(month, limits),
        *exactly_granted(sums.payable_28ths, sums.granted_28ths),
    )
    month_ore = None if settings.rate is None else pay_for(Parts(sums.payable_28ths), settings.rate)
    findings = tuple(
        _with_money(each, month_ore, settings.rate) for each in found if each.code not in settings.switched_off
    )
    light = _light(findings)
    return Verdict(
        light=light,
        findings=findings,
        controls=controls_hit([each.code for each in findings], month.case.provider.kind),
        sums=sums,
        month_ore=month_ore,
        at_risk_ore=_at_risk(light, findings, month_ore),
        limits=limits,
        blocked=blocked_time(reviewed.findings, month.case),
    )


def _light(findings: tuple[Finding, ...]) -> Light:
    weights = {each.severity for each in findings}
    if weights & {Severity.REFUSES, Severity.STOPS}:
        return Light.RED
    return Light.YELLOW if Severity.ASKS in weights else Light.GREEN


def _with_money(finding: Finding, month_ore: Ore | None, rate: OrePerHour | None) -> Finding:
    """Return a finding with what it stops: the whole month where the state would pay nothing until it is mended."""
    if finding.severity in (Severity.REFUSES, Severity.STOPS):
        return replace(finding, money_at_risk_ore=month_ore)
    if finding.severity is Severity.ASKS and finding.money_at_risk_ore is None and rate is not None:
        return replace(finding, money_at_risk_ore=pay_for(Parts(finding.minutes * PARTS_PER_MINUTE), rate))
    return finding


def _at_risk(light: Light, findings: tuple[Finding, ...], month_ore: Ore | None) -> Ore | None:
    if month_ore is None:
        return None
    if light is Light.RED:
        return month_ore
    asked = sum(each.money_at_risk_ore or 0 for each in findings if each.severity is Severity.ASKS)
    return Ore(min(asked, month_ore))
