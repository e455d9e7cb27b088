// Moving entries on the calendar, by pointer and by keyboard. Nothing moves until the server has said what it thinks:
// a drop opens the form with the rules' verdict. Without this file the form is reached from the entry's page.
"use strict";

(() => {
  const calendar = document.querySelector(".calendar");
  const sheet = document.getElementById("move-sheet");
  const teller = document.getElementById("moving");
  const help = document.getElementById("how-to-move");
  const days = [...calendar.querySelectorAll("[data-day]")];
  let held = null; // { grip, chip, day, ghost }

  const say = (name, value = "") => { teller.textContent = calendar.dataset[name].replace("{}", value); };
  const mark = (day) => {
    days.forEach((one) => one.classList.toggle("target", one === day));
    if (held) held.day = day;
  };

  // A phone's agenda leaves free days out; while something is held they are there. What is held stays under the hand.
  function unfold(grip, open) {
    const before = grip.getBoundingClientRect().top;
    calendar.classList.toggle("moving", open);
    scrollBy({ top: grip.getBoundingClientRect().top - before, behavior: "instant" });
  }

  function pick(grip) {
    const chip = grip.closest(".chip");
    held = { grip, chip, day: chip.closest(".day"), ghost: null };
    chip.classList.add("held");
    grip.setAttribute("aria-pressed", "true");
    unfold(grip, true);
  }

  function letGo() {
    if (!held) return;
    held.ghost?.remove();
    held.chip.classList.remove("held");
    held.grip.removeAttribute("aria-pressed");
    unfold(held.grip, false);
    mark(null);
    held = null;
  }

  async function drop() {
    const { grip, chip, day } = held;
    const home = chip.closest(".day");
    letGo();
    if (!day || day === home) {
      say("cancelled");
      return;
    }
    say("dropped", day.dataset.name);
    const address = `${grip.dataset.move}?part=form&date=${day.dataset.day}&time=${encodeURIComponent(grip.dataset.time)}`;
    await htmx.ajax("GET", address, { target: "#move-body", swap: "innerHTML" });
    sheet.showModal();
    if (!sheet.querySelector("[role=alert]")) sheet.querySelector("#move-form .button")?.focus();
    sheet.addEventListener("close", () => { say("cancelled"); grip.focus(); }, { once: true });
  }

  // Keyboard: Enter or Space picks up and puts down, arrows choose the day, Escape gives up.
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

  function step(by) {
    const from = held.day.dataset.day || held.chip.closest(".day").id.slice(2);
    const wanted = new Date(`${from}T12:00:00Z`);
    wanted.setUTCDate(wanted.getUTCDate() + by);
    const found = days.find((one) => one.dataset.day === wanted.toISOString().slice(0, 10));
    if (!found) {
      say("edge");
      return;
    }
    mark(found);
    found.scrollIntoView({ block: "nearest" });
    say("over", found.dataset.name);
  }

  function pressed(event) {
    const grip = event.currentTarget;
    if (!held && (event.key === "Enter" || event.key === " ")) {
      pick(grip);
      say("picked", grip.dataset.title);
    } else if (held && (event.key === "Enter" || event.key === " ")) {
      drop();
    } else if (held && event.key === "Escape") {
      letGo();
      say("cancelled");
    } else if (held && event.key in STEPS) {
      step(STEPS[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  }

  // Pointer: mouse, pen and finger alike, from the grip, so that a finger elsewhere still scrolls.
  function down(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget;
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    pick(grip);
    held.day = null;
    held.ghost = held.chip.cloneNode(true);
    held.ghost.removeAttribute("id");
    held.ghost.classList.add("ghost");
    document.body.append(held.ghost);
    follow(event);
  }

  function follow(event) {
    if (!held?.ghost) return;
    held.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
    const edge = event.clientY < 60 ? -14 : event.clientY > innerHeight - 60 ? 14 : 0;
    if (edge) scrollBy(0, edge);
    const under = document.elementFromPoint(event.clientX, event.clientY);
    mark(under ? under.closest("[data-day]") : null);
  }

  const up = () => { if (held?.ghost) drop(); };
  const cancelled = () => { if (held?.ghost) { letGo(); say("cancelled"); } };

  help?.removeAttribute("hidden");
  calendar.querySelectorAll(".grip").forEach((grip) => {
    grip.hidden = false;
    grip.addEventListener("keydown", pressed);
    grip.addEventListener("blur", () => { if (held && !held.ghost) { letGo(); say("cancelled"); } });
    grip.addEventListener("pointerdown", down);
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", up);
    grip.addEventListener("pointercancel", cancelled);
  });
})();
