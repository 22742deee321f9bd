"""What is written in a case file: notes, opposing views, documents that have come, and what is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from timvis.core.case_file import NoteKind
from timvis.core.records import ProviderKind
from timvis.core.routine.terms import DocumentForm
from timvis.core.routine.words import DOCUMENT_FORMS
from timvis.web.shared.forms import Day, Form
from timvis.web.shared.words import NOTE_WORDS, PROVIDER_WORDS

MOST_TEXT = 20_000

_Choices = list[tuple[str, str]]


class NoteForm(Form):
    """A note, locked from the moment it is written."""

    happened_on = Day(label=_("Dag då det hände"))
    kind = forms.ChoiceField(
        label=_("Slag"), choices=[(kind.value, NOTE_WORDS[kind]) for kind in NoteKind if kind != NoteKind.CORRECTION]
    )
    text = forms.CharField(
        label=_("Anteckning"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Skriv sakligt: vad som hände, vem som sa det och vad det bygger på. Den du skriver om får läsa."),
    )


class CorrectionForm(NoteForm):
    """What corrects an earlier note."""

    kind = None  # type: ignore[assignment]  # Django's way of leaving a field out


class ObjectionForm(Form):
    """Somebody's own view of what a note says."""

    whose = forms.CharField(label=_("Vems uppfattning"), max_length=200)
    text = forms.CharField(
        label=_("Uppfattningen, med personens egna ord"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReceivedForm(Form):
    """A document of the checklist that has come in."""

    requirement = forms.ChoiceField(label=_("Handling"))
    received_on = Day(label=_("Kom in den"))
    forms_of_it = forms.MultipleChoiceField(
        label=_("Form"),
        required=False,
        choices=[(form.value, DOCUMENT_FORMS[form]) for form in DocumentForm],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kryssa för allt som stämmer. Checklistan jämför med den form rutinen vill ha."),
    )
    scan = forms.FileField(label=_("Bild eller fil"), required=False)
    note = forms.CharField(label=_("Kommentar"), required=False, max_length=500)

    def __init__(self, requirements: _Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["requirement"].choices = requirements  # type: ignore[attr-defined]  # fields are typed as Field


class CompletionForm(Form):
    """What to ask for, and the last day to answer."""

    documents = forms.MultipleChoiceField(label=_("Handlingar att begära in"), widget=forms.CheckboxSelectMultiple)
    answer_by = Day(label=_("Senast inne"))

    def __init__(self, requirements: _Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["documents"].choices = requirements  # type: ignore[attr-defined]  # fields are typed as Field


class InformationForm(Form):
    """What somebody thinks of applying for, so that the letter lists the right documents."""

    wanted = forms.ChoiceField(label=_("Vad ansökan ska gälla"))
    provider_kind = forms.ChoiceField(
        label=_("Vem som är arbetsgivare"), choices=[(kind.value, PROVIDER_WORDS[kind]) for kind in ProviderKind]
    )

    def __init__(self, routines: _Choices, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["wanted"].choices = routines  # type: ignore[attr-defined]  # fields are typed as Field
