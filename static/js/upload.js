// The upload form: visitors drop a file onto it, see a preview, and learn at once if it is too large.

const form = document.querySelector("[data-upload]");
const zone = form.querySelector("[data-drop]");
const input = form.querySelector("[type=file]");
const preview = form.querySelector("[data-preview]");

for (const type of ["dragenter", "dragover"]) {
  zone.addEventListener(type, (event) => {
    event.preventDefault();
    zone.dataset.over = "";
  });
}
for (const type of ["dragleave", "drop"]) {
  zone.addEventListener(type, () => delete zone.dataset.over);
}
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  show();
});
input.addEventListener("change", show);

function show() {
  const [file] = input.files;
  const tooLarge = file && file.size > Number(form.dataset.maxBytes);
  input.setCustomValidity(tooLarge ? "This file is too large. Save it as a JPEG, and try again." : "");
  if (tooLarge) input.reportValidity();
  preview.replaceChildren();
  preview.hidden = !file || tooLarge;
  if (preview.hidden) return;
  const picture = new Image();
  const reader = new FileReader(); // for a data: address; the Content-Security-Policy forbids blob:
  reader.addEventListener("load", () => {
    picture.src = reader.result;
  });
  reader.readAsDataURL(file);
  picture.alt = `Preview of ${file.name}`;
  preview.append(picture);
}
