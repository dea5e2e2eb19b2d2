// The merch page: sizes that the chosen colour does not have are disabled, and the price is that of
// the chosen variant.

const form = document.querySelector("[data-merch]");
const table = document.getElementById("variants");

if (form && table) {
  const variants = JSON.parse(table.textContent);
  const price = form.querySelector("[data-price]");
  const shown = form.elements.price_shown;
  const range = price.textContent;
  const currency = range.trim().split(" ").pop();

  const update = () => {
    const color = form.elements.color.value;
    const sizes = new Set(variants.filter((v) => v.color === color).map((v) => v.size));
    const radios = [...form.querySelectorAll("[name=size]")];
    for (const radio of radios) radio.disabled = !sizes.has(radio.value);
    if (radios.some((radio) => radio.checked && radio.disabled)) {
      radios.find((radio) => !radio.disabled).checked = true;
    }
    const size = form.elements.size.value;
    const chosen = variants.find((v) => v.color === color && v.size === size);
    price.textContent = chosen?.price ? `${Number(chosen.price).toFixed(2)} ${currency}` : range;
    if (chosen?.price) shown.value = chosen.price;
  };

  form.addEventListener("change", update);
  update();
}
