// Move the picture by dragging it or by its sliders. When they stop, the server draws the same.

const main = document.querySelector("main");
let drag = null;

function slider(name) {
  return document.getElementById(`place-${name}`);
}

function draw() {
  const place = main.querySelector("[data-stage] [data-place]");
  if (!place) return;
  place.setAttribute("x", `${50 + Number(slider("x").value)}%`);
  place.setAttribute("y", `${50 + Number(slider("y").value)}%`);
  const turn = slider("turn").value;
  place.firstElementChild.setAttribute("transform", `rotate(${turn}) scale(${slider("scale").value / 100})`);
  for (const each of main.querySelectorAll("output[data-unit]")) {
    each.value = document.getElementById(each.htmlFor.value).value + each.dataset.unit;
  }
}

main.addEventListener("input", (event) => {
  if (event.target.closest(".placing")) draw();
});

main.addEventListener("pointerdown", (event) => {
  const place = event.target.closest("[data-stage] .mockup")?.querySelector("[data-place]");
  if (!place || event.button !== 0) return;
  const area = place.closest("svg:not([data-place])").getBoundingClientRect();
  const at = { x: event.clientX, y: event.clientY };
  drag = { id: event.pointerId, area, at, x: Number(slider("x").value), y: Number(slider("y").value) };
  event.preventDefault(); // no text selection, and no native drag of the image
});

addEventListener("pointermove", (event) => {
  if (event.pointerId !== drag?.id) return;
  slider("x").value = drag.x + (100 * (event.clientX - drag.at.x)) / drag.area.width;
  slider("y").value = drag.y + (100 * (event.clientY - drag.at.y)) / drag.area.height;
  draw();
});

addEventListener("pointerup", (event) => {
  if (event.pointerId !== drag?.id) return;
  drag = null;
  slider("x").dispatchEvent(new Event("change", { bubbles: true }));
});

addEventListener("pointercancel", () => {
  drag = null;
});
