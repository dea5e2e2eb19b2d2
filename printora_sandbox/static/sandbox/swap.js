// Replace <main> by that of another page. The focus, the scroll position and open <details> stay.

let latest = new AbortController();

export async function swap(url) {
  latest.abort();
  latest = new AbortController();
  const response = await fetch(url, { signal: latest.signal, headers: { Accept: "text/html" } });
  if (!response.ok) return false;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = document.querySelector("main");
  const focused = document.activeElement?.id;
  const scrolled = main.querySelector(".shelf")?.scrollLeft;
  const opened = [...main.querySelectorAll("details[open]")].map((each) => each.id);
  main.replaceChildren(...fresh.querySelector("main").childNodes);
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (scrolled) main.querySelector(".shelf").scrollLeft = scrolled;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  return true;
}

// Two errors are expected: a newer request aborted this one, or the server is unreachable.
export function ignoreUnreachable(error) {
  if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
}
