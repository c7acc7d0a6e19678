"use strict";
/* The pages work without this file. It asks before a button acts without leaving the page, keeps a form from being
   sent twice in a row, finds a name in the try-out's list, and shows what is being written while it is written. */

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (!button || !window.HTMLDialogElement) return;
  event.preventDefault();
  const dialog = document.createElement("dialog");
  const question = document.createElement("p");
  question.id = "confirm-question";
  question.textContent = button.dataset.confirm;
  dialog.setAttribute("aria-labelledby", question.id);
  const row = document.createElement("div");
  row.className = "buttons";
  const no = document.createElement("button");
  no.textContent = button.dataset.no;
  no.addEventListener("click", () => dialog.close());
  const yes = document.createElement("button");
  yes.textContent = button.dataset.yes;
  yes.className = button.classList.contains("danger") ? "danger" : "primary";
  yes.addEventListener("click", () => {
    dialog.close();
    const press = document.createElement("button");
    press.name = "press";
    press.value = button.dataset.press;
    press.hidden = true;
    button.form.append(press);
    button.form.requestSubmit(press);
  });
  row.append(yes, no);
  dialog.append(question, row);
  dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  if (event.submitter) event.submitter.setAttribute("aria-disabled", "true");
});
window.addEventListener("pageshow", () => {  // coming back with the browser's button: everything may be sent again
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
});

const errors = document.getElementById("errors");
if (errors) errors.focus();

for (const list of document.querySelectorAll("select[data-find]")) {
  if (list.options.length < 8) continue;
  const all = [...list.options];
  const find = document.createElement("input");
  find.type = "search";
  find.placeholder = list.dataset.find;
  find.setAttribute("aria-label", list.dataset.find);
  find.autocomplete = "off";
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  find.addEventListener("input", () => {
    const word = plain(find.value.trim());
    list.replaceChildren(...all.filter((option) => plain(option.textContent).includes(word)));
  });
  find.addEventListener("keydown", (event) => { if (event.key === "Enter" && !list.value) event.preventDefault(); });
  list.before(find);
}

const preview = document.getElementById("preview");
if (preview) {
  const form = document.getElementById("form");
  let wait = 0, latest = 0;
  const draw = async () => {
    const number = ++latest;
    const open = [...preview.querySelectorAll("details")].map((one) => one.open);
    const sent = { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "x-enishi-part": "preview" } };
    const response = await fetch("/preview", sent).catch(() => null);
    if (!response || !response.ok || number !== latest) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (number !== latest) return;
    preview.replaceChildren(...page.body.childNodes);
    [...preview.querySelectorAll("details")].forEach((one, place) => { one.open = open[place] ?? true; });
  };
  form.querySelector("button[formaction='/preview']").remove();
  const soon = () => { clearTimeout(wait); wait = setTimeout(draw, 400); };
  form.addEventListener("input", soon);
  document.getElementById("preview-language").addEventListener("change", draw);
  draw();
}
