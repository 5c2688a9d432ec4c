"""Links that only pass their reader on: the target, where it stands in the link itself. Pure, nothing is fetched.

Mail programs, networks and mailers wrap links to check or count clicks. Where the target is written in
the link, plain, percent-encoded or in base64, it is given; where only the redirector knows it, the link
stays as it is.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from binascii import Error as BadBase64
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import SplitResult, unquote, urlsplit

#: A wrapper in a wrapper in a wrapper: what is nested deeper is no newsletter's link.
_MOST_NESTED = 3
_LONGEST = 8192
_MOST_PARTS = 100
_HTTP = re.compile(r"https?://", re.IGNORECASE)
_ENCODED = re.compile(r"https?(?:%25)?(?:%3a|:)", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]+\.?", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/_=-]{12,}")

#: Redirectors by the end of their host: the path at which they redirect, and the parameters with the target.
_KNOWN: dict[str, tuple[str, tuple[str, ...]]] = {
    "safelinks.protection.outlook.com": ("/", ("url",)),
    "l.facebook.com": ("/l.php", ("u",)),
    "lm.facebook.com": ("/l.php", ("u",)),
    "facebook.com": ("/l.php", ("u",)),
    "l.instagram.com": ("/", ("u",)),
    "l.messenger.com": ("/l.php", ("u",)),
    "l.threads.com": ("/", ("u",)),
    "linkedin.com": ("/redir/|/safety/go", ("url",)),
    "youtube.com": ("/redirect", ("q",)),
    "out.reddit.com": ("/", ("url",)),
    "t.umblr.com": ("/redirect", ("z",)),
    "slack-redir.net": ("/link", ("url",)),
    "vk.com": (r"/away\.php", ("to",)),
    "duckduckgo.com": ("/l/", ("uddg",)),
    "bing.com": ("/ck/a", ("u",)),
    "disq.us": ("/url", ("url",)),
    "linkprotect.cudasvc.com": ("/url", ("a",)),
    "ctp.trendmicro.com": ("/wis/clicktime", ("url",)),
    "protection.sophos.com": ("/", ("u",)),
    "go.skimresources.com": ("/", ("url",)),
    "go.redirectingat.com": ("/", ("url",)),
    "awin1.com": (r"/cread\.php", ("ued", "p")),
    "mandrillapp.com": ("/track/click/", ("p",)),
    "substack.com": ("/redirect/", ()),
    "customeriomail.com": ("/e/c/", ()),
    "awstrack.me": ("/L0/", ()),
    "secure-web.cisco.com": ("/", ()),
}
_GOOGLE = re.compile(r"(?:www\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})")
#: Parameters that carry a mailer's target, and the pages that have them for another reason.
_TARGET_NAME = re.compile(
    r"url|u|target|redir(?:ect)?(?:_?ur[li]|_?to)?|dest(?:ination)?|link|href|goto|to|r|q", re.IGNORECASE
)
_NOT_REDIRECTING = re.compile(
    r"shar(?:e|er|ing)|intent|log-?in|sign-?in|sign-?up|auth|sso|oauth|archive|cache|translat|valid|save|submit|view|embed"
    r"|player|proxy|compose|send\b|subscri|preferences|search|api\b|image|img\b|pixel|open\b",
    re.IGNORECASE,
)
_PAYLOAD_NAME = re.compile(rf"(?:{_TARGET_NAME.pattern}|e|l|p)", re.IGNORECASE)


def unwrapped(url: str, *, of_mail: bool = False) -> str:
    """Give the target of a link through a known redirector, else the link as it is.

    ``of_mail``: the link stands in a mail, where any parameter such as ``url=`` or a payload in base64
    is a mailer's way to count clicks; on a page it may as well be a login or an archive's viewer.
    At most three wrappers are undone; targets are http or https and name a host.
    """
    for _ in range(_MOST_NESTED):
        target = _target(url, of_mail) if len(url) <= _LONGEST else None
        if target is None or target == url:
            break
        url = target
    return url


def _target(url: str, of_mail: bool) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    if host.startswith("urldefense.") and (host == "urldefense.com" or host.endswith(".proofpoint.com")):
        return _of_proofpoint(url, parts)
    if _GOOGLE.fullmatch(host):
        return _of_parameters(parts, ("q", "url")) if parts.path == "/url" else None
    known = _known(host)
    if known is not None and re.match(known[0], parts.path):
        return _of_parameters(parts, known[1]) or (None if known[1] else _of_path(url, parts))
    return _of_mailer(url, parts) if of_mail else None


def _known(host: str) -> tuple[str, tuple[str, ...]] | None:
    labels = host.split(".")
    return next((_KNOWN[end] for i in range(len(labels) - 1) if (end := ".".join(labels[i:])) in _KNOWN), None)


def _fit(words: str | None) -> str | None:
    """The words as an address that can be a target: http or https, a host, no credentials; else None."""
    if not words:
        return None
    words = words.strip()
    for _ in range(2):
        if _HTTP.match(words) or not _ENCODED.match(words):
            break
        words = unquote(words)
    if not _HTTP.match(words) or _UNFIT.search(words):
        return None
    try:
        parts = urlsplit(words)
        fits = parts.port != 0 and "@" not in parts.netloc and _HOST.fullmatch(parts.hostname or "")
    except ValueError:
        return None
    return words if fits else None


def parameters(query: str) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a query with their values decoded once; a plus stays a plus."""
    for piece in re.split("&(?:amp;)?", query, maxsplit=_MOST_PARTS)[:_MOST_PARTS]:
        name, _, value = piece.partition("=")
        yield unquote(name), unquote(value)


