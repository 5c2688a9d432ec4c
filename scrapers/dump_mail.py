"""E-mails that were pasted or saved as plain text: is it one, and where are body and footer?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scrapers import furniture
from scrapers.dump_blocks import Judged, is_running
from scrapers.dump_lines import Unit
from scrapers.mail_text import is_forward_head, preheaders

_HEADER = re.compile(r"(from|to|cc|bcc|subject|date|sent|reply-to|message-id)\s?:\s+(\S.*)", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:(?:dear|hi|hello|hey|greetings|good (?:morning|afternoon|evening)|hi there|hello there|fellow"
    r"|friends?)\b[^.?]{0,50}[,:!\u2014\u2013-]*"
    r"|(?-i:[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)?)\s?(?:,|\s?-+|\u2014|\u2013|:))$",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:many |my |our |kind|best|warm|warmest|kindest)?\s?(?:thanks|regards|wishes"
    r"|sincerely|yours(?: \w+)?|best|cheers|warmly|gratitude|thank you)"
    r"(?: \w+){0,4}|sincerely(?: yours)?|in solidarity|in (?:hope|unity|liberty|service|freedom"
    r"|gratitude|peace)(?: \w+){0,3}|respectfully|onward(?:s)?(?: \w+){0,2}|for (?:freedom|liberty"
    r"|america)"
    r"|love(?: \w+){0,3}|god bless(?: \w+){0,4}|all the best|talk soon|forward"
    r"|faithfully)\s?[,!.\u2014-]*$",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"p\.? ?p?\.? ?s\b\.?", re.IGNORECASE)
_FOOTER = re.compile(
    r"\bunsubscribe\b|\bpaid for\b|\bauthori[sz]ed by\b|\b(?:our|mailing|postal) (?:mailing "
    r"|postal )?address\b|\bcontributions? (?:or gifts |to )?.{0,60}"
    r"\b(?:not (?:tax[- ])?deductible|are not)\b|\byou(?:'|\u2019)?(?: a)?re receiving\b"
    r"|\bwhy did i get this\b|\byou (?:are )?receiv(?:ed|ing) this\b|\bthis (?:e-?mail|message"
    r"|communication) (?:was|has been|is) (?:sent|intended|paid)"
    r"|\ball rights reserved\b|\u00a9|\bcopyright\b|\badd us to your address book\b"
    r"|\bupdate (?:your )?(?:profile|preferences|subscription|e-?mail)"
    r"|\bmanage (?:your )?(?:preferences|subscription)|\bhow you receive these\b"
    r"|\bprivacy (?:policy|notice)\b|\bsent (?:to|by|via|from)\b.{0,80}(?:@|\[|\bhttp|\bwww)"
    r"|\bpowered by\b|\bno longer (?:wish|want) to receive|\bview (?:this )?(?:e-?mail )?(?:in|online"
    r"|on)\b.{0,20}\b(?:browser|online|web)"
    r"|\bemail (?:preferences|subscription)|\bopt[- ]out\b|\bsubscriptions? (?:center|centre"
    r"|preferences)\b|\bfederal (?:law|election)\b.{0,80}\b(?:requires|commission|candidates?)\b"
    r"|\bregistered (?:office|charity|company)\b|\b(?:email|message) is intended (?:only )?for\b"
    r"|\bif you (?:believe you|no longer|wish to|would like to|want to"
    r"|prefer not)\b.{0,60}\b(?:unsubscribe|e-?mails?|error|stop|receiv|remove)"
    r"|\bremove(?:d)? (?:me|yourself|your|from)\b.{0,40}\blist|\btrusted email from\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\bP\.? ?O\.? Box \d+"
    r"|\b\d{1,5}(?:-\d{1,5})? (?:[A-Z][\w.]*,? ){1,4}(?:St|Street|Ave|Avenue|Road|Rd|Blvd|Boulevard"
    r"|Drive|Dr|Lane|Ln|Suite|Ste|Way|Place|Pl|Square|Court|Hall|House)\b"
    r"|^(?:united kingdom|united states(?: of america)?|usa|uk|canada|australia|ireland)$|^(?:tel"
    r"|phone|fax|t|p)\b\.?:? ?[+(\d][\d() .+-]{6,}$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\W*(?:(?:yes|donate|give|chip in|contribute|rush|pitch in|add|send|click to give|i'll give"
    r"|i can give)[!,:]? ){0,2}(?:[$\u00a3\u20ac]\s?\d[\d,.]*|any amount|another amount|other amount"
    r"|other)\b.{0,60}$",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:donate|chip in|pitch in|contribute|sign (?:the|our|this|up|now|here|on|my)|add (?:your"
    r"|my) (?:name|voice|signature)|take action|act now|take the (?:survey|poll|pledge|quiz)"
    r"|click (?:here|now|below|to)|give (?:today|now|here)|join (?:us|now|today|here|our)|rsvp"
    r"|register (?:now|here|to|today)|read more|learn more|find out more|see more|share (?:this|now|on"
    r"|the)|tweet (?:this|now|it)|forward this"
    r"|volunteer (?:now|today|here|for)|vote now|watch (?:now|the|here|our)|buy (?:now|tickets)"
    r"|get (?:your )?tickets|send (?:a|an|your) (?:email|message|letter)|email your|write to your"
    r"|call your|pledge (?:now|today|to)|demand \w+ ?[-\u2013:]|make (?:a|your) (?:donation|gift"
    r"|contribution)"
    r"|contribut(?:e|ion) (?:now|today)|support (?:us|our campaign|the campaign|my campaign) ?(?:now"
    r"|today|>)?|count me in|i'm in|i(?:\u2019|')ll (?:sign|chip|give)|sponsor (?:now|a)|get involved"
    r"|download|subscribe|order (?:now|yours|here))\b",
    re.IGNORECASE,
)
#: An act that the reader is asked for, with its address; a source ("Read the report: …") is none.
_CALL_ADDRESS = re.compile(
    r"\W{0,6}(?:write|sign|e-?mail|call|donate|give|chip in|tell|ask|join|share|add|take|act"
    r"|demand|send|pledge|register|volunteer|vote|tweet|forward|rsvp|subscribe|unsubscribe)\b.{0,90}?"
    r"(?::|->|\u2192|at|here) {0,4}<?https?://\S+$",
    re.IGNORECASE,
)
_LEAVE = re.compile(r"\bunsubscribe\b|\bthis e-?mail was sent\b|\bstop receiving\b", re.IGNORECASE)
_ARROW = re.compile(r"(?:>{1,}|\u2192|\u00bb|\u25ba|\u203a)\s*$")


def mail_headers(units: Sequence[Unit]) -> dict[int, tuple[str, str]]:
    """Give the header lines at the top of a pasted message: index of the unit to (name, value)."""
    found: dict[int, tuple[str, str]] = {}
    for i, unit in enumerate(units[:14]):
        match = _HEADER.fullmatch(unit.words[:2000].strip("*"))
        if match:
            found[i] = (match.group(1).lower(), match.group(2).strip())
        elif len(found) >= 2:
            break
        elif found or i >= 4:
            found.clear()
            if i >= 4:
                break
    names = {name for name, _ in found.values()}
    return found if len(names & {"from", "to", "subject", "date", "sent"}) >= 2 else {}


def is_mail(units: Sequence[Unit]) -> bool:
    """Tell an e-mail from a page by its headers, or greeting, sign-off, postscript and footer."""
    if mail_headers(units):
        return True
    head, tail = units[:8], units[-25:]
    menus = sum(1 for unit in head if furniture.is_control(unit.words))
    later = " \n ".join(unit.words[:400] for unit in tail)
    score = 2.0 if any(is_greeting(unit.words) for unit in head) else 0.0
    score += 1.0 if any(is_sign_off(unit.words) for unit in units[1:]) else 0.0
    score += 1.0 if any(_POSTSCRIPT.match(unit.words) for unit in units[2:]) else 0.0
    score += 1.5 if re.search(r"\bunsubscribe\b|\bmailing list\b|\bopt[- ]out\b", later, re.IGNORECASE) else 0.0
    score += 1.5 if re.search(r"\bpaid for\b|\bmailing address\b|\bauthori[sz]ed by\b", later, re.IGNORECASE) else 0.0
    score += (
        1.5
        if re.search(
            r"\bthis e-?mail\b|\bthese e-?mails\b|\breceiving\b.{0,20}\be-?mails?\b|\bsent (?:to|by|via)\b",
            later,
            re.IGNORECASE,
        )
        else 0.0
    )
    # A page begins with its menu, a mailing with its message.
    opens = any(is_running(unit.words, unit.words.count(" ") + 1) for unit in units[:6])
    if opens and any(_LEAVE.search(unit.words) for unit in units[-10:]):
        score += 1.0
    return score - 0.7 * menus - max(0, len(units) - 150) * 0.05 >= 2.5


def is_greeting(words: str) -> bool:
    """Tell whether a line greets the reader of a message ("Dear friend,")."""
    return len(words) <= 70 and words.count(" ") <= 7 and _GREETING.match(words) is not None


def is_sign_off(words: str) -> bool:
    """Tell whether a line takes leave ("Kind regards,")."""
    return len(words) <= 60 and _SIGN_OFF.match(words) is not None


def is_button(words: str) -> bool:
    """Tell whether a line is a call with a link behind it ("Chip in $25 >>", "Sign the petition")."""
    count = words.count(" ") + 1
    if count <= 16 and len(words) <= 400 and _CALL_ADDRESS.match(words):
        return True
    if count > 12 or len(words) > 110:
        return False
    if _ARROW.search(words) and count <= 10:
        return True
    if words.endswith((".", ":", ",")):
        return False
    return (_AMOUNT.match(words) is not None and count <= 9) or _CALL.search(words) is not None


def footer_start(units: Sequence[Unit]) -> int:
    """Give the index of the unit at which a message's footer begins, ``len(units)`` without one."""
    best, best_sum, total = len(units), 0.0, 0.0
    for i in range(len(units) - 1, 0, -1):
        total += _footer_score(units[i].words)
        if total > best_sum:
            best, best_sum = i, total
    return best


