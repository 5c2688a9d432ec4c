"""Watches a page of the browser for whatever a hostile string might have brought to life."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Error, Page, Request

#: Runs in every page before its own scripts, whatever the page's policy.
_BEFORE = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', event => {
  window.__violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
});
"""
_LOOK = """() => {
  const found = [];
  if (window.__pwned !== undefined) found.push('a script ran');
  for (const violation of window.__violations) found.push('the policy stopped something: ' + violation);
  const leading = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href', 'poster', 'ping', 'background', 'cite'];
  for (const element of document.querySelectorAll('*')) {
    const shown = element.outerHTML.slice(0, 120);
    if (['IFRAME', 'FRAME', 'OBJECT', 'EMBED', 'BASE', 'APPLET'].includes(element.tagName)) found.push(shown);
    if (element.tagName === 'META' && element.httpEquiv.toLowerCase() === 'refresh') found.push(shown);
    if (element.tagName === 'FORM') {
      const target = new URL(element.getAttribute('action') || '', location);
      if (target.origin !== location.origin) found.push('a form that leads elsewhere: ' + shown);
    }
    for (const attribute of element.attributes) {
      const name = attribute.name.toLowerCase();
      // Datasette's own one; the policy allows no other.
      if (name.startsWith('on') && attribute.value !== 'openColumnChooser()') found.push('a handler: ' + shown);
      if (name === 'srcdoc') found.push(shown);
      if (leading.includes(name)) {
        let scheme = '';
        try { scheme = new URL(attribute.value, document.baseURI).protocol; } catch { continue; }
        if (!['http:', 'https:'].includes(scheme)) found.push('a live ' + scheme + ' address: ' + shown);
      }
    }
  }
  return found;
}"""


class Watch:
    """Opens pages in a window, and gathers everything that should not have happened in them."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.page.add_init_script(_BEFORE)
        self.opened = 0
        self.faults: list[str] = []
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", self._error)
        self.page.on("console", self._console)
        self.page.on("request", self._request)

    def _note(self, what: str) -> None:
        self.faults.append(f"{self.page.url}: {what}")

    def _dialog(self, dialog: Dialog) -> None:
        self._note(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def _error(self, error: Error) -> None:
        self._note(f"a script failed: {error.message}")

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            self._note(f"the policy stopped something: {message.text[:200]}")

    def _request(self, request: Request) -> None:
        """Our pages load nothing but our own scripts and style sheets."""
        own = request.url.startswith(f"{self.address}/-/static") or request.url == f"{self.address}/favicon.ico"
        navigation = request.is_navigation_request() and request.frame == self.page.main_frame
        if not own and not (navigation and request.url.startswith(self.address)):
            self._note(f"something was asked for: {request.resource_type} {request.url[:200]}")

    def look(self) -> None:
        """Looks the open page over, after the pointer has been on it."""
        self.page.mouse.move(300, 300)
        self.page.mouse.move(305, 310)
        self.opened += 1
        try:
            faults = self.page.evaluate(_LOOK)
        except Error as error:
            faults = [f"the page went elsewhere: {error.message}"]
        for fault in faults:
            self._note(fault)

    def open(self, path: str) -> int:
        """Opens a page, waits for all that it loads, looks it over, and gives its status."""
        answer = self.page.goto(self.address + path, wait_until="load")
        assert answer is not None
        self.look()
        return answer.status

    def told(self) -> str:
        """What happened, the first of it, a line each."""
        return "\n".join([f"{len(self.faults)} on {self.opened} pages", *self.faults[:20]])
