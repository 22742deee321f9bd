"""Payments, files and answers."""

from timvis.core.access import Action
from timvis.web.office.payments import views
from timvis.web.shared.asking import Route

ROUTES = (
    Route(path="betalningar/", view=views.payments, name="payments", action=Action.LOOK_AT_PAYMENT),
    Route(
        path="betalningar/fil/<str:batch_id>/",
        view=views.batch_file,
        name="batch_file",
        action=Action.RUN_PAYMENTS,
        example=(("batch_id", "1"),),
    ),
    Route(
        path="betalningar/kor/",
        view=views.build,
        name="run_payments",
        methods=("POST",),
        action=Action.RUN_PAYMENTS,
        keeps_steps=True,
    ),
    Route(
        path="betalningar/fil/<str:batch_id>/granska/",
        view=views.payment_file,
        name="payment_file",
        action=Action.RUN_PAYMENTS,
        example=(("batch_id", "1"),),
    ),
    Route(
        path="betalningar/fil/<str:batch_id>/slapp/",
        view=views.release,
        name="release_file",
        methods=("POST",),
        action=Action.RUN_PAYMENTS,
        needs_fresh_login=True,
        keeps_steps=True,
        example=(("batch_id", "1"),),
    ),
    Route(
        path="betalningar/svar/",
        view=views.answer,
        name="bank_answer",
        methods=("POST",),
        action=Action.TAKE_BANK_ANSWER,
        keeps_steps=True,
    ),
    Route(
        path="betalningar/<str:order_id>/",
        view=views.payment,
        name="payment",
        action=Action.LOOK_AT_PAYMENT,
        example=(("order_id", "1"),),
    ),
)
