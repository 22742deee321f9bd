"""Sick costs in a second and core, every line explained; and decided ones made again from what was kept."""

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from bench.told import Row, Table, best, spaced, timed
from timvis.core.calculation.sick_cost.calculate import SickCost, calculate
from timvis.core.calculation.sick_cost.records import (
    AgreementCost,
    Assistant,
    Employer,
    Pay,
    SickCase,
    SickShift,
    Spell,
    StatedContributions,
    SubstituteShift,
    Supplement,
    Week,
)
from timvis.core.calculation.sick_cost.settings import (
    AverageWeek,
    CertificateDays,
    DeductionMethod,
    HolidayBase,
    PartlyCovered,
    PensionTax,
    RelapseCount,
    ShortFirstDay,
    SickCostSettings,
    WithoutCertificate,
)
from timvis.core.calendar.local_time import instant
from timvis.core.law import LawReader
from timvis.core.quantities import Instant, Minutes, OrePerHour, half_up
from timvis.core.records import ProviderKind
from timvis.formats.agreement_packs.read import load_agreements
from timvis.formats.frozen import freeze, thaw
from timvis.formats.law.packaged import load_law
