// What htmx leaves to do: likes agree, loaded pictures are announced, a look is counted once it is
// one, and what htmx cannot do the browser does in its own way.

document.addEventListener("htmx:load", ({ target }) => {
  if (target.id.startsWith("ticket-like-")) agree(target);
  else count(target);
});

// The dialog's like, on its tile too.
function agree(like) {
  const tile = document.getElementById(like.id.replace("ticket", "tile"));
  if (!tile) return;
  tile.value = like.value;
  tile.ariaPressed = like.ariaPressed;
  tile.innerHTML = like.innerHTML;
}

// A page that is prefetched, or waits in a background tab, is not looked at yet.
function count(root) {
  const form = root.querySelector("[data-seen]");
  if (!form) return;
  if (document.visibilityState !== "visible") {
    document.addEventListener("visibilitychange", () => count(root), { once: true });
    return;
  }
  const url = form.dataset.seen;
  form.removeAttribute("data-seen");
  fetch(url, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
}

// After "More pictures", the focus moves to the first new picture.
let shown = 0;
let pressed = false;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "tiles") return;
  shown = detail.target.children.length;
  pressed = Boolean(document.activeElement.closest("#pager"));
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id !== "tiles") return;
  const tiles = document.querySelectorAll(".tile");
  document.querySelector("#announcement").textContent = `${tiles.length} pictures are shown.`;
  if (pressed) tiles[shown]?.querySelector("a").focus();
  pressed = false;
});

for (const trouble of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(trouble, ({ detail: { elt } }) => {
    if (elt.form) elt.form.requestSubmit(elt);
    else if (elt.href) location.assign(elt.href);
  });
}

// The keyboard's shortcuts are for those who have one: a phone need not fetch them.
if (matchMedia("(any-pointer: fine)").matches) {
  import(document.querySelector("[data-keys]").dataset.keys);
}
