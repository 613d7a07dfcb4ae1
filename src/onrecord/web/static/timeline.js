// Dragging across the lanes zooms into the days under the drag, as an address.

const chart = document.querySelector("svg.lanes");
const brush = chart?.querySelector(".brush");
const LEFT = 190, WIDE = 1000, LEAST = 8, DAY = 86_400_000;
let from = null;

function place(event) {
  const box = chart.getBoundingClientRect();
  return Math.min(LEFT + WIDE, Math.max(LEFT, ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width));
}

function day(x) {
  const since = Date.parse(chart.dataset.since), until = Date.parse(chart.dataset.until) + DAY;
  return new Date(since + ((x - LEFT) / WIDE) * (until - since)).toISOString().slice(0, 10);
}

chart?.addEventListener("pointerdown", (event) => { if (event.button === 0 && event.pointerType === "mouse") from = place(event); });
addEventListener("pointermove", (event) => {
  if (from === null) return;
  const to = place(event);
  brush.setAttribute("x", Math.min(from, to));
  brush.setAttribute("width", Math.abs(to - from));
});
addEventListener("pointerup", (event) => {
  if (from === null) return;
  const to = place(event), [first, last] = [Math.min(from, to), Math.max(from, to)];
  from = null;
  if (last - first < LEAST) { brush.setAttribute("width", 0); return; }
  const address = new URL(location.href);
  address.searchParams.set("since", day(first));
  address.searchParams.set("until", day(last));
  address.searchParams.delete("page");
  location.assign(address);
});
chart?.addEventListener("dragstart", (event) => event.preventDefault());
