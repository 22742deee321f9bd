"""Handing in: as files, from paper, and the template to fill in."""

from timvis.core.access import Action
from timvis.web.office.intake import views
from timvis.web.shared import scans
from timvis.web.shared.asking import Route

BOTH = ("GET", "POST")

ROUTES = (
    Route(path="lamna-in/", view=views.files, name="hand_in", methods=BOTH, action=Action.HAND_IN),
    Route(path="lamna-in/papper/", view=views.paper, name="paper", methods=BOTH, action=Action.HAND_IN),
    Route(path="lamna-in/bild/", view=scans.picture, name="scan", action=Action.KEEP_ORIGINAL),
    Route(path="lamna-in/mall.xlsx", view=views.xlsx_template, name="xlsx_template", action=Action.HAND_IN),
)
