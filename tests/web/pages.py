"""Reading pages as a browser without scripts does: what stands there, and its forms filled in."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from lxml import html

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that came back."""

    path: str
    response: Any
    tree: html.HtmlElement

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.response.status_code)

    @property
    def is_html(self) -> bool:
        """Whether it is a page at all, and not a file."""
        return str(self.response.headers.get("Content-Type", "")).startswith("text/html")

    @property
    def text(self) -> str:
        """What a person reads, with single spaces."""
        return " ".join(self.tree.text_content().replace("\xa0", " ").split())

    @property
    def title(self) -> str:
        """The heading of the page."""
        return " ".join(self.tree.findtext(".//h1", "").split())

    def form(self, action: str = "", *, number: int = 0) -> html.FormElement:
        """Return the form in the page's content whose action ends so; a form without action is the page's own."""
        found = [form for form in self.tree.xpath("//main//form") if (form.get("action") or self.path).endswith(action)]
        assert len(found) > number, f"{len(found)} forms to {action!r} on {self.path}"
        chosen: html.FormElement = found[number]
        return chosen


def page(client: Client, path: str, **headers: Any) -> Page:
    """Return a page, after following wherever it leads."""
    response = client.get(path, follow=True, **headers)
    return _page(response)


def fields_of(form: html.FormElement) -> Fields:
    """Return what a browser would send of a form as it stands, its first button pressed."""
    fields: Fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    for button in form.xpath(".//button[@name]")[:1]:
        fields.setdefault(button.get("name"), [button.get("value", "")])
    return fields


def post_form(client: Client, shown: Page, action: str = "", *, number: int = 0, **changes: Any) -> Page:
    """Send a form of a page as it stands there (csrf, once, version and all) but for the changes, and follow."""
    form = shown.form(action, number=number)
    fields: dict[str, Any] = {**fields_of(form), **changes}
    target = form.get("action") or shown.path
    response = client.post(target, {name: value for name, value in fields.items() if value is not None}, follow=True)
    return _page(response)


def _page(response: Any) -> Page:
    content = b"".join(response) if response.streaming else response.content
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return Page(response.request["PATH_INFO"], response, html.fromstring(content if is_html and content else "<p>"))
