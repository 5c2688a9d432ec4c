/* Copies a citation. Without this script the buttons stay hidden, and the words can be marked by hand. */
document.querySelectorAll("button[data-copy]").forEach((button) => {
  const field = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[role=status]");
  if (!field) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    let copied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      copied = true;
    } catch {
      // Over plain HTTP browsers give no clipboard; the old way works there.
      field.focus();
      field.select();
      copied = document.execCommand("copy");
    }
    if (told) told.textContent = copied ? "Copied." : "Marked: press Ctrl-C.";
  });
});
