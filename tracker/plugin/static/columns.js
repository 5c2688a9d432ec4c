// The menu of each column, made by Datasette's own script for the mouse alone, by keyboard too.
document.addEventListener("DOMContentLoaded", () => {
  let opened = null;
  for (const icon of document.querySelectorAll("th .dropdown-menu-icon")) {
    const heading = icon.closest("th");
    const link = heading.querySelector("a");
    icon.setAttribute("tabindex", "0");
    icon.setAttribute("role", "button");
    icon.setAttribute("aria-haspopup", "true");
    icon.setAttribute("aria-label", `What to do with the column ${link ? link.textContent.replace(/[▲▼]/g, "").trim() : ""}`);
    icon.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      icon.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      opened = icon;
      const first = [...document.querySelectorAll(".dropdown-menu a, .dropdown-menu button")].find((item) => item.offsetParent);
      if (first) first.focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened) return;
    document.body.click();
    opened.focus();
    opened = null;
  });
});
