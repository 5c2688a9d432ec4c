"""Small closed classes of English words, and the mood of a clause.

There is no tagger behind this: finite verbs are told by auxiliaries, by the regular past, by the
commoner irregular pasts, and by the present forms that press reports use.
"""

from __future__ import annotations

import re

AUXILIARY = (
    r"(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|ought"
    r"|isn.t|aren.t|wasn.t|weren.t|hasn.t|haven.t|hadn.t|don.t|doesn.t|didn.t|won.t|wouldn.t|can.t|cannot|couldn.t"
    r"|\w+['\u2019](?:ve|re|ll|d))"
)
_IRREGULAR_PAST = ["said", "told", "made", "paid", "found", "gave", "got", "went", "came", "took", "saw", "knew", "thought", "became", "began", "left", "kept", "held", "brought", "bought", "sold", "sent", "spent", "lost", "won", "met", "led", "ran", "rose", "fell", "grew", "cut", "hit", "put", "set", "let", "stood", "wrote", "spoke", "broke", "chose", "drew", "drove", "felt", "fought", "forgot", "hid", "hurt", "laid", "lay", "meant", "overtook", "read", "rode", "sank", "sat", "shook", "shot", "shut", "slid", "slept", "stole", "stuck", "struck", "swore", "swept", "taught", "threw", "undertook", "withdrew", "wore", "built", "caught", "dealt", "fed", "fled", "flew", "froze", "hung", "heard", "lent", "lit", "sought", "shrank", "shown", "seen", "given", "taken", "known", "done", "gone", "been", "written", "driven", "beaten", "overcharged"]
_PRESENT = ["says", "tells", "claims", "argues", "believes", "thinks", "wants", "needs", "shows", "finds", "reports", "reveals", "suggests", "estimates", "means", "makes", "takes", "gives", "gets", "goes", "comes", "costs", "pays", "earns", "employs", "owns", "runs", "holds", "leads", "faces", "expects", "plans", "aims", "hopes", "remains", "stands", "amounts", "totals", "exceeds", "accounts", "represents", "includes", "contains", "covers", "serves", "receives", "owes", "loses", "wins", "spends", "sells", "buys", "charges", "cuts", "raises", "rises", "falls", "grows", "drops", "reaches", "hits", "sees", "keeps", "leaves", "lives", "works", "uses", "supports", "backs", "opposes", "agrees", "refuses", "denies", "admits", "accepts", "rejects", "allows", "requires", "produces", "provides", "offers", "carries", "boasts", "features", "marks", "brings", "puts", "sets", "sits", "starts", "begins", "ends", "opens", "closes", "lasts", "involves", "affects", "kills", "dies", "suffers", "operates", "manages", "delivers", "handles", "treats", "trusts", "say", "tell", "claim", "argue", "believe", "think", "want", "need", "show", "find", "report", "suggest", "estimate", "mean", "make", "take", "give", "go", "come", "cost", "pay", "earn", "employ", "own", "run", "hold", "lead", "face", "expect", "plan", "remain", "stand", "amount", "total", "include", "contain", "cover", "serve", "receive", "owe", "lose", "win", "spend", "sell", "buy", "charge", "rise", "fall", "grow", "reach", "see", "keep", "leave", "live", "work", "use", "support", "back", "oppose", "agree", "refuse", "deny", "admit", "trust", "rely", "depend", "die", "suffer", "operate", "know", "knows", "feel", "feels", "prefer", "prefers", "disapprove", "approve", "favour", "favor", "weighs", "weigh", "measures", "measure", "stretches", "claim", "hopes"]
_NOT_PAST = (
    "need|needed(?= by)|indeed|speed|seed|feed|deed|breed|greed|exceed|proceed|succeed|hundred|kindred|sacred|naked|wicked|"
    "red|bed|shed|sled|led(?= light)|united|limited|related|so-called|aged|unmanned|experienced|detailed|alleged|armed|"
    "disabled|retired|advanced|supposed|beloved|skilled|unskilled|trained(?= (?:staff|nurses|guards))|unnamed"
)
FINITE_WORD = (
    rf"(?:{AUXILIARY}|(?!(?:{_NOT_PAST})\b)\w{{2,}}ed|{'|'.join(sorted({*_IRREGULAR_PAST, *_PRESENT}))})"
)
FINITE = re.compile(rf"(?<![\w-]){FINITE_WORD}(?![\w-])", re.IGNORECASE)
ADVERB = r"(?:\w+ly|also|now|then|later|still|even|just|only|never|already|since|again|often|once|twice|soon|not|thus)"
PRONOUN = r"(?:I|he|she|it|they|we|you|this|that|these|those|there|who|everyone|nobody|some|many|most|both|all|none)"
DETERMINER = r"(?:the|a|an|its|his|her|their|our|my|your|this|that|these|those|some|many|most|several|another|each|every|no|more|fewer|nearly|over|about|around|up|at|two|three|four|five|six|seven|eight|nine|ten)"  # fmt: skip

