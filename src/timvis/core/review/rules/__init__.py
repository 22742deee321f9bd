"""Every rule of the house. Importing this package registers them; `RULES` is the rule book in code order."""

from timvis.core.review.rule import Rule, registered
from timvis.core.review.rules import assistant, claim, decision, place, provider, report, time, working_time

MODULES = (assistant, claim, decision, place, provider, report, time, working_time)

RULES: dict[str, Rule] = {rule.code: rule for rule in registered()}
