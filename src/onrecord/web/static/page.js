// What every page does beyond plain links: opens a row beside its list without leaving it, walks through marks, turns
// layers over, answers keys. All of it works without this file too, by loading the address.

const pane = document.getElementById("source");
const typing = (target) => target.matches("input, select, textarea, [contenteditable]");

function toOpened() {
  const mark = pane?.querySelector("#opened");
  if (!mark) return;
  const head = pane.querySelector(".source-head")?.offsetHeight ?? 0;
  const inside = pane.scrollHeight > pane.clientHeight + 4;
  if (!inside) { if (new URLSearchParams(location.search).has("open")) mark.scrollIntoView({ block: "center" }); return; }
  const top = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
  if (top + mark.offsetHeight < pane.clientHeight * 0.85) { pane.scrollTo({ top: 0, behavior: "instant" }); return; }
  pane.scrollTo({ top: Math.max(0, top - head - pane.clientHeight / 3), behavior: "instant" });
}

async function open(href, push = true) {
  const address = new URL(href, location.href);
  const query = new URLSearchParams({ path: address.pathname, query: address.search.slice(1) });
  let answer;
  try {
    answer = await fetch(`/source?${query}`, { headers: { accept: "text/html" } });
  } catch { answer = null; }
  if (!answer?.ok || address.pathname !== location.pathname) { location.assign(address); return; }
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  pane.replaceChildren(...parsed.body.childNodes);
  if (push) history.pushState(null, "", address);
  const [id, mark] = [address.searchParams.get("open"), address.searchParams.get("mark")];
  for (const link of document.querySelectorAll("a[data-open]")) {
    const same = mark ? new URL(link.href).searchParams.get("mark") === mark && new URL(link.href).searchParams.get("open") === id : link.dataset.open === id;
    const on = same && !link.closest(".members");
    if (on) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    link.closest(".item")?.classList.toggle("opened", on);
    link.closest(".side")?.classList.toggle("opened", on);
  }
  toOpened();
}

function toggle(layer) {
  const box = pane?.querySelector(".pane-in");
  if (!box) return;
  const hidden = box.classList.toggle(`hide-${layer.dataset.layer}`);
  layer.classList.toggle("off", hidden);
  layer.setAttribute("aria-checked", String(!hidden));
  const address = new URL(location.href);
  address.searchParams.delete("layer");
  const shown = [...pane.querySelectorAll("[data-layer]:not(.off)")].map((one) => one.dataset.layer);
  for (const name of shown.length ? shown : ["none"]) address.searchParams.append("layer", name);
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll("a[data-open]")) {
    const kept = new URL(link.href);
    kept.searchParams.delete("layer");
    for (const name of address.searchParams.getAll("layer")) kept.searchParams.append("layer", name);
    link.href = kept;
  }
}

const shownMarks = () => {
  const box = pane?.querySelector(".pane-in");
  if (!box) return [];
  const layers = ["statements", "events", "figures", "times", "places", "actors"];
  const on = layers.filter((name) => !box.classList.contains(`hide-${name}`));
  return [...box.querySelectorAll(".text .m")].filter((mark) => on.some((name) => mark.classList.contains(`l-${name}`)));
};

function walk(step) {
  const marks = shownMarks();
  if (!marks.length) return;
  const at = marks.findIndex((mark) => mark.classList.contains("here"));
  const from = at < 0 ? marks.findIndex((mark) => mark.id === "opened") : at;
  const key = (mark) => mark.dataset.ids;
  let next = from;
  do { next = (next + step + marks.length) % marks.length; } while (from >= 0 && next !== from && key(marks[next]) === key(marks[from]));
  marks[at]?.classList.remove("here");
  marks[next].classList.add("here");
  marks[next].scrollIntoView({ block: "center" });
}

function openMark(mark) {
  const id = (mark.dataset.ids ?? "").split(" ").find((one) => /^(st|ev|qu|fi)_/.test(one));
  const actor = (mark.dataset.ids ?? "").split(" ").find((one) => one.startsWith("ac_"));
  if (!id) { if (actor) location.assign(`/actor?${new URLSearchParams({ id: actor })}`); return; }
  const here = new URL(location.href);
  if (document.body.matches(".page-statements, .page-events, .page-figures, .page-review, .page-search, .page-copies")) {
    const page = id.startsWith("st_") ? "/statements" : id.startsWith("ev_") ? "/events" : "/figures";
    if (here.pathname !== page) { location.assign(`${page}?${new URLSearchParams({ open: id })}`); return; }
  }
  here.searchParams.set("open", id);
  open(here);
}

function step(by) {
  const rows = [...document.querySelectorAll(".items a[data-open], .tree a[data-open], .use a[data-open], a.side[data-open]")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const row = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  row.click();
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const layer = event.target.closest("[data-layer]");
  if (layer) { event.preventDefault(); toggle(layer); return; }
  const row = event.target.closest("a[data-open]");
  if (row && pane && row.origin === location.origin && row.pathname === location.pathname) { event.preventDefault(); open(row.href); return; }
  const mark = event.target.closest(".text .m[data-ids]");
  if (mark && !String(getSelection())) openMark(mark);
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
    if (typing(event.target)) event.target.blur();
    return;
  }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const keys = {
    "/": () => document.getElementById("find").focus(), "?": () => document.getElementById("keys").showModal(),
    j: () => step(1), k: () => step(-1), n: () => walk(1), p: () => walk(-1),
    s: () => document.querySelector("main > :not(.review-page) a[data-key=s]")?.click(),
    Enter: () => { const mark = pane?.querySelector(".m.here"); if (mark && event.target === document.body) openMark(mark); },
  };
  const layers = pane && !document.body.classList.contains("page-review") ? pane.querySelectorAll("[data-layer]") : [];
  const act = keys[event.key] ?? (layers[event.key - 1] && (() => toggle(layers[event.key - 1])));
  if (act) { if (event.key !== "Enter") event.preventDefault(); act(); }
});

addEventListener("popstate", () => { if (pane) open(location.href, false); });
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
if (matchMedia("(max-width: 1100px)").matches) for (const sheet of document.querySelectorAll(".facet-sheet")) sheet.open = false;
toOpened();
