// Keyboard shortcuts: / searches, J and K (or arrows) move between pictures, L likes, ? lists the keys.

const find = (selector, root = document) => root.querySelector(selector);
const viewer = find("#viewer");
const help = find("#keys");
const letters = find("#keys-on");
const links = () => [...document.querySelectorAll(".tile__title a")];
const focused = () => find(".tile__title a", document.activeElement.closest(".tile") ?? document.body);

const LETTERS = {
  "/": () => find("#q")?.focus(),
  "?": () => help?.showModal(),
  j: () => moveBy(1),
  k: () => moveBy(-1),
  l: like,
};
const ARROWS = {
  ArrowRight: () => moveBy(1),
  ArrowLeft: () => moveBy(-1),
  ArrowDown: () => moveVertically(1),
  ArrowUp: () => moveVertically(-1),
};

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
  if (help?.open || (viewer?.open && /[/?]|Arrow(Up|Down)/.test(key))) return;
  const arrows = (viewer?.open || target.closest(".tile")) && ARROWS[key];
  const action = (lettersAreOn() && LETTERS[key.toLowerCase()]) || arrows;
  if (!action) return;
  event.preventDefault();
  action();
});

// In the dialog and on a picture's own page: to the next or previous picture. In the gallery: to the
// next or previous tile.
function moveBy(by) {
  const all = links();
  if (viewer?.open || !all.length) {
    find(`.neighbours [rel=${by > 0 ? "next" : "prev"}]`)?.click();
    return;
  }
  const start = document.activeElement.closest(".tile") ? by : by > 0 ? 0 : -1;
  const next = start && all.indexOf(focused()) + by;
  if (next === all.length) find("#pager [rel=next]")?.click();
  else all.at(Math.max(next, 0)).focus();
}

// To the nearest tile above or below.
function moveVertically(by) {
  const box = (link) => link.closest(".tile").getBoundingClientRect();
  const from = box(focused());
  const gap = (to) => (by > 0 ? to.top - from.bottom : from.top - to.bottom);
  const distance = (link) => Math.hypot(box(link).left - from.left, gap(box(link)));
  const candidates = links().filter((link) => gap(box(link)) > -1);
  candidates.sort((one, other) => distance(one) - distance(other))[0]?.focus();
}

function like() {
  const tile = document.activeElement.closest(".tile");
  const picture = viewer?.open ? viewer : (tile ?? find("main > .proof"));
  if (picture) find(".like", picture).click();
}

// Single letters can disturb speech input, so visitors can turn them off; the choice is stored.
function lettersAreOn() {
  return localStorage.keys !== "off";
}

if (help) {
  const button = find("[data-help]");
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
  letters.checked = lettersAreOn();
  letters.addEventListener("change", () => {
    localStorage.keys = letters.checked ? "on" : "off";
  });
}
