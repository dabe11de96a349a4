// The switch for light and dark. What was chosen stays in this browser and is sent nowhere.
{
  const scheme = document.querySelector(".scheme");
  if (scheme && CSS.supports("color", "light-dark(#000, #fff)")) {
    const root = document.documentElement;
    scheme.hidden = false;
    scheme.querySelector(`[value="${root.dataset.scheme ?? "device"}"]`).checked = true;
    scheme.addEventListener("change", ({ target }) => {
      const own = target.value !== "device";
      if (own) root.dataset.scheme = target.value;
      else delete root.dataset.scheme;
      try {
        if (own) localStorage.setItem("scheme", target.value);
        else localStorage.removeItem("scheme");
      } catch {
        // Storage is switched off: the choice holds for this page.
      }
    });
  }
}
