"""Search: by name, number or case, typed in a form so that nothing of a person stands in an address."""

from timvis.core.access import Action
from timvis.web.office.search import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(
        path="sok/",
        view=views.search,
        name="search",
        methods=("GET", "POST"),
        action=Action.LOOK_AT_CLAIM,
    ),
)
