/* Comfort only: every page works without this file. */
"use strict";

(() => {
  const typing = (target) => target.closest("input, select, textarea, [contenteditable]");

  const focusErrors = () => document.querySelector("[data-focus]")?.focus();

  /* Rows of a list: j and k move between the first link of each. */
  const row = () => document.activeElement.closest("[data-list] [data-row]");

  const step = (by) => {
    const links = [...document.querySelectorAll("[data-row] a:first-of-type, tr[data-row] a")].filter(
      (link, index, all) => all.findIndex((one) => one.closest("[data-row]") === link.closest("[data-row]")) === index
    );
    const here = links.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
    links[Math.min(Math.max(here + by, 0), links.length - 1)]?.focus();
  };

  /* In a list to sign: s shows exactly what a row signs and stands on the button; once more signs. Only there. */
  const sign = () => {
    const fold = row()?.querySelector("[data-sign]");
    if (!fold) return;
    const button = fold.querySelector("form button");
    if (fold.open && document.activeElement === button) return button.click();
    fold.open = true;
    button.focus();
  };

  /* On a telephone the menu is folded, so that the page begins on the first screen. */
  const menu = document.querySelector("[data-menu]");
  const narrow = matchMedia("(max-width: 45rem)");
  const foldMenu = () => {
    if (menu) menu.open = !narrow.matches;
  };
  foldMenu();
  narrow.addEventListener("change", foldMenu);

  /* In the reconciliation: b ticks off the row one stands in. The page that comes back stands on the next. */
  const tick = () => row()?.querySelector("[data-tick]")?.click();

  const close = () => {
    const fold = row()?.querySelector("[data-sign][open]");
    if (!fold) return;
    fold.open = false;
    row().querySelector("a").focus();
  };

  const inList = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Escape: close };

  const keys = {
    "/": () => document.getElementById("search")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    s: sign,
    b: tick,
    n: () => document.querySelector("[data-next-case]")?.click(),
    g: () => document.querySelector(".brand")?.click(),
    "?": () => document.querySelector("a[href$='/tangenter/']")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const act = (row() && inList[event.key]) || (document.body.dataset.keys !== "off" && keys[event.key]);
    if (act) {
      event.preventDefault();
      act();
    }
  });

  /* Files can be dropped on a field that takes files. */
  for (const area of document.querySelectorAll("[data-drop]")) {
    const field = area.querySelector("input[type=file]");
    const show = () => {
      const list = area.querySelector("[data-chosen]");
      if (list) list.textContent = [...field.files].map((file) => file.name).join(", ");
    };
    field.addEventListener("change", show);
    for (const kind of ["dragover", "dragleave", "drop"]) {
      area.addEventListener(kind, (event) => {
        event.preventDefault();
        area.classList.toggle("over", kind === "dragover");
        if (kind === "drop") {
          field.files = event.dataTransfer.files;
          show();
        }
      });
    }
  }

  /* The paper somebody types from stands beside her form as soon as she has chosen its picture. */
  for (const place of document.querySelectorAll("[data-scan]")) {
    const field = place.parentElement.querySelector("input[type=file]");
    field.addEventListener("change", () => {
      const [file] = field.files;
      place.replaceChildren();
      place.hidden = !file || !/^(image\/|application\/pdf$)/.test(file.type);
      if (place.hidden) return;
      const shown = document.createElement(file.type.startsWith("image/") ? "img" : "iframe");
      shown.src = URL.createObjectURL(file);
      shown[shown.tagName === "IMG" ? "alt" : "title"] = place.getAttribute("aria-label");
      place.append(shown);
    });
  }

  /* A text is tried while it is written: the answer is a piece of this page. Without this, a button does the same. */
  for (const field of document.querySelectorAll("[data-try]")) {
    const place = document.getElementById(field.dataset.shows);
    const said = document.getElementById(field.dataset.says);
    let waiting, asked;
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const body = new FormData(field.form);
      body.delete("once");
      try {
        const answer = await fetch(field.dataset.try, { method: "POST", body, signal: asked.signal });
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        place.innerHTML = await answer.text();
        said.textContent = place.querySelector("h2").textContent;
      } catch (trouble) {
        if (trouble.name !== "AbortError") place.textContent = said.textContent = field.dataset.trouble;
      }
    };
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 400);
    });
    /* A line that is named leads into the text. */
    document.addEventListener("click", (event) => {
      const line = Number(event.target.closest("a[data-line]")?.dataset.line);
      if (!line) return;
      event.preventDefault();
      const lines = field.value.split("\n");
      const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      field.focus();
      field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
      field.scrollTop = (line - 4) * parseFloat(getComputedStyle(field).lineHeight);
    });
  }

  /* Long work shows that it goes on. */
  for (const told of document.querySelectorAll("[data-working]")) {
    told.closest("form").addEventListener("submit", () => (told.hidden = false));
  }

  focusErrors();
})();
