// Load a page and put its <main> in the place of ours, keeping focus, the shelf's place and opened <details>.

let latest = new AbortController();

export async function swap(url) {
  latest.abort();
  latest = new AbortController();
  const reply = await fetch(url, { signal: latest.signal, headers: { Accept: "text/html" } });
  if (!reply.ok) return false;
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
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

// A newer request aborts the older one, and a server that is away is no reason to shout.
export function ignoreAway(error) {
  if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
}
