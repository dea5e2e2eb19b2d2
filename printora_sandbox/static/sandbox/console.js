// The desk keeps itself up to date, but never while somebody is filling in a form.
import { ignoreAway, swap } from "./swap.js";

const EVERY_MS = 3000;

function isBusy() {
  return document.hidden || document.activeElement?.closest("form, pre") !== null;
}

setInterval(() => {
  if (!isBusy()) swap(location.href).catch(ignoreAway);
}, EVERY_MS);
