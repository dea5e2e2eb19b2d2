// On every page: the theme switches without a reload, and a form that works says so.

const root = document.documentElement;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-theme-switch]")) switchTheme(event, form);
  else if (form.matches("[data-busy]")) markBusy(form);
});

function switchTheme(event, form) {
  event.preventDefault();
  const theme = event.submitter?.value ?? "auto";
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of form.elements.theme) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  const body = new FormData(form);
  body.set("theme", theme);
  // The server remembers; it would answer with a redirect to this very page.
  fetch(form.action, { method: "POST", body, redirect: "manual" });
}

function markBusy(form) {
  const button = form.querySelector("[type=submit]");
  // After the browser has read the form: a disabled button would not be sent.
  setTimeout(() => {
    button.dataset.label ??= button.textContent;
    button.textContent = form.dataset.busy;
    button.disabled = true;
  });
}

// Back from the editor, the page may come out of the browser's memory with the button still off.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-busy] [data-label]")) {
    button.textContent = button.dataset.label;
    button.disabled = false;
  }
});
