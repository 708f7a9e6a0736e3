// The page works without this script. With it, a sheet can be dropped, menus apply at once, and the progress is updated.
"use strict";

const drop = document.getElementById("drop");
if (drop) {
  const input = document.getElementById("sheet");
  const status = drop.querySelector(".status");
  const send = () => {
    status.textContent = status.dataset.busy;
    drop.requestSubmit();
  };
  input.addEventListener("change", () => { if (input.files.length > 0) send(); });
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    const first = new DataTransfer();
    first.items.add(event.dataTransfer.files[0]);
    input.files = first.files;
    send();
  });
}

// Menus: a choice applies at once, and the page returns to where it was.
const place = "razebulk-place";
const columns = document.getElementById("columns");
if (columns) {
  columns.querySelector(".again")?.classList.add("unseen");
  columns.addEventListener("change", (event) => {
    sessionStorage.setItem(place, JSON.stringify({ y: scrollY, name: event.target.name }));
    columns.requestSubmit();
  });
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  if (kept) {
    scrollTo(0, kept.y);
    columns.elements[kept.name]?.focus({ preventScroll: true });
  }
}
sessionStorage.removeItem(place);

const filter = document.getElementById("filter");
filter?.addEventListener("change", () => filter.requestSubmit());

// A second click does nothing.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "get") return;
  setTimeout(() => { for (const button of event.target.querySelectorAll("button")) button.disabled = true; });
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

const progress = document.getElementById("progress");
// For how long the program may leave a request without an answer, and the page without any, in milliseconds.
const maxAnswer = 4000, maxSilence = 3000;
let heard = Date.now();
function showWhetherLost() {
  const isLost = Date.now() - heard > maxSilence;
  document.getElementById("lost").hidden = !isLost;
  document.getElementById("running").hidden = isLost;
}
async function follow() {
  try {
    const answer = await fetch("progress", { cache: "no-store", signal: AbortSignal.timeout(maxAnswer) });
    if (!answer.ok) throw new Error("another program answers");
    if (answer.headers.get("X-Serial") !== document.body.dataset.serial) {
      location.replace("./");
      return;
    }
    const text = await answer.text();
    heard = Date.now();
    if (text !== progress.innerHTML) progress.innerHTML = text;
  } catch {
    // It is asked again: the machine may have slept.
  }
  showWhetherLost();
  setTimeout(follow, 700);
}
if (progress) setTimeout(follow, 300);