def _of_parameters(parts: SplitResult, names: tuple[str, ...]) -> str | None:
    values = dict(reversed(list(parameters(parts.query))))
    for name in names:
        if name in values and (found := _fit(values[name]) or _of_base64(values[name])):
            return found
    return None


def _of_path(url: str, parts: SplitResult) -> str | None:
    """The target that a redirector's path carries: encoded as a segment, written out, or in base64."""
    for segment in parts.path.split("/", _MOST_PARTS)[1:_MOST_PARTS]:
        if found := _fit(unquote(segment)) or _of_base64(segment):
            return found
    # "/track/https://mill.example/a?b=1": the rest of the link is the target.
    place = url.find("/http", len(parts.scheme) + 3)
    return _fit(url[place + 1 :]) if 0 <= place < len(url) - len(parts.query) else None


def _of_mailer(url: str, parts: SplitResult) -> str | None:
    label = (parts.hostname or "").partition(".")[0]
    if _NOT_REDIRECTING.search(f"{label}{parts.path}"):
        return None
    for name, value in parameters(parts.query):
        if _TARGET_NAME.fullmatch(name) and (found := _fit(value)):
            return found
    tokens = [value for _, value in parameters(parts.query)] + parts.path.split("/", _MOST_PARTS)[1:_MOST_PARTS]
    for token in tokens:
        # No host of an address is long enough to be mistaken for base64 that holds another address.
        if (found := _of_base64(token)) or (found := _fit(token) if "%" in token else None):
            return found
    return None


def text_of_base64(token: str) -> str | None:
    """Give the text that a token holds in base64 of either alphabet, padded or not; None where it holds none."""
    if not _BASE64.fullmatch(token) or len(token) > _LONGEST:
        return None
    plain = token.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        text = urlsafe_b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
    except (BadBase64, ValueError):
        return None
    return None if re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text) else text


def _of_base64(token: str) -> str | None:
    """The target in a token of base64: an address itself, or JSON that has it; parts of a JWT one by one."""
    for piece in token.split(".", 3)[:3]:
        # Bing writes "a1" before it.
        for coded in (piece, piece[2:] if piece.startswith("a1") else ""):
            text = text_of_base64(coded) if coded else None
            if text is not None and (found := _fit(text) or _of_json(text)):
                return found
    return None


def _of_json(text: str) -> str | None:
    """The target in a JSON object, or in an object written as a string inside it."""
    for _ in range(2):
        try:
            payload = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(payload, dict):
            return None
        strings = [(key, value) for key, value in payload.items() if isinstance(value, str)]
        for key, value in strings:
            if _PAYLOAD_NAME.fullmatch(key) and (found := _fit(value)):
                return found
        text = next((value for _, value in strings if value.lstrip().startswith("{")), "")
    return None


_V3 = re.compile(r"/v3/__(?P<url>.+?)__;(?P<bytes>[A-Za-z0-9+/_=-]*)!")
_V3_RUN = re.compile(r"\*(?:\*(?P<run>.))?")
_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _of_proofpoint(url: str, parts: SplitResult) -> str | None:
    """The target of a Proofpoint link, which its three versions encode in three ways."""
    values = dict(parameters(parts.query))
    if parts.path.startswith("/v1/"):
        return _fit(unescape(values.get("u", "")))
    if parts.path.startswith("/v2/"):
        raw = next((v[2:] for v in parts.query.split("&") if v.startswith("u=")), "")
        return _fit(unescape(unquote(raw.replace("-", "%").replace("_", "/"))))
    found = _V3.search(url)
    if found is None:
        return None
    coded = found["bytes"].rstrip("=").replace("+", "-").replace("/", "_")
    try:
        replaced = iter(urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode("utf-8"))
        target = _V3_RUN.sub(_replaced_by(replaced), found["url"])
    except (BadBase64, ValueError, IndexError):
        return None
    return _fit(re.sub(r"^(https?):/(?!/)", r"\1://", target))


def _replaced_by(characters: Iterator[str]) -> Callable[[re.Match[str]], str]:
    """A star stands for one character, two and a letter for a run of them."""

    def one(match: re.Match[str]) -> str:
        run = match["run"]
        count = 1 if run is None else _RUNS.index(run) + 2
        words = "".join(next(characters, "") for _ in range(count))
        if len(words) != count:
            raise ValueError("more characters are left out than are stated")
        return words

    return one
