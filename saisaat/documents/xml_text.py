"""Text that an XML file can hold; Word and Excel call a file with anything else damaged."""

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without control characters, halves of pairs and noncharacters."""
    return _NOT_XML.sub("", text)
