// <button hidden data-copy="#id"> copies the text of that element. <button hidden data-share="address">
// opens the device's share sheet, or copies the address. A button appears only where it can work.

function reveal(root) {
  for (const button of root.querySelectorAll("[data-copy], [data-share]")) {
    button.hidden = !(navigator.clipboard || (button.dataset.share && navigator.share));
  }
}

async function share(button) {
  const { share: url, title } = button.dataset;
  if (!navigator.share) return copy(button, url, "Link copied");
  try {
    await navigator.share({ title, url });
  } catch (error) {
    // AbortError: the visitor closed the sheet. Any other error: the sheet is not allowed here.
    if (error.name !== "AbortError") await copy(button, url, "Link copied");
  }
}

async function copy(button, text, done) {
  const label = (button.dataset.label ??= button.textContent);
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = done;
  } catch {
    button.textContent = "Copying was refused";
  }
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy], [data-share]");
  if (!button) return;
  if (button.dataset.share) share(button);
  else copy(button, document.querySelector(button.dataset.copy).textContent.trim(), "Copied");
});

reveal(document);
document.addEventListener("htmx:load", (event) => reveal(event.target.parentElement));
