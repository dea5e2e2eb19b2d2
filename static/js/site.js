// On every page: the theme changes without a reload, and a submitted form shows that it is working.

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
  // The server stores the theme, and answers with a redirect to this page, which is not followed.
  fetch(form.action, { method: "POST", body, redirect: "manual" });
}

function markBusy(form) {
  const button = form.querySelector("[type=submit]");
  // Later than now, when the browser has read the form: it does not send a disabled button.
  setTimeout(() => {
    button.dataset.label ??= button.textContent;
    button.textContent = form.dataset.busy;
    button.disabled = true;
  });
}

// After the Back button, the browser may show the page from its cache with the button still disabled.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-busy] [data-label]")) {
    button.textContent = button.dataset.label;
    button.disabled = false;
  }
});
