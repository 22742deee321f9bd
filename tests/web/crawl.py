"""Walking through the house as somebody: every link, from where she begins, and what each page is made of."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.test import Client
from lxml import html

from tests.web.pages import Page, page

MOST = 400
"""More pages than the demonstration has for anybody."""


def walk(client: Client, start: str = "/") -> Iterator[tuple[str, Page]]:
    """Yield every page that can be reached by links, with the page that led there; each address once."""
    waiting, seen = [("", start)], {start}
    while waiting and len(seen) < MOST:
        came_from, path = waiting.pop(0)
        shown = page(client, path)
        yield came_from, shown
        if shown.is_html:
            for link in links(shown):
                if link not in seen:
                    seen.add(link)
                    waiting.append((path, link))


def links(shown: Page) -> Iterator[str]:
    """Yield the addresses in the house that a page links to, without what follows a #."""
    for href in shown.tree.xpath("//a/@href"):
        there = urlsplit(urljoin(shown.path, href))
        if not there.netloc and there.scheme in ("", "http"):
            yield there.path + (f"?{there.query}" if there.query else "")


def from_outside(tree: html.HtmlElement) -> list[str]:
    """Return what a page would fetch, or send, anywhere else; a link that somebody may choose is none of these."""
    fetched = tree.xpath("//@src | //link/@href | //form/@action | //object/@data | //*/@srcset | //*/@poster")
    return [address for address in fetched if urlsplit(address).netloc]


def inline(tree: html.HtmlElement) -> list[str]:
    """Return every style or script that stands in the page itself, where the policy would not let it work."""
    found = tree.xpath("//*[@style] | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]/..")
    return [html.tostring(element, encoding="unicode")[:120] for element in found]
