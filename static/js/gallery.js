// Beside htmx: both like buttons of a picture show the same, loaded pictures are announced, a view is
// counted when the page is visible, and where htmx fails the browser sends the request itself.

document.addEventListener("htmx:load", ({ target }) => {
  if (target.id.startsWith("ticket-like-")) syncLike(target);
  else countView(target);
});

// Show the dialog's like on the picture's tile too.
function syncLike(like) {
  const tile = document.getElementById(like.id.replace("ticket", "tile"));
  if (!tile) return;
  tile.value = like.value;
  tile.ariaPressed = like.ariaPressed;
  tile.innerHTML = like.innerHTML;
}

// Nobody sees a page that is prefetched or in a background tab: its view is counted later.
function countView(root) {
  const form = root.querySelector("[data-seen]");
  if (!form) return;
  if (document.visibilityState !== "visible") {
    document.addEventListener("visibilitychange", () => countView(root), { once: true });
    return;
  }
  const url = form.dataset.seen;
  form.removeAttribute("data-seen");
  fetch(url, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
}

// After "More pictures", the focus moves to the first new picture.
let tilesBefore = 0;
let pagerHadFocus = false;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "tiles") return;
  tilesBefore = detail.target.children.length;
  pagerHadFocus = Boolean(document.activeElement.closest("#pager"));
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id !== "tiles") return;
  const tiles = document.querySelectorAll(".tile");
  document.querySelector("#announcement").textContent = `${tiles.length} pictures are shown.`;
  if (pagerHadFocus) tiles[tilesBefore]?.querySelector("a").focus();
  pagerHadFocus = false;
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail: { elt } }) => {
    if (elt.form) elt.form.requestSubmit(elt);
    else if (elt.href) location.assign(elt.href);
  });
}

// A phone has no keyboard, so it does not load the keyboard shortcuts.
if (matchMedia("(any-pointer: fine)").matches) {
  import(document.querySelector("[data-keys]").dataset.keys);
}
