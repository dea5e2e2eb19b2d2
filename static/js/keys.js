// The keyboard: / searches, J and K (or arrows) move between pictures, L likes, ? lists the keys.

const find = (selector, root = document) => root.querySelector(selector);
const viewer = find("#viewer");
const help = find("#keys");
const letters = find("#keys-on");
const links = () => [...document.querySelectorAll(".tile__title a")];
const focused = () => find(".tile__title a", document.activeElement.closest(".tile") ?? document.body);

const LETTERS = {
  "/": () => find("#q")?.focus(),
  "?": () => help?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  l: like,
};
const ARROWS = {
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  ArrowDown: () => stride(1),
  ArrowUp: () => stride(-1),
};

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
  if (help?.open || (viewer?.open && /[/?]|Arrow(Up|Down)/.test(key))) return;
  const arrows = (viewer?.open || target.closest(".tile")) && ARROWS[key];
  const act = (lettersAreOn() && LETTERS[key.toLowerCase()]) || arrows;
  if (!act) return;
  event.preventDefault();
  act();
});

// In the dialog, or on a picture's own page, to the neighbour; in the gallery, to the next tile.
function step(by) {
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

// To the tile that is nearest on that side: up or down.
function stride(by) {
  const box = (link) => link.closest(".tile").getBoundingClientRect();
  const from = box(focused());
  const gap = (to) => (by > 0 ? to.top - from.bottom : from.top - to.bottom);
  const far = (link) => Math.hypot(box(link).left - from.left, gap(box(link)));
  const there = links().filter((link) => gap(box(link)) > -1);
  there.sort((one, other) => far(one) - far(other))[0]?.focus();
}

function like() {
  const tile = document.activeElement.closest(".tile");
  const place = viewer?.open ? viewer : (tile ?? find("main > .proof"));
  if (place) find(".like", place).click();
}

// Single letters can be in the way of speech input: they can be turned off, for good.
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
