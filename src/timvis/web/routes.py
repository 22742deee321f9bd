"""Every route of the house. Addresses are built from these rows, so a page without a row cannot exist."""

from timvis.web.office.after_control import routes as after_control
from timvis.web.office.applications import routes as applications
from timvis.web.office.archive import routes as archive
from timvis.web.office.attest import routes as attest
from timvis.web.office.attest_rights import routes as attest_rights
from timvis.web.office.calendar import routes as calendar
from timvis.web.office.case_files import routes as case_files
from timvis.web.office.claims import routes as claims
from timvis.web.office.deciding import routes as deciding
from timvis.web.office.decisions import routes as decisions
from timvis.web.office.delegation import routes as delegation
from timvis.web.office.grant_periods import routes as grant_periods
from timvis.web.office.home_choices import routes as home_choices
from timvis.web.office.home_orders import routes as home_orders
from timvis.web.office.intake import routes as intake
from timvis.web.office.invoices import routes as invoices
from timvis.web.office.ledger import routes as ledger
from timvis.web.office.letters import routes as letters
from timvis.web.office.payments import routes as payments
from timvis.web.office.people import routes as people
from timvis.web.office.providers import routes as providers
from timvis.web.office.queue import routes as queue
from timvis.web.office.reconciliation import routes as reconciliation
from timvis.web.office.roles import routes as roles
from timvis.web.office.routines import routes as routines
from timvis.web.office.rulebook import routes as rulebook
from timvis.web.office.schedules import routes as schedules
from timvis.web.office.search import routes as search
from timvis.web.office.state_registers import routes as state_registers
from timvis.web.office.state_reports import routes as state_reports
from timvis.web.office.substitutes import routes as substitutes
from timvis.web.office.visits import routes as visits
from timvis.web.shared import login
from timvis.web.shared.asking import Route

GROUPS: tuple[tuple[Route, ...], ...] = (
    login.ROUTES,
    queue.ROUTES,
    attest.ROUTES,
    claims.ROUTES,
    deciding.ROUTES,
    intake.ROUTES,
    applications.ROUTES,
    invoices.ROUTES,
    decisions.ROUTES,
    case_files.ROUTES,
    people.ROUTES,
    providers.ROUTES,
    substitutes.ROUTES,
    home_orders.ROUTES,
    home_choices.ROUTES,
    visits.ROUTES,
    reconciliation.ROUTES,
    payments.ROUTES,
    ledger.ROUTES,
    attest_rights.ROUTES,
    delegation.ROUTES,
    roles.ROUTES,
    after_control.ROUTES,
    archive.ROUTES,
    calendar.ROUTES,
    routines.ROUTES,
    letters.ROUTES,
    rulebook.ROUTES,
    search.ROUTES,
    state_reports.ROUTES,
    state_registers.ROUTES,
    grant_periods.ROUTES,
    schedules.ROUTES,
)
"""The page groups, in the order they are tried. A new group adds its `ROUTES` here."""

ROUTES: tuple[Route, ...] = tuple(route for group in GROUPS for route in group)
