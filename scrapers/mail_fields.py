"""The heads of messages in the languages of the mail programs that write them: one table of their words."""

from __future__ import annotations

import re
import unicodedata

#: What each line of a head is called: in English, German, French, Spanish and Portuguese, Dutch, Italian, Nordic.
_CALLED = {
    "from": ("from", "von", "de", "van", "da", "från", "fra"),
    "to": ("to", "an", "à", "para", "aan", "a", "till", "til"),
    "date": ("date", "datum", "fecha", "data", "dato"),
    "sent": ("sent", "gesendet", "gesendet am", "envoyé", "envoyé le", "enviado", "enviado el", "enviada", "enviado em",
             "enviada em", "verzonden", "inviato", "skickat", "sendt"),
    "subject": ("subject", "betreff", "betr", "objet", "sujet", "asunto", "assunto", "onderwerp", "oggetto",
                "ämne", "emne"),
    "cc": ("cc", "kopie", "kopie an", "copie", "copie à", "copia", "copia a", "kopia", "kopi"),
    "bcc": ("bcc", "blindkopie", "cci", "cco", "ccn"),
    "reply-to": ("reply-to", "antwort an", "répondre à", "responder a", "rispondi a"),
    "resent-from": ("resent-from",),
    "resent-to": ("resent-to",),
    "organization": ("organization", "organisation"),
    "attachments": ("attachments", "anlagen", "pièces jointes", "bijlagen", "allegati"),
    "importance": ("importance", "wichtigkeit", "priority", "priorität"),
    "list-unsubscribe": ("list-unsubscribe",),
}  # fmt: skip
_FORMS = {
    form: name
    for name, called in _CALLED.items()
    for word in called
    for form in (unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word))
}


def _any_of(*names: str) -> str:
    chosen = (form for form, name in _FORMS.items() if not names or name in names)
    return "|".join(map(re.escape, sorted(chosen, key=len, reverse=True)))


#: A line of a head: its name, as ``field_name`` takes it, and what it states.
HEAD_LINE = re.compile(
    rf"[>\s]{{0,8}}[*_]{{0,2}}(?P<name>{_any_of()})[*_]{{0,2}}\s?:[*_]{{0,2}}(?:\s+|$)(?P<value>.*)$",
    re.IGNORECASE | re.DOTALL,
)
#: The beginning of a line of a plain message that is never one with its neighbours; "A:" heads an answer too.
STARTS_LINE = re.compile(
    rf"^[*_]?(?!a\s?:)(?:{_any_of('from', 'to', 'cc', 'bcc', 'date', 'sent', 'subject', 'reply-to')})[*_]?\s?:[*_]?\s",
    re.IGNORECASE,
)
_OTHER = _any_of("sent", "date", "to", "subject")
#: A head as it stands in a block: who sent the message, and another line of it.
HEAD = rf"^(?:{_any_of('from')})\s?:[^\n]{{0,300}}\n(?:[^\n]{{0,300}}\n){{0,4}}?(?:{_OTHER})\s?:"
_PASSED_ON = (
    r"forwarded (?:message|e-?mail)|weitergeleitete (?:nachricht|e-?mail)"
    r"|message (?:transf\u00e9r\u00e9|r\u00e9exp\u00e9di\u00e9)"
    r"|mensaje reenviado|mensagem encaminhada|doorgestuurd bericht|messaggio inoltrato|vidarebefordrat meddelande"
)
_ORIGINAL = (
    r"original message|urspr\u00fcngliche nachricht|originalnachricht|message (?:d['\u2019]origine|original)"
    r"|mensaje original|mensagem original|oorspronkelijk bericht|messaggio originale"
)
_BEGINS = (
    r"begin forwarded message|start of forwarded message|forwarded message"
    r"|anfang der weitergeleiteten (?:nachricht|e-?mail)"
    r"|d\u00e9but du message (?:transf\u00e9r\u00e9|r\u00e9exp\u00e9di\u00e9)"
    r"|inicio del mensaje reenviado|in\u00edcio da mensagem encaminhada|begin doorgestuurd bericht"
    r"|inizio (?:del )?messaggio inoltrato"
)
#: A line that says that a message is passed on.
MARK = re.compile(
    rf"[>\s*_]{{0,8}}(?:[-_\u2013\u2014]{{2,}}\s*(?:{_PASSED_ON}|forwarded by\b[^\n]{{0,80}})\s*[-_\u2013\u2014]*"
    rf"|(?:{_BEGINS})\s*:)[\s*_]*$|[>\s*_]{{0,8}}(?:begin forwarded message|start of forwarded message)[\s*_]*$",
    re.IGNORECASE,
)
#: The beginning of a line that says that an older message follows.
FOLLOWS = rf"^[-_\s\\]*(?:(?:begin )?(?:original|forwarded)\s+message|{_PASSED_ON}|{_ORIGINAL}|{_BEGINS})\b"


def field_name(written: str) -> str:
    """Give a line's name in English, small letters; other names as they are."""
    plain = " ".join(written.lower().split())
    return _FORMS.get(plain, plain)
