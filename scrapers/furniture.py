"""What web pages and mailings carry besides the work: the vocabulary of furniture, by class.

Each predicate takes one line or paragraph and looks at nothing else; where it stands, and what
stands around it, is for the callers to weigh. No rule here knows a single site.
"""

from __future__ import annotations

import re

from scrapers.dump_words import CONTROLS

#: Longer texts are judged by their beginning: furniture announces itself.
_LOOK = 1200
_NOISE = re.compile(r"[\d\W_]+")
_SPACE = re.compile(r"\s+")
#: Sentences that a site addresses to its visitors. Each stands for one sort of notice.
_NOTICES = tuple(
    (tuple(words.split("|")), re.compile(pattern, re.IGNORECASE))
    # Each sort has the words of which one must be there: looking for those first is ten times as fast.
    for words, pattern in (
        (
            "rights reserved|copyright|©|(c)",
            r"all rights reserved|\bcopyright ?(?:©|\(c\)|20\d\d|19\d\d)|©|\(c\) ?(?:19|20)\d\d",
        ),
        (
            "policy|policies|notice|statement|choices|settings|preferences",
            r"\b(?:our|your|this site's|see|read|review|the site's|website's"
            r"|updated) (?:\w+ )?(?:privacy|cookies?|data) "
            r"(?:policy|policies|notice|statement|choices|settings|preferences)",
        ),
        (
            "privacy|cookie",
            r"\bprivacy (?:policy|notice|statement)(?: and|,| &| or|\.|$)|\bcookie (?:policy|settings"
            r"|preferences|consent)\b",
        ),
        (
            "cookie|we use|we set|we store|we collect|we process|partners|we also",
            r"\bwe (?:and our (?:\d+ )?partners |also )?(?:use|set|store|collect|process)\b.{0,40}"
            r"\b(?:cookies?|data|information)\b|\buses? cookies\b|\bcookies (?:to|and|are|help|on)\b",
        ),
        (
            "by ",
            r"\bby (?:clicking|signing|subscribing|continuing|using|submitting|registering|providing"
            r"|entering|"
            r"creating|joining|accepting|browsing|closing|checking|tapping|selecting)\b.{0,80}\b(?:you"
            r"|agree|consent|accept)\b",
        ),
        (
            "terms |agreement|community ",
            r"\b(?:terms (?:of (?:use|service|sale)|and conditions|& conditions)|user agreement"
            r"|visitor agreement|"
            r"community (?:standards|guidelines|rules))\b",
        ),
        (
            "javascript|cookies|block|browser|captcha|verify",
            r"\b(?:enable|disable|turn on|requires?|allow|support) (?:your )?(?:javascript|cookies"
            r"|ad ?-?block\w*)"
            r"|\bad ?-?blocker\b|\byour (?:web )?browser\b|\brecaptcha\b"
            r"|\bverify (?:that )?you are (?:not a robot|human)",
        ),
        (
            "express|necessarily|not reflect|not represent",
            r"\b(?:views?|opinions?)\b.{0,60}\bexpressed\b.{0,120}\b(?:author|own"
            r"|not (?:necessarily )?(?:reflect|represent|"
            r"those|constitute))|\bnot necessarily (?:reflect|represent|those|the views?)"
            r"|\bdo(?:es)? not (?:reflect|represent) the (?:views?|opinions?)",
        ),
        (
            "may not be ",
            r"\bmay not be (?:published|reproduced|broadcast|rewritten|redistributed|copied|used"
            r"|distributed|republished)",
        ),
        (
            "sign up|subscribe|register|opt in|newsletter",
            r"\b(?:sign up|subscribe|register|opt in)\b.{0,50}\b(?:newsletters?|updates|alerts|inbox"
            r"|digest|emails?|bulletins?|"
            r"account|today|free trial|free|podcast|channel)\b|\bsubscribe (?:to|for|now)\b|\b(?:our|a"
            r"|free|daily|weekly|the) "
            r"(?:\w+ )?newsletters?\b",
        ),
        (
            "inbox|your ",
            r"\b(?:in|to|into|straight to) your inbox\b|\byour (?:e-?mail(?: address)?|account"
            r"|personal data|subscription|password|"
            r"username|personal information|profile|device|preferences|consent|trial|data protection)\b",
        ),
        (
            "password|account|member|subscriber|registered",
            r"\bforgot(?:ten)? (?:your |my )?password|\bcreate (?:an|your|a free) account|\b(?:already"
            r"|not yet) (?:a |have an? )"
            r"?(?:subscriber|member|account|registered)|\bhave an? (?:\S+ )?account\b",
        ),
        (
            "log|sign|register",
            r"\b(?:log|logged|sign|signed) ?in\b.{0,30}\b(?:to|with|using|as|before|or)\b|\b(?:must"
            r"|need to|have to|please) "
            r"(?:be )?(?:log|sign|register)",
        ),
        (
            "notification|alerts",
            r"\bpush notifications?\b|\b(?:get|turn on|enable|receive"
            r"|allow) (?:\w+ ){0,3}(?:notifications|alerts)\b",
        ),
        (
            "follow|us on",
            r"\bfollow \S+(?: \S+)? on (?:instagram|facebook|twitter|x\b|linkedin|youtube|telegram"
            r"|whatsapp)|\bfollow (?:us|me|\S+ \S+|@\w+) on\b|\b(?:like|find|join) us on\b"
            r"|\bfollow @\w+|\bfollow on (?:twitter|facebook|instagram)",
        ),
        (
            "download|available on",
            r"\bdownload (?:the|our) (?:\w+ ){0,3}app\b|\bavailable on (?:ios|android|the app store)",
        ),
        (
            "comment|post|submission|repl|review|discussion|conversation",
            r"\b(?:comments?|posts?|submissions?) (?:\w+ )?(?:will be|are|may be|must be|is|have been"
            r"|posted) "
            r"(?:\w+ )?(?:moderated|deleted|removed|closed|edited|reviewed|subject|approved|disabled"
            r"|posted|published)"
            r"|\b(?:leave|post|add|write|submit) (?:a|your) (?:comment|reply|review)\b|\bcommenting\b"
            r"|\bjoin the (?:conversation|discussion)\b",
        ),
        (
            "user|moderator",
            r"\busers?\b.{0,60}\b(?:comments?|rules|obliged|registration|website|moderators?|violat\w+)\b"
            r"|\bmoderators?\b.{0,60}\b(?:accounts?|unlock|contact|comments?|write to)\b|\bmoderator@",
        ),
        (
            "unsubscribe|opt|manage|mailing list|receiv|was sent",
            r"\bunsubscribe\b|\bopt[- ]out\b|\bmanage (?:your )?(?:preferences|subscription|settings"
            r"|cookies)|\bmailing list\b"
            r"|\byou(?:'|\u2019)?(?: a)?re receiving this|\bthis (?:e-?mail|message) was sent\b"
            r"|\breceived? this (?:e-?mail|message) because",
        ),
        (
            "personal |gdpr|data protection",
            r"\bpersonal (?:data|information)\b.{0,80}\b(?:we|our|us|you|your)\b|\b(?:we|our|you"
            r"|your)\b.{0,60}\bpersonal (?:data|information)\b"
            r"|\b(?:gdpr|data protection (?:rights|act|regulation|officer))\b",
        ),
        (
            "registered|company n|vat ",
            r"\b(?:registered (?:in|office|company|charity|number)|company (?:number|no\.?)"
            r"|vat (?:number|no|reg))\b.{0,40}\d",
        ),
        (
            "delayed|data |quote",
            r"\b(?:data|quotes?) (?:is |are )?(?:delayed|provided) (?:at least|by)\b"
            r"|\bdelayed by at least \d+ minutes",
        ),
        (
            "commission|affiliate|disclosure",
            r"\b(?:earn|receive|get) (?:an? |a small )?(?:affiliate )?commission\b"
            r"|\baffiliate links?\b|\badvertiser disclosure\b",
        ),
        (
            "contact|mail|write to|reach|tip",
            r"\b(?:contact|e-?mail|write to|reach) (?:us|me|the (?:editors?|newsroom|author|reporter)"
            r"|\w+ \w+) (?:at|on|:)|\bgot a (?:news )?tip\b",
        ),
        (
            "click here|tell us|let us know|think?|please |went wrong",
            r"\bclick here\b|\btell us what you think|\blet us know (?:what|in the comments|below)"
            r"|\bwhat do you think\?|\bplease (?:try again|check your|enter|confirm|wait|click|select"
            r"|choose|complete)\b|\bsomething went wrong\b",
        ),
        (
            "by |this |published|appeared",
            r"^\(?(?:additional )?(?:reporting|writing|editing|compiled) by (?-i:[A-Z])"
            r"|\bthis (?:story|article|post|report|content) (?:was|has been|is) (?:originally |first "
            r"|automatically )?"
            r"(?:published|produced|appeared|updated|generated|provided|edited|part of|syndicated)"
            r"|\b(?:originally|first) (?:published|appeared) (?:on|in|at|by)\b",
        ),
        (
            "support|join |readers |members |become a|donation|contribut|as little as|without your help|everyone",
            r"\bsupport (?:independent|our|quality|local) journalism\b|\bbecome a (?:member|subscriber"
            r"|supporter)\b"
            r"|\b(?:make a|your) (?:donation|contribution)\b.{0,40}\b(?:today|now|support|helps?|will"
            r"|keeps?)\b"
            r"|\b(?:give|giving|contribut(?:e|ing)|donat(?:e|ing)"
            r"|for) (?:us )?as little as [$\u00a3\u20ac]|\bwithout your help\b"
            r"|\bkeep (?:\w+ ){1,3}(?:free|open) (?:for|to) (?:everyone|all)\b"
            r"|\bjoin (?:them|us|our|\d[\d,]*)\b.{0,60}[$\u00a3\u20ac]\d"
            r"|\b(?:readers|members|supporters) (?:pay|fund)\b"
            r"|\bsupport our (?:newsroom|journalis(?:m|ts)|work|reporting)\b",
        ),
    )
)

