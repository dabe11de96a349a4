// A tap on the body map ticks the box of the same name. Without this script the boxes do all that the map does.
for (const region of document.querySelectorAll(".body-map [data-region]")) {
  const box = region.closest("form")?.querySelector(`input[value="region.${region.dataset.region}"]`);
  if (box) {
    region.classList.add("body-map__tap");
    region.addEventListener("click", () => box.click());
  }
}
