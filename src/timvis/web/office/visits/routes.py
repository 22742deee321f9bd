"""Visits of home care: what came in, handed in how, what looks odd, performed of granted, and the keys of systems."""

from timvis.core.access import Action
from timvis.web.office.visits import api, handing_in, keys, signals, views
from timvis.web.shared.asking import Route

PROVIDER = (("provider_id", "4"),)
BOTH, POST = ("GET", "POST"), ("POST",)
_A = Action

ROUTES = (
    Route(path="hemtjanst/besok/", view=views.month, name="visits", action=_A.LOOK_AT_VISITS),
    Route(
        path="hemtjanst/besok/lamna-in/",
        view=handing_in.file,
        name="hand_in_visits",
        methods=BOTH,
        action=_A.HAND_IN_VISITS,
    ),
    Route(
        path="hemtjanst/besok/blankett/",
        view=handing_in.paper,
        name="paper_visits",
        methods=BOTH,
        action=_A.HAND_IN_VISITS,
    ),
    Route(
        path="hemtjanst/besok/avvikelser/",
        view=handing_in.deviations,
        name="deviations",
        methods=BOTH,
        action=_A.HAND_IN_DEVIATIONS,
    ),
    Route(
        path="hemtjanst/besok/<str:provider_id>/",
        view=views.provider_month,
        name="provider_visits",
        action=_A.LOOK_AT_VISITS,
        example=PROVIDER,
    ),
    Route(
        path="hemtjanst/leveranser/<str:delivery_id>/",
        view=views.delivery_file,
        name="delivery_file",
        action=_A.LOOK_AT_VISITS,
        example=(("delivery_id", "1"),),
    ),
    Route(path="hemtjanst/signaler/", view=signals.overview, name="visit_signals", action=_A.LOOK_AT_SIGNALS),
    Route(
        path="hemtjanst/signaler/<str:provider_id>/",
        view=signals.of_provider,
        name="provider_signals",
        methods=BOTH,
        action=_A.LOOK_AT_SIGNALS,
        example=PROVIDER,
    ),
    Route(path="hemtjanst/jamforelse/", view=views.comparison, name="performed_share", action=_A.LOOK_AT_SHARES),
    Route(
        path="hemtjanst/jamforelse/jamforelse.csv",
        view=views.comparison_table,
        name="performed_share_table",
        action=_A.LOOK_AT_SHARES,
    ),
    Route(path="hemtjanst/nycklar/", view=keys.keys, name="system_keys", methods=BOTH, action=_A.GIVE_SYSTEM_KEY),
    Route(
        path="hemtjanst/nycklar/<str:key_id>/ta-tillbaka/",
        view=keys.withdraw,
        name="withdraw_system_key",
        methods=POST,
        action=_A.WITHDRAW_SYSTEM_KEY,
        example=(("key_id", "1"),),
    ),
    Route(path="api/hemtjanst/besok/", view=api.take, name="visits_api", methods=POST, public=True, for_machines=True),
)
