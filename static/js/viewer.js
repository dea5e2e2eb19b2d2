// From the gallery, a picture opens in a dialog over it. The address is the picture's own: Back or
// Escape closes, Forward opens again, and a reload shows the whole page.

const viewer = document.querySelector("#viewer");
const viewed = document.querySelector("#viewed");
const here = location.pathname;
const title = document.title;

if (viewer) {
  document.addEventListener("click", onClick);
  viewer.addEventListener("close", onClose);
  addEventListener("popstate", ({ state }) => {
    if (state?.viewer) show(state.viewer);
    else viewer.close();
  });
} else {
  // A page that was reloaded in place of the dialog: the gallery under it is gone.
  addEventListener("popstate", () => {
    if (location.pathname !== here) location.reload();
  });
}

async function onClick(event) {
  const link = event.target.closest(".tile__title a, #viewed .neighbours a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const plate = link.closest(".tile")?.querySelector(".plate");
  if (plate) plate.dataset.plate = "held"; // out of register until the dialog is there
  const was = viewer.open;
  const shown = await show(link.href);
  if (plate) plate.dataset.plate = "";
  if (!shown) return;
  // One step back leaves the dialog, however many pictures were seen in it.
  history[was ? "replaceState" : "pushState"]({ viewer: link.href }, "", link.href);
}

async function show(url) {
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) {
    location.assign(url); // the browser says best what is wrong
    return false;
  }
  htmx.swap(viewed, await answer.text(), { swapStyle: "innerHTML" });
  if (!viewer.open) viewer.showModal();
  viewer.scrollTop = 0;
  const heading = viewed.querySelector("h1");
  document.title = `${heading.textContent} · DreamCanvas`;
  heading.focus();
  return true;
}

function onClose() {
  if (history.state?.viewer) history.back(); // by Escape or the button: Back has been there already
  document.title = title;
  const slug = viewed.querySelector("[data-artwork]")?.dataset.artwork;
  viewed.replaceChildren();
  // The browser gave the focus to where it was; the picture may be another one since. Whoever has
  // begun to type a search by now keeps it.
  if (!document.activeElement.matches("input")) document.querySelector(`#art-${slug} a`)?.focus();
}
