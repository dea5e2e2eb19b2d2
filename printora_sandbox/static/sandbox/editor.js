// The editor updates the preview after every choice. Without this script, "Update the preview" does it.
import { ignoreUnreachable, swap } from "./swap.js";
import "./placement.js";

const main = document.querySelector("main");

function show(url) {
  swap(url)
    .then((done) => {
      if (done) history.replaceState(null, "", url);
      else location.assign(url); // a session that has ended has its own page
    })
    .then(showWhatNeedsJs)
    .catch((error) => {
      if (error instanceof TypeError) location.assign(url); // the browser shows that the server is unreachable
      else ignoreUnreachable(error);
    });
}

function showWhatNeedsJs() {
  for (const each of main.querySelectorAll("[data-without-js]")) each.hidden = true;
  for (const each of main.querySelectorAll("[data-with-js]")) each.hidden = false;
}

function preview(form, button) {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  if (button) fields.set(button.name, button.value);
  show(`${form.dataset.live}?${fields}`);
}

main.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.dataset.live && form.checkValidity()) preview(form);
});

main.addEventListener("click", (event) => {
  const tool = event.target.closest("[name=nudge]");
  if (!tool?.form.dataset.live) return;
  event.preventDefault();
  preview(tool.form, tool);
});

main.addEventListener("click", (event) => {
  const link = event.target.closest(".shelf a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href);
});

showWhatNeedsJs();