_IMPERATIVE = re.compile(
    r"(?:please\s+|just\s+|so\s+|and\s+|now\s+|today,?\s+|or\s+|then\s+)*"
    r"(?:don.t|do not|never|sign|share|donate|join|help|click|tap|take|tell|e-?mail|write|call|read|watch|support|demand|"
    r"let|let.s|add|chip|give|vote|stand|act|contribute|make|find|see|visit|subscribe|follow|stop|forward|ask|send|get|"
    r"pledge|protect|save|keep|check|download|register|reply|remember|imagine|consider|thank|thanks|look|listen|rush|"
    r"renew|become|be|show|learn|order|buy|enter|win|spread|fight|defend|start|put|pick|choose|text|print|book|use|try|"
    r"note|view|go|come|hurry|match|double|triple|confirm|complete|fill|pass|scrap|end|fix|ban|cut|build|invest|raise|"
    r"can you|will you|could you|would you|won.t you)\b(?!\s+(?:is|are|was|were|has|have|had|of|rate|campaign)\b)"
    r"(?![^.;]{0,24}\b(?:was|were|has|have)\s+\w+ed\b)"
    # "Call handlers say", "Support workers were": a noun before its plural, not an order.
    rf"(?!\s+(?:\w+\s+)?(?!us\b|this\b|his\b|its\b|yes\b)\w+s\s+(?:{ADVERB}\s+)?{FINITE_WORD}\b)",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"(?:^|[\s,;(\"\u201c\u2018-])(?:(?:I|we)(?:['\u2019](?:m|re|d|ve))?(?:\s+(?:really|all|both|just|also|still|do|don.t|would|are|am|have|urgently|now|cannot|can.t))*\s+"
    r"(?:need|want|hope|wish|believe|think|feel|urge|call on|calling on|demand|ask|asking|like|love|look forward|must|should|fighting)"
    r"|let us|let['\u2019]s|it is time|it['\u2019]s time)\b",
    re.IGNORECASE,
)
# What a mailing asks its readers for, with its sums and goals.
_SOLICIT = re.compile(
    r"\b(?:chip(?:ping)? in|help us|pitch in|aim(?:ing|s)? to raise|(?:we|I) (?:absolutely |really |still |urgently )*(?:need|must)|looking for|"
    r"make a (?:donation|contribution|gift)|can (?:you|we) count on|rsvp|sign up|for (?:every|each) [$\u00a3\u20ac]?\d+ (?:donated|you give|given)|"
    r"(?:fundraising|contributions?|donors?|signatures?|grassroots|raising|raise|end-of-\w+|monthly|our|ambitious)\b[^.;]{0,30}\bgoal|goal of raising|"
    r"days? (?:left|until|away|remaining|to go)|hours? (?:left|until|remaining|to go))\b",
    re.IGNORECASE,
)
_APPEAL = re.compile(r"(?:should|must|ought|needs?(?= to\b)|deserves?|shall)\Z", re.IGNORECASE)
_FUTURE = re.compile(
    r"(?:will|won.t|would|wouldn.t|could|couldn.t|might|may|can|can.t|cannot|\w+['\u2019](?:ll|d))\Z", re.IGNORECASE
)
_EXPECTED = re.compile(
    r"\b(?:is|are|was|were|be|been)\s+(?:now\s+|also\s+|still\s+|widely\s+)?(?:expected|likely|unlikely|set|due|predicted|forecast|projected|going|poised|"
    r"scheduled|about)\s+(?:to\b|that\b)",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may have|might have|could have|allegedly|reportedly|apparently|possibly|perhaps|thought to|believed to|"
    r"said to|understood to|rumou?red|suspected|seems? to|appears? to|it is claimed|it is alleged)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:and |but |so |even )?(?:if|unless|whether|suppose|supposing|were (?:it|they|he) to)\b", re.IGNORECASE)
_DONE = re.compile(r"(?:may|might|could|would|must|will|can)(?:n.t| not)?\s+(?:\w+\s+)?have\b", re.IGNORECASE)


def has_finite_verb(text: str, start: int, end: int) -> bool:
    """Whether a finite verb stands in ``text[start:end]``."""
    return FINITE.search(text, start, end) is not None


def mood(text: str, start: int, end: int) -> str:
    """The mood of a clause: statement, hedged, future, hypothetical, condition, appeal or opinion.

    It is told by how the clause begins and by its first finite verb: "people believe that it should
    go" is a statement, "it should go" an appeal.
    """
    words = text[start:end]
    if _CONDITION.match(words):
        return "condition"
    if _IMPERATIVE.match(words):
        return "appeal"
    if _SOLICIT.search(words):
        return "appeal"
    if _HEDGE.search(words):
        return "hedged"
    if _EXPECTED.search(words):
        return "future"
    verb = FINITE.search(words)
    if verb is None:
        return "statement"
    if _WISH.search(words[: verb.end() + 24]) and _WISH.search(words[: verb.end() + 24]).start() <= verb.start():  # type: ignore[union-attr]
        return "opinion"
    if _APPEAL.match(verb.group()) or re.match(r"needs?\s+to\b", words[verb.start() :], re.IGNORECASE):
        return "appeal"
    if _FUTURE.match(verb.group()):
        if _DONE.match(words, verb.start()):
            return "hedged"
        return "future" if re.match(r"(?:will|won.t|can|can.t|cannot)$|.*ll$", verb.group(), re.IGNORECASE) else "hypothetical"
    return "statement"
