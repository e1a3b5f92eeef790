// Writes the e-mail of the application form. The page sends nothing: the visitor's own mail
// program does, and where none opens, the text can be copied.
const form = document.querySelector(".application");
const result = form.querySelector(".result");
const text = result.querySelector("textarea");
const trouble = form.querySelector(".form-trouble");

form.noValidate = true; // what is missing is said in the page's language
form.querySelector(".buttons").hidden = false;
for (const item of document.querySelectorAll(".with-script")) item.hidden = false;

/** The answer to one question; choices in a row, then what was added to them. */
function answer(field) {
  const controls = [...field.querySelectorAll("input, textarea")];
  const given = controls.filter((control) => control.type !== "checkbox" || control.checked);
  return given.map((control) => control.value.trim()).filter(Boolean).join(", ");
}

/** The letter: a line for each question, an empty one before each group. */
function letter() {
  const lines = [];
  for (const field of form.querySelectorAll("[data-field], [data-group]")) {
    if (field.dataset.group) lines.push("", `${field.dataset.group}`);
    else lines.push(`${field.dataset.field}: ${answer(field)}`);
  }
  return lines.join("\n");
}

/** The controls that are empty and must not be, or hold something else than they should. */
function wrong() {
  const controls = [...form.querySelectorAll("input, textarea")].filter((control) => !control.readOnly);
  for (const control of controls) {
    if (control.validity.valid) control.removeAttribute("aria-invalid");
    else control.setAttribute("aria-invalid", "true");
  }
  return controls.filter((control) => !control.validity.valid);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const found = wrong();
  const names = found.map((control) => control.closest("[data-field]").dataset.field);
  trouble.textContent = found.length > 0 ? `${form.dataset.wrong} ${names.join(", ")}` : "";
  if (found.length > 0) return found[0].focus();
  text.value = letter();
  result.hidden = false;
  result.querySelector("[role=status]").textContent = form.dataset.ready;
  const subject = form.dataset.subject.replace("{name}", answer(form.querySelector("[data-field]")));
  const crlf = text.value.replaceAll("\n", "\r\n"); // RFC 6068
  location.href = `mailto:${form.dataset.to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(crlf)}`;
});

form.querySelector("[data-print]").addEventListener("click", () => print());
form.querySelector("[data-copy]").addEventListener("click", async ({ currentTarget }) => {
  text.select();
  await navigator.clipboard?.writeText(text.value).catch(() => {});
  result.querySelector("[role=status]").textContent = currentTarget.dataset.copied;
});
