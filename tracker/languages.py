"""What to say of a document in another language than English, the only one that the reader knows (pure)."""

from __future__ import annotations

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic", "gl": "Galician", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nb": "Norwegian", "nl": "Dutch",
    "nn": "Norwegian", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovene", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
#: Tags for English, and for what is no one language.
_NOT_FOREIGN = frozenset({"en", "eng", "und", "mul", "zxx", "mis"})


def foreign_doubt(language: str | None) -> str | None:
    """Return the doubt about a document in that language (a tag such as ``nl-BE``); None for English or none known."""
    own = (language or "").partition("-")[0].partition("_")[0].lower()
    if not own or own in _NOT_FOREIGN:
        return None
    name = _NAMES.get(own, f'another language ("{own[:8]}")')
    return f"written in {name}, and only English is read: its claims may be wrong"
