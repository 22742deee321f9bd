"""The one way in for XML from outside: no document type, no entities, no network, no endless file."""

from lxml import etree

from timvis.core.faults import Fault

MAX_BYTES = 64 * 1024 * 1024
"""Above a file of 20 000 payments or an invoice with attachments, below what fills a small server."""


def parse(content: bytes) -> etree._Element | Fault:
    """Return the root element, without comments and processing instructions, or why it cannot be read.

    A document type is refused whatever it says: it is where entities, and with them other people's files and
    documents that grow without end, come from. No format of ours has one.
    """
    if len(content) > MAX_BYTES:
        return Fault(
            code="file_is_too_large",
            message=f"Filen är större än {MAX_BYTES // (1024 * 1024)} MB.",
            remedy="Dela upp filen och lämna in delarna var för sig.",
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return _not_well_formed(error)
    if root.getroottree().docinfo.internalDTD is not None:
        return Fault(
            code="document_type_is_not_allowed",
            message="Filen har en dokumenttyp (DOCTYPE), som kan hämta in annat innehåll.",
            remedy="Ta bort raden med DOCTYPE, eller be avsändaren om filen utan den.",
            line=1,
        )
    return root


def _not_well_formed(error: etree.XMLSyntaxError) -> Fault:
    """Return where the XML breaks; what follows the first break is only its echo, so one fault is enough."""
    line, column = error.position
    reason = str(error.msg).partition(", line ")[0]
    return Fault(
        code="xml_is_not_well_formed",
        message=f"Filen är inte hel XML (läsaren säger: {reason}).",
        remedy="Ta ut filen på nytt ur systemet som skrev den; ändra den inte för hand.",
        line=line or 1,
        column=column or 1,
    )
