// A picture that is still on its way stays out of register, and snaps in as it arrives.

const pictures = "[data-plate] > picture > img";

function watch(root) {
  for (const picture of root.querySelectorAll(pictures)) {
    const plate = picture.closest("[data-plate]");
    if (picture.complete || plate.dataset.plate !== "") continue;
    plate.dataset.plate = "waiting";
    const arrive = () => {
      plate.dataset.plate = "in";
    };
    picture.addEventListener("load", arrive, { once: true });
    picture.addEventListener("error", arrive, { once: true });
  }
}

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target));
