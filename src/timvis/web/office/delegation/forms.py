"""What is typed about a delegation order."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from timvis.core.procedure.decision import Outcome
from timvis.core.procedure.delegation import DelegationRow
from timvis.core.routine.records import ClaimKind
from timvis.web.shared.board_lists import ListedRowForm
from timvis.web.shared.words import KIND_WORDS

OUTCOME_FIELDS = {
    "may_grant": Outcome.GRANTED,
    "may_grant_partly": Outcome.PARTLY_GRANTED,
    "may_refuse": Outcome.REFUSED,
}


class RowForm(ListedRowForm):
    """One row of a delegation order."""

    kind = forms.ChoiceField(label=_("Ärende"), choices=list(KIND_WORDS.items()))
    may_grant = forms.BooleanField(label=_("Bifall"), required=False)
    may_grant_partly = forms.BooleanField(label=_("Delavslag"), required=False)
    may_refuse = forms.BooleanField(label=_("Avslag"), required=False)
    may_be_passed_on = forms.BooleanField(label=_("Får delegeras vidare"), required=False)
    may_be_automated = forms.BooleanField(label=_("Får fattas automatiserat (bara bifall)"), required=False)
    field_order = (
        "kind",
        *OUTCOME_FIELDS,
        "person",
        "position",
        "up_to_ore",
        "deputy_of",
        "may_be_passed_on",
        "may_be_automated",
    )

    tells = (*ListedRowForm.tells, *OUTCOME_FIELDS, "may_be_passed_on", "may_be_automated")

    def right(self, number: int, valid_from: date, valid_to: date) -> DelegationRow:
        """Return the row as a right that holds as long as its order."""
        told = self.cleaned_data
        return DelegationRow(
            **self.common(number, valid_from, valid_to),
            kind=ClaimKind(told["kind"]),
            outcomes=frozenset(outcome for field, outcome in OUTCOME_FIELDS.items() if told[field]),
            may_be_passed_on=told["may_be_passed_on"],
            may_be_automated=told["may_be_automated"],
        )
