"""Every setting there is, group by group; one module per group, one table in each."""

from timvis.core.routine.catalogue.calculation import CALCULATION, MONEY
from timvis.core.routine.catalogue.home_care import HOME_CARE
from timvis.core.routine.catalogue.sick_cost import SICK_COST
from timvis.core.routine.catalogue.substitute import SUBSTITUTE
from timvis.core.routine.catalogue.whole_routine import WHOLE_ROUTINE

__all__ = ["CALCULATION", "HOME_CARE", "MONEY", "SICK_COST", "SUBSTITUTE", "WHOLE_ROUTINE"]