def _footer_score(words: str) -> float:
    if _POSTSCRIPT.match(words) or is_sign_off(words):
        return -4.0
    count = words.count(" ") + 1
    if _FOOTER.search(words[:1200]):
        return 3.0
    if len(words) <= 90 and _ADDRESS.search(words):
        return 2.5
    if furniture.is_control(words) or furniture.is_address_line(words):
        return 0.1
    if furniture.notices(words) and count <= 30:
        return 0.5
    return -0.06 * min(count, 60) - (1.0 if is_running(words, count) else 0.0)


def mail_tags(judged: Sequence[Judged]) -> list[str]:
    """Give every unit of a message its tag: all is body but headers, buttons, menus and the footer."""
    units = [item.unit for item in judged]
    headers, footer = mail_headers(units), footer_start(units)
    heads = (i for i, unit in enumerate(units) if i not in headers and is_forward_head(unit.words))
    forwarded = next(heads, len(units))
    signed = next((i for i in range(footer - 1, 0, -1) if is_sign_off(units[i].words)), footer)
    first = max(headers, default=-1) + 1
    repeated = {first + n for n in preheaders([unit.words for unit in units[first:forwarded]])}
    tags: list[str] = []
    for i, item in enumerate(judged):
        words = item.unit.words
        if i in repeated:
            tags.append("nav")
        elif i in headers:
            tags.append("h" if headers[i][0] == "subject" else "nav")
        elif i >= forwarded and i < footer and not _HEADER.fullmatch(words[:2000].strip("*> ")):
            tags.append("nav" if is_forward_head(words) else "blockquote")
        elif i >= footer or i >= forwarded:
            tags.append("footer" if i >= footer else "nav")
        elif item.unit.quoted and not (is_button(words) and _stands_alone(units, i)):
            tags.append("blockquote")
        elif _is_mail_furniture(words, item) and not is_greeting(words):
            tags.append("nav")
        elif item.unit.level:
            tags.append("li")
        elif i < signed and _heads_section(judged, i, footer):
            tags.append("h")
        else:
            tags.append("p")
    return tags


def _stands_alone(units: Sequence[Unit], i: int) -> bool:
    """Tell whether a line with quotation marks has none beside it: they are arrows (">>> Sign here")."""
    return not any(unit.quoted for unit in (*units[max(0, i - 1) : i], *units[i + 1 : i + 2]))


def _is_mail_furniture(words: str, item: Judged) -> bool:
    if _POSTSCRIPT.match(words):
        return False
    if is_button(words) or furniture.is_control(words) or furniture.is_address_line(words):
        return True
    return item.count <= 25 and _FOOTER.search(words) is not None


def _heads_section(judged: Sequence[Judged], i: int, footer: int) -> bool:
    words, count = judged[i].unit.words, judged[i].count
    if count > 12 or not len(words) >= 4 or words[-1:] in ".:,;!?-\u2014\u2013\u2026" or is_greeting(words):
        return False
    after = judged[i + 1] if i + 1 < footer else None
    title = words.isupper() or sum(w[:1].isupper() or len(w) < 4 for w in words.split()) >= 0.8 * count
    if after is None or not title or is_sign_off(words) or _POSTSCRIPT.match(after.unit.words):
        return False
    return after.running or after.unit.level > 0
