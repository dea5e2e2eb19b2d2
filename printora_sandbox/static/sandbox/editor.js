// The editor redraws as soon as something is chosen. Without this, "Update the preview" does it.
import { ignoreAway, swap } from "./swap.js";

const main = document.querySelector("main");

function show(url) {
  swap(url)
    .then((done) => {
      if (done) history.replaceState(null, "", url);
      else location.assign(url); // a link that is closed by now says so itself
    })
    .then(hideWhatNeedsNoJs)
    .catch((error) => {
      if (error instanceof TypeError) location.assign(url); // so does a server that is away
      else ignoreAway(error);
    });
}

function hideWhatNeedsNoJs() {
  for (const each of main.querySelectorAll("[data-without-js]")) each.hidden = true;
}

main.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form || !form.checkValidity()) return;
  show(`${form.dataset.live}?${new URLSearchParams(new FormData(form))}`);
});

main.addEventListener("click", (event) => {
  const link = event.target.closest(".shelf a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href);
});

hideWhatNeedsNoJs();