_COMMENTS = re.compile(
    r"(?:\d[\d,.]* )?(?:comments?|responses|replies|reactions|reader comments)(?: ?\(?\d[\d,.]*\)?)?:?"
    r"|(?:leave|post|add|write) (?:a|your) (?:comment|reply)|(?:view|show|see|read|load|hide) (?:all "
    r"|more )?(?:\d+ )?comments"
    r"|join the (?:conversation|discussion)|(?:\d+ )?thoughts? on .{1,200}|community (?:standards"
    r"|guidelines|rules)"
    r"|comment(?:ing)? (?:policy|rules|guidelines)|conversation ?\(\d+\)|what do you think\??|have your say"
    r"|terms of (?:use|service)|privacy (?:policy|notice)|cookie (?:policy|notice)"
    r"|we value your privacy|your privacy.{0,40}",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"if you (?:enjoyed|liked|like|enjoy|value).{1,50}"
    r"|(?:you (?:may|might|will)(?: also)?|also|readers also) (?:like|liked|love|enjoy|be interested).{0,30}"
    r"|(?:related|recommended|similar|popular|promoted|sponsored|suggested|other|further|more|latest"
    r"|recent|featured)"
    r"(?: (?:top|video|local|reader|world|breaking|national))? (?:articles?|stor(?:y|ies)|posts?|news"
    r"|content|reading|videos?|headlines|topics|"
    r"coverage|links?|stories for you|for you|reads?|items|searches|podcasts?|features|reviews|jobs"
    r"|galleries|episodes)\b.{0,30}"
    r"|more (?:from|in|on|about|by|like this|for you|to read|to explore|coverage)\b.{0,60}"
    r"|(?:most|top|editor.?s?|editors.?|staff|our) (?:read|popular|viewed|shared|commented|watched"
    r"|recent|stor(?:y|ies)|"
    r"picks?|choice|headlines|news|videos|trending|discussed|emailed)\b.{0,30}"
    r"|(?:what|read|up|watch|see) (?:to (?:read|watch) )?next.{0,20}|(?:keep|continue) reading.{0,20}"
    r"|trending(?: now| topics| stories)?|recommended(?: for you| by .{1,20})?"
    r"|around the web|from (?:around )?(?:the|our) (?:web|partners?|sponsors?|archives?|network)"
    r"|elsewhere on .{1,30}|in this section|don.t miss.{0,20}|in case you missed it|read (?:also|more"
    r"|this)"
    r"|(?:about|meet) the (?:authors?|writers?|reporters?)|about [A-Z]\w+ [A-Z]\w+|(?:author"
    r"|writer).?s? (?:bio|profile|information)|tags?|topics?|tagged(?: with)?|filed under"
    r"|share this(?: article| story| post| page)?|follow us.{0,40}|(?:stay|get) (?:connected|in touch"
    r"|informed|updated).{0,30}|newsletters?|sign up.{0,60}|subscribe.{0,60}"
    r"|get .{0,40}newsletter.{0,20}"
    r"|(?:latest|recent|popular|trending)(?: (?:on|in|from) .{1,40})?|(?:previous|next|older"
    r"|newer) (?:article|post|story)|best of .{1,30}|taboola|outbrain|contact(?: us)?|site ?map"
    r"|quick links|company|legal",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:tags?|topics?|keywords?|categor(?:y|ies)|filed (?:under|in)|tagged(?: with)?|posted in"
    r"|related|see also|read (?:also|more|next|this)"
    r"|also read|more on this|more|watch|listen|video|don.t miss|recommended|share|follow|source"
    r"|previous|next|up next|explore|trending"
    r"|related (?:articles?|stor(?:y|ies)|links?|topics?|content|news|video)|most read|must read"
    r"|sponsored|advertisement|subscribe)\s?(?::|\||\u00bb|>|\u2192|\u2013|-(?= ))",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"(?:(?:photo|image|picture|photograph|photography|video|graphic|illustration|file photo"
    r"|photo illustration|cover|credits?|pic|foto)"
    r"(?: (?:credit|by|source|courtesy|copyright|via|provided)\b| ?[:\u00a9/|])"
    r"|(?:image|media|video|photo|picture) (?:caption|source|copyright|gallery)\b|caption ?:|above ?:"
    r"|(?-i:FILE) ?[-\u2013\u2014]|fil(?:e|ing) (?:photo|image)\b|\[?(?:image|photo) ?\d* ?(?:of"
    r"|/) ?\d|(?:\u00a9|\(c\)) ?(?!19|20)|enlarge(?: this)? image|click to (?:enlarge|expand)|(?:getty"
    r"|shutterstock|reuters|istock)\b)",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:getty(?: images)?|afp|reuters|shutterstock|istock(?:photo)?|alamy|epa|press association"
    r"|pa wire|wikimedia(?: commons)?|ap(?: photo)?|"
    r"unsplash|flickr|rex features|bloomberg|file photo|via [\w' ]{2,40}|courtesy(?: of)? [\w' ]{2,40})"
)
_CREDIT_END = re.compile(
    rf"(?:(?:[/|(\u00a9:\u2013\u2014]|[.!?\u201d\"]\s)\s*(?:[\w .,'&-]{{1,50}}/)?{_AGENCY}\)?|(?:photo"
    rf"|image|picture|credit|photograph) ?: ?[\w .,'&/|-]{{2,60}}|"
    r"\((?:photo|image|picture|credit|ap photo|file|courtesy|photograph)\b[^()]{0,80}\)?|(?:photo"
    r"|photograph|photos|image|picture|illustration) by [\w .'/-]{3,60}|"
    r"cc by[\w .-]{0,20})\W*$",
    re.IGNORECASE,
)
_CREDIT_WORDS = (
    "photo image picture credit illustration getty afp reuters shutterstock istock alamy epa "
    "press|association pa|wire wikimedia ap unsplash flickr rex|features bloomberg via courtesy file cc|by"
)
_CREDIT_TRIGGERS = tuple(word.replace("|", " ") for word in _CREDIT_WORDS.split())
_CREDIT_PAIR = re.compile(r"\(?[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]+){1,3} ?/ ?[A-Z][\w .&'-]{1,40}\)?$")
_CREDIT_ALONE = re.compile(rf"(?:[\w .,'&-]{{1,50}}[/|, ])?{_AGENCY}\W*$", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
#: Pages glue their spans: "20194:29 AM ESTUpdated an hour ago".
_GLUED = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=\b20\d\d)(?=\d{1,2}:\d\d)|(?<=[A-Za-z])(?=\d{1,4}\b)"
)
_STAMP_WORDS = re.compile(
    rf"\b(?:{_MONTH}|{_DAY}|a\.?m\.?|p\.?m\.?|gmt|utc|est|edt|pst|pdt|cst|cdt|mst|mdt|bst|ist|cet|et"
    rf"|pt|ct|mt|aest|aedt|published|updated|posted|modified|"
    r"created|last|on|at|ago|hours?|hrs?|minutes?|mins?|min|days?|weeks?|months?|years?|seconds?|read"
    r"|reading|time|first|date|yesterday|today|just|now|the|of|since|edited|this|article|is|more|than"
    r"|old|st|nd|rd|th|[tz])\b",
    re.IGNORECASE,
)
_STAMP_SIGN = re.compile(
    rf"\b\d+ (?:days?|weeks?|months?|years?) old\b"
    rf"|\b(?:19|20)\d\d\b|\d{{1,2}}:\d\d|\bago\b|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b"
    rf"|\b{_MONTH}\.? \d{{1,2}}\b|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}"
    r"|\b\d+ ?-?(?:min(?:ute)?s?) (?:read|watch|listen)\b|^\d+ (?:min|minutes?|hours?)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:story|written|posted|published|reported|words|text|article|reporting|analysis|opinion"
    r"|review|commentary|edited|compiled|produced|report|column) )?by:? "
    r"(?:(?:the )?(?-i:[^\W\d_a-z])[^\s,|]*|and|de|van|der|von|al|bin|la|le|,|&|\|)(?:[ ,|]+\S+){0,14}$",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\W{0,3}(?:for immediate release|not for (?:publication|release)|(?:strictly )?embargo(?:ed)?\b"
    r"|(?:press|media|news) (?:release|statement)\b)",
    re.IGNORECASE,
)
_ANNOUNCEMENT = re.compile(
    r"(?:(?:coming up|on (?:the )?air|now (?:playing|reading|on)|up next"
    r"|listen (?:live|back|now|again)|watch (?:live|now|again)|live now|breaking(?: news)?)\b.{0,12}[:(]"
    r"|watch this:|toggle caption|share (?:article |this )?(?:on|via|with)\b"
    r"|.{0,60}\(opens in (?:a )?new (?:window|tab)\)"
    r"|(?:all )?(?:photos?|pictures?|images?|words|illustrations?) ?(?:by\b|:)|skip to\b)",
    re.IGNORECASE,
)
_URL = re.compile(r"<?(?:https?://|www\.)\S+>?$", re.IGNORECASE)
_COUNTER = re.compile(r"[\d\W_]*(?:[kKmM]\b)?[\d\W_]*$")
_LONGEST_ADDRESS = 2000
_MAIL_ONLY = re.compile(r"\S+@\S+\.\w+$")


def plain_words(line: str) -> str:
    """Give a line without case, digits and punctuation, as controls are compared."""
    return _SPACE.sub(" ", _NOISE.sub(" ", line[:_LOOK].replace("'", "").replace("\u2019", "").lower())).strip()


def is_control(line: str) -> bool:
    """Tell whether a whole line is a menu item, a button, a form label or a counter."""
    if len(line) > 80:
        return False
    words = plain_words(line)
    return not words or words in CONTROLS or _COUNTER.match(line) is not None


def notices(paragraph: str) -> int:
    """Count the sorts of notices (privacy, cookies, account, rules, rights …) in a paragraph."""
    lower = (start := paragraph[:_LOOK]).lower()
    found = 0
    for words, pattern in _NOTICES:
        for word in words:
            if word in lower:
                found += pattern.search(start) is not None
                break
    return found


def opens_comments(line: str) -> bool:
    """Tell whether a line heads readers' comments, community rules or a legal notice."""
    return len(line) <= 120 and _COMMENTS.fullmatch(line.strip(" :\u2026.")) is not None


def opens_elsewhere(line: str) -> bool:
    """Tell whether a line heads links to other works (related, most read), tags or the author's box."""
    return len(line) <= 90 and _ELSEWHERE.fullmatch(line.strip(" :\u2026.>\u00bb")) is not None


def is_labelled_link(line: str) -> bool:
    """Tell whether a line is a label with links or tags after it ("Read more: …", "Tags: …")."""
    return len(line) <= 250 and _LABELLED.match(line) is not None


def is_caption(line: str) -> bool:
    """Tell whether a line is the caption or the credit of a picture."""
    if len(line) > 700:
        return False
    if len(line) <= 70 and line.count(" ") < 9 and (_CREDIT_ALONE.match(line) or _CREDIT_PAIR.match(line)):
        return True
    if len(line) <= 500 and _PICTURE.match(line):
        return True
    end = line[-120:].lower()
    # Most paragraphs name nothing of the kind: the words are looked for before the pattern.
    credited = any(word in end for word in _CREDIT_TRIGGERS)
    return credited and line.count(" ") < 90 and _CREDIT_END.search(line[-120:]) is not None


def is_stamp(line: str) -> bool:
    """Tell whether a line is a date, a clock, an age ("3 hours ago") or a reading time, no more."""
    if len(line) > 120:
        return False
    line = _GLUED.sub(" ", line)
    if not _STAMP_SIGN.search(line):
        return False
    return len(_NOISE.sub("", _STAMP_WORDS.sub("", line))) <= 3


def is_announcement(line: str) -> bool:
    """Tell whether a line says what a page, a player or a release is about to give, not what happened."""
    return is_release_mark(line) or (len(line) <= 160 and _ANNOUNCEMENT.match(line) is not None)


def is_release_mark(line: str) -> bool:
    """Tell whether a line marks a press release ("For immediate release", "Embargoed until …")."""
    return len(line) <= 80 and _RELEASE.match(line) is not None


def is_byline(line: str) -> bool:
    """Tell whether a line credits the writers ("By Jane Doe, health editor")."""
    return len(line) <= 160 and not line.endswith((".", "?", "!")) and _BYLINE.match(line) is not None


def is_address_line(line: str) -> bool:
    """Tell whether a line is nothing but a URL or an e-mail address."""
    if len(line) > _LONGEST_ADDRESS:
        return False
    return _URL.match(line) is not None or _MAIL_ONLY.match(line) is not None
