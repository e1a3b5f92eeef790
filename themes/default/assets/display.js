// The reader's own text size and contrast, kept in this browser and nowhere else.
const sizes = [100, 112, 125, 150, 175, 200];
const root = document.documentElement;
const kept = (name) => {
  try {
    return localStorage.getItem(`twintown-${name}`);
  } catch {
    return null; // the reader's browser keeps nothing
  }
};
const keep = (name, value) => {
  try {
    if (value === null) localStorage.removeItem(`twintown-${name}`);
    else localStorage.setItem(`twintown-${name}`, value);
  } catch {
    // It holds for this page then.
  }
};

let size = sizes.includes(Number(kept("text-size"))) ? Number(kept("text-size")) : 100;
let contrast = kept("contrast") ?? "";
let shortcuts = kept("shortcuts") !== "off";

function show() {
  if (size === 100) root.style.removeProperty("--text-size");
  else root.style.setProperty("--text-size", `${size}%`);
  if (contrast) root.dataset.contrast = contrast;
  else delete root.dataset.contrast;
}
// Before the page is drawn, lest it jump.
show();
root.dataset.display = "";

document.addEventListener("DOMContentLoaded", () => {
  const display = document.querySelector(".display");
  if (!display) return;
  const part = (name) => display.querySelector(`[data-display=${name}]`);
  const output = part("size");

  function update() {
    show();
    keep("text-size", size === 100 ? null : String(size));
    keep("contrast", contrast || null);
    keep("shortcuts", shortcuts ? null : "off");
    output.textContent = new Intl.NumberFormat(root.lang, { style: "percent" }).format(size / 100);
    part("smaller").disabled = size === sizes[0];
    part("larger").disabled = size === sizes.at(-1);
    part("shortcuts").checked = shortcuts;
    for (const choice of display.querySelectorAll("[name=contrast]")) choice.checked = choice.value === contrast;
  }
  function step(by) {
    size = sizes[Math.min(sizes.length - 1, Math.max(0, sizes.indexOf(size) + by))];
    update();
  }

  part("smaller").addEventListener("click", () => step(-1));
  part("larger").addEventListener("click", () => step(1));
  part("shortcuts").addEventListener("change", (event) => {
    shortcuts = event.target.checked;
    update();
  });
  part("reset").addEventListener("click", () => {
    [size, contrast, shortcuts] = [100, "", true];
    update();
  });
  part("print").addEventListener("click", () => print());
  display.addEventListener("change", (event) => {
    if (event.target.name !== "contrast") return;
    contrast = event.target.value;
    update();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (!shortcuts || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "+") step(1);
    if (event.key === "-" || event.key === "−") step(-1);
  });
  update();
  display.hidden = false;
});
