// Suggestions while one types. Without this script the field sends what was typed, as it does with it.
// A copy of the site in files has no such field.
if (document.querySelector("#site-search")) {
  const field = document.querySelector("#site-search");
  const form = field.form;
  const list = document.createElement("ul");
  list.id = "site-search-suggestions";
  list.className = "site-search__suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  form.append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");

  let timer;
  let asked;
  let active = -1;

  const show = (pages) => {
    active = -1;
    field.removeAttribute("aria-activedescendant");
    list.replaceChildren(
      ...pages.map(({ title, address }, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = title;
        option.dataset.address = address;
        return option;
      }),
    );
    list.hidden = !pages.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const typed = field.value.trim();
    if (typed.length < 2) return show([]);
    try {
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
    } catch {
      // Cut off by the next letter, or no network: the field works on without suggestions.
    }
  };

  const choose = (number) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (number + list.children.length) % list.children.length;
    list.children[active].setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", list.children[active].id);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(active + 1);
    else if (event.key === "ArrowUp") choose(active < 0 ? -1 : active - 1);
    else if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && active >= 0) location.assign(list.children[active].dataset.address);
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus, which takes the list away.
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    location.assign(option.dataset.address);
  });
  field.addEventListener("blur", () => show([]));
}
