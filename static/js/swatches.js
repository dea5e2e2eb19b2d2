// The studio's colours: a field that narrows them down; without this, all of them are shown.

for (const set of document.querySelectorAll("[data-swatches]")) {
  const search = set.querySelector("[data-swatch-search]");
  const swatches = [...set.querySelectorAll("[data-swatch]")];
  if (swatches.length < 5) continue;
  search.hidden = false;
  search.querySelector("input").addEventListener("input", (event) => {
    const words = event.target.value.trim().toLowerCase();
    for (const swatch of swatches) {
      const chosen = swatch.querySelector("input").checked;
      swatch.hidden = !chosen && !swatch.dataset.swatch.toLowerCase().includes(words);
    }
  });
}
