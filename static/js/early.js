// The colours that the visitor chose, before the first paint, so that no page flashes in the other ones.
try {
  const scheme = localStorage.getItem("scheme");
  if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage is switched off: the device's own setting holds.
}
