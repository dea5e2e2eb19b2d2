// The console reloads itself, but never while the operator is using a form.
import { ignoreUnreachable, swap } from "./swap.js";

const EVERY_MS = 3000;

function isBusy() {
  return document.hidden || document.activeElement?.closest("form, pre") !== null;
}

setInterval(() => {
  if (!isBusy()) swap(location.href).catch(ignoreUnreachable);
}, EVERY_MS);
