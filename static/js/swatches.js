// The studio's colours: a search field that filters them; without this script all of them are shown.

for (const group of document.querySelectorAll("[data-swatches]")) {
  const search = group.querySelector("[data-swatch-search]");
  const swatches = [...group.querySelectorAll("[data-swatch]")];
  if (swatches.length < 5) continue;
  search.hidden = false;
  search.querySelector("input").addEventListener("input", (event) => {
    const query = event.target.value.trim().toLowerCase();
    for (const swatch of swatches) {
      const chosen = swatch.querySelector("input").checked;
      swatch.hidden = !chosen && !swatch.dataset.swatch.toLowerCase().includes(query);
    }
  });
}
