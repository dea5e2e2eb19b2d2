// A picture that is still loading is shown with its colours apart; they come together when it is loaded.

const PICTURES = "[data-plate] > picture > img";

function watch(root) {
  for (const picture of root.querySelectorAll(PICTURES)) {
    const plate = picture.closest("[data-plate]");
    if (picture.complete || plate.dataset.plate !== "") continue;
    plate.dataset.plate = "waiting";
    const onEnd = () => {
      plate.dataset.plate = "in";
    };
    picture.addEventListener("load", onEnd, { once: true });
    picture.addEventListener("error", onEnd, { once: true });
  }
}

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target));
