"""The archive."""

from timvis.core.access import Action
from timvis.web.office.archive import views
from timvis.web.shared.asking import Route

ONE = (("package_id", "1"),)

ROUTES = (
    Route(path="arkiv/", view=views.archive, name="archive", action=Action.LOOK_AT_CLAIM),
    Route(path="arkiv/<str:package_id>/", view=views.package, name="package", action=Action.LOOK_AT_CLAIM, example=ONE),
    Route(
        path="arkiv/<str:package_id>/fil/",
        view=views.package_file,
        name="package_file",
        action=Action.LOOK_AT_CLAIM,
        example=ONE,
    ),
)
