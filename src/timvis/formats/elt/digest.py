"""What an assistant and a provider sign: the report's id and the digest of its canonical form."""

import hashlib

from lxml import etree

from timvis.formats.elt.schema import NAMESPACE


def canonical(root: etree._Element) -> bytes:
    """Return the document after inclusive Canonical XML 1.0 without comments."""
    return etree.tostring(root.getroottree(), method="c14n", exclusive=False, with_comments=False)


def text_to_sign(content: bytes) -> str:
    """Return "<id>,<hex>", with the lower-case SHA-256 of the canonical document.

    Only for bytes that `elt.read` has found whole: it is the guard against document types and endless files.
    """
    # Processing instructions are part of the canonical form, so this parser keeps what the reader's drops.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    root = etree.fromstring(content, parser)
    digest = hashlib.sha256(canonical(root)).hexdigest()
    return f"{root.findtext(f'{{{NAMESPACE}}}id')},{digest}"
