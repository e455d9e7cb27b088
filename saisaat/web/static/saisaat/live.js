// Keeps the parts of a page marked data-live="seconds" fresh. Without it the page is the same, only still.
"use strict";

function keepFresh(region) {
  const every = Number(region.dataset.live) * 1000;
  const address = new URL(location.href);
  address.searchParams.set("part", "1");
  address.hash = "";
  let etag = "";

  async function look() {
    if (!document.hidden && !region.contains(document.activeElement)) {
      try {
        const headers = etag ? { "If-None-Match": etag } : {};
        const answer = await fetch(address, { headers, cache: "no-store", redirect: "manual" });
        if (answer.type === "opaqueredirect") return; // signed out: the page stays as it was
        if (answer.status === 200) {
          region.innerHTML = await answer.text();
          etag = answer.headers.get("ETag") || "";
        }
      } catch {
        // Offline or restarting: what is shown stays, the next look tries again.
      }
    }
    setTimeout(look, every);
  }

  setTimeout(look, every);
}

document.querySelectorAll("[data-live]").forEach(keepFresh);
