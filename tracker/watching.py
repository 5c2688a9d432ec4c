from scrapers.charset import decode
from scrapers.document import Capture
from scrapers.html_tree import parse

def around(capture: Capture) -> str:
    tree = parse(decode(capture.body, capture.charset))
    if tree is None:
        return ""
    words = [str(t) for e in tree.iter() if isinstance(e.tag, str) and e.tag not in ("script","style","noscript","template") for t in [e.text] if t]
    return " ".join(words)
