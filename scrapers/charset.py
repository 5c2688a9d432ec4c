"""Bytes to text: HTTP and meta first, then detection; plain-text files one code point a bad byte."""

from __future__ import annotations

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from scrapers.errors import NotText

#: Bytes looked at for a character set declared inside the page (browsers look at 1,024).
_META_WINDOW = 4096
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.I)
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.\-]{2,40})", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The share of undecodable characters from which a declared character set is not believed.
_WRONG_CHARSET_SHARE = 0.005

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x1f\x8b\x08", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file"),
    (b"(\xb5/\xfd", "a Zstandard file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a document in Rich Text Format (RTF)"),
    (b"OggS\x00", "a sound file"),
    # The letters alone could begin a text: a version and a size follow them.
    (b"ID3\x02", "a sound file"),
    (b"ID3\x03", "a sound file"),
    (b"ID3\x04", "a sound file"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
)
#: Containers, told by the letters behind a length: where these stand, and what they mean.
_CONTAINERS = (
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a sound file"),
    (8, b"AVI ", "a video"),
    (4, b"ftyp", "a video or picture"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
#: A file with more control bytes than this, and than this share, is no text.
_CONTROL_COUNT, _CONTROL_SHARE = 4, 0.05


def decode(body: bytes, declared: str | None) -> str:
    """Return the text of a page or message part, never failing.

    A byte order mark wins, then ``declared`` (from HTTP or the message's header), then the page's
    own meta tag, then resiliparse's detection. A declaration that the bytes contradict is not
    believed: UTF-8 declared as a Western single-byte set is the web's most common lie. The mark
    itself is not part of the text; undecodable bytes become U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for label in (declared, _declared_inside(body)):
        codec = _codec(label)
        if codec is None:
            continue
        if codec in ("cp1252", "iso8859-1", "ascii") and _is_multibyte_utf8(body):
            return body.decode("utf-8")
        text = body.decode(codec, "replace")
        if text.count("\ufffd") <= len(text) * _WRONG_CHARSET_SHARE:
            return text
    return _decode_detected(body)


def decode_text_file(body: bytes, source: str = "the file") -> str:
    """Return the text of a plain-text file such that offsets point into the file.

    Newlines and the byte order mark are kept; each undecodable byte and each NUL becomes one U+FFFD.
    UTF-8 first, else what resiliparse detects. Raises ``NotText`` for a binary file,
    which ``source`` names in the message.
    """
    _refuse_binary(body, source)
    codec = _wide_codec(body)
    if codec is not None:
        return body.decode(codec, "replace").replace("\0", "\ufffd")
    text = body.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED_BYTE.findall(text))
    good = sum(1 for character in text if character > "\x7f") - bad
    if bad > good:
        text = _decode_one_for_one(body)
    return _ESCAPED_BYTE.sub("\ufffd", text).replace("\0", "\ufffd")


def _decode_one_for_one(body: bytes) -> str:
    codec = detect_encoding(body)
    try:
        return body.decode("cp1252" if codec in ("utf-8", None) else codec, "surrogateescape")
    except (LookupError, UnicodeError):
        return body.decode("cp1252", "surrogateescape")


def media_name(body: bytes) -> str | None:
    """Return what a file that no reader of text serves is ("a PNG image"), told by its first bytes."""
    for magic, name in _MAGIC:
        if body.startswith(magic):
            return name
    if body.startswith(b"RIFF") or b"\0" in body[:4]:
        for place, letters, name in _CONTAINERS:
            if body.startswith(letters, place):
                return name
    return None


def is_binary(body: bytes) -> bool:
    """Tell whether bytes hold too many control characters to be text, UTF-16 and UTF-32 apart."""
    if _wide_codec(body) is not None:
        return False
    controls = len(_CONTROL.findall(body))
    return controls > _CONTROL_COUNT and controls > len(body) * _CONTROL_SHARE


def _refuse_binary(body: bytes, source: str) -> None:
    name = media_name(body)
    if name is not None:
        raise NotText(f"this is {name}, not plain text", source)
    if is_binary(body):
        raise NotText("this is a binary file, not plain text", source)


def _wide_codec(body: bytes) -> str | None:
    """Return UTF-16 or UTF-32 where a mark, or a NUL in every second byte, says so."""
    for mark, name in _BOMS[1:]:
        if body.startswith(mark):
            return name
    sample = body[:4096]
    half = len(sample) // 2
    if half >= 4 and len(body) % 2 == 0:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > 0.7 * half and not even:
            return "utf-16-le"
        if even > 0.7 * half and not odd:
            return "utf-16-be"
    return None


def _declared_inside(body: bytes) -> str | None:
    found = _XML_DECLARATION.search(body[:_META_WINDOW]) or _META.search(body[:_META_WINDOW])
    if found is None:
        return None
    label = found.group(1).decode("ascii")
    # A meta tag that could be read as ASCII cannot truthfully say UTF-16 (the HTML standard's rule).
    return "utf-8" if label.lower().startswith(("utf-16", "utf16")) else label


def _codec(label: str | None) -> str | None:
    """Return Python's name of a declared character set by the web's table, None if unknown."""
    if not label or not label.strip():
        return None
    name = map_encoding_to_html5(label.strip().strip("\"'"), fallback_utf8=False)
    if not name:
        return None
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    # GB 18030 contains GBK: pages that declare the old set use characters of the new one.
    return {"gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}.get(found.name, found.name)


def _is_multibyte_utf8(body: bytes) -> bool:
    try:
        return len(body.decode("utf-8")) < len(body)
    except UnicodeDecodeError:
        return False


def _decode_detected(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    codec = _codec(detect_encoding(body)) or "cp1252"
    text = body.decode(codec, "replace")
    if codec == "utf-8" and text.count("\ufffd") > len(text) * _WRONG_CHARSET_SHARE:
        return body.decode("cp1252", "replace")
    return text


def is_known(label: str | None) -> bool:
    """Tell whether a declared character set is one that can be decoded."""
    return _codec(label) is not None
