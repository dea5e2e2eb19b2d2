// In the gallery, a picture opens in a dialog. The address is the picture's own: Back or Escape closes
// the dialog, Forward opens it again, and a reload shows the picture's page.

const viewer = document.querySelector("#viewer");
const content = document.querySelector("#viewed");
const galleryPath = location.pathname;
const galleryTitle = document.title;
// The browser reports a closed dialog some time later, when Forward may have opened it again.
let closedByHistory = false;

if (viewer) {
  document.addEventListener("click", onClick);
  viewer.addEventListener("close", onClose);
  addEventListener("popstate", ({ state }) => {
    if (state?.viewer) {
      show(state.viewer);
    } else {
      closedByHistory = viewer.open;
      viewer.close();
    }
  });
} else {
  // A reload has replaced the dialog by the picture's page: Back must load the gallery again.
  addEventListener("popstate", () => {
    if (location.pathname !== galleryPath) location.reload();
  });
}

async function onClick(event) {
  const link = event.target.closest(".tile__title a, #viewed .neighbours a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const plate = link.closest(".tile")?.querySelector(".plate");
  if (plate) plate.dataset.plate = "held"; // the colours stay apart until the dialog is open
  const wasOpen = viewer.open;
  const shown = await show(link.href);
  if (plate) plate.dataset.plate = "";
  if (!shown) return;
  // One step back closes the dialog, however many pictures it has shown.
  history[wasOpen ? "replaceState" : "pushState"]({ viewer: link.href }, "", link.href);
}

async function show(url) {
  const response = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok) {
    location.assign(url); // the browser then shows the error
    return false;
  }
  htmx.swap(content, await response.text(), { swapStyle: "innerHTML" });
  if (!viewer.open) viewer.showModal();
  viewer.scrollTop = 0;
  const heading = content.querySelector("h1");
  document.title = `${heading.textContent} · DreamCanvas`;
  heading.focus();
  return true;
}

function onClose() {
  if (!closedByHistory && history.state?.viewer) history.back(); // by Escape or the button
  closedByHistory = false;
  if (viewer.open) return;
  document.title = galleryTitle;
  const slug = content.querySelector("[data-artwork]")?.dataset.artwork;
  content.replaceChildren();
  // The browser focuses the tile that was clicked, but the dialog may show another picture by now. A
  // visitor who is typing a search keeps the focus.
  if (!document.activeElement.matches("input")) document.querySelector(`#art-${slug} a`)?.focus();
}
