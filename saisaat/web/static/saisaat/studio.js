// The workbench: what is being typed in is never replaced, fields show where a style uses them, the sharp picture follows.
"use strict";

// A field somebody is writing in keeps their words; the next answer brings it up to date.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const target = event.detail.target;
  if (target.matches("[data-guard]") && target.contains(document.activeElement)) event.detail.shouldSwap = false;
});

function adapt() {
  const form = document.getElementById("making");
  if (!form) return;
  const style = form.querySelector("[name=style]:checked")?.value;
  for (const part of form.querySelectorAll("[data-styles]")) part.hidden = !part.dataset.styles.split(" ").includes(style);
  const tone = form.elements.tone.value;
  for (const part of form.querySelectorAll("[data-tone]")) part.hidden = part.dataset.tone !== tone;
}

document.addEventListener("input", adapt);
adapt();

// What is wrong with a field stands in its note; the field itself carries it too, for those who only hear it.
document.addEventListener("htmx:oobAfterSwap", (event) => {
  const note = event.detail.target;
  if (!note.id?.startsWith("note-")) return;
  const field = document.getElementById(note.id.replace("note-", "id_"));
  if (field) field.toggleAttribute("aria-invalid", false);
  if (field && document.getElementById(note.id)?.hasAttribute("data-wrong")) field.setAttribute("aria-invalid", "true");
});

// The quick picture is soft on a fine screen: the finished one takes its place, unless something else was typed by then.
document.addEventListener("htmx:beforeSwap", (event) => {
  const told = /data-sharper="([^"]+)" data-of="([^"]+)"/.exec(event.detail.serverResponse || "");
  const poster = document.getElementById("poster");
  if (!told || !poster) return;
  const sharp = new Image();
  sharp.onload = () => {
    if (poster.getAttribute("src") === told[2]) poster.src = sharp.src;
  };
  sharp.src = told[1];
});

// Two versions over each other: the slider says how much of the newer one shows.
for (const slider of document.querySelectorAll("input[data-over]")) {
  const pair = document.getElementById(slider.dataset.over);
  slider.addEventListener("input", () => pair.style.setProperty("--cut", `${slider.value}%`));
}
