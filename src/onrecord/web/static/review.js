// Keys of the review queue. Each key uses the form that stands on the card: what it sends is what is seen.

const form = (key) => document.querySelector(`[data-key="${key}"]`);
const typing = (target) => target.matches("input, select, textarea");
let asking = false;

function show(key) {
  const box = form(key);
  if (!box) return;
  if (box.matches("details")) {
    box.open = true;
    box.querySelector("select, input:not([type=hidden])")?.focus();
  } else box.requestSubmit(box.querySelector("button"));
}

function ask(on) {
  asking = on && Boolean(form("x"));
  form("x")?.classList.toggle("asking", asking);
  if (asking) form("x").scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") { ask(false); for (const box of document.querySelectorAll(".deck details[open]")) box.open = false; return; }
  if (typing(event.target)) return;
  if (asking && /^[1-9]$/.test(event.key)) {
    const reason = form("x").querySelectorAll("button.reason")[event.key - 1];
    if (reason) { event.preventDefault(); reason.click(); }
    return;
  }
  const keys = {
    a: () => show("a"), x: () => { if (asking) document.getElementById("why-x").focus(); else ask(true); }, m: () => show("m"),
    s: () => show("s"), e: () => show("e"), Backspace: () => show("undo"), " ": () => form("skip")?.click(),
  };
  if (keys[event.key] && !(event.key === " " && event.target.matches("button, summary, a"))) { event.preventDefault(); keys[event.key](); }
});
