"""Walking through the house as somebody: every link, from where she begins, and what each page is made of."""

from collections import Counter
from collections.abc import Collection, Iterator
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from tests.web.pages import Page, page

OF_A_KIND = 3
"""So many pages of each route are walked into: a calendar never ends, and the fourth is made as the first."""


def walk(client: Client, start: str = "/", *, in_full: Collection[str] = ()) -> Iterator[tuple[str, Page]]:
    """Yield the pages that can be reached by links, with the page that led there; each address once.

    Of every route the first few are walked into; all of them of those that are named `in_full`.
    """
    waiting, seen, walked = [("", start)], {start}, Counter([kind(start)])
    while waiting:
        came_from, path = waiting.pop(0)
        shown = page(client, path)
        yield came_from, shown
        if shown.is_html:
            for link in links(shown):
                if link not in seen and (walked[kind(link)] < OF_A_KIND or kind(link) in in_full):
                    seen.add(link)
                    walked[kind(link)] += 1
                    waiting.append((path, link))


def kind(path: str) -> str:
    """Return the name of the route that an address in the house leads to, itself where it leads nowhere."""
    try:
        return resolve(urlsplit(path).path).url_name or path
    except Resolver404:
        return path


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
