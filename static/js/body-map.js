// A tap on the body map ticks the boxes of that place. Without this script the boxes do all that the map does.
for (const region of document.querySelectorAll("form .body-map [data-region]")) {
  const boxes = [...region.closest("form").querySelectorAll(`input[data-region~="${region.dataset.region}"]`)];
  if (boxes.length) {
    region.classList.add("body-map__tap");
    region.addEventListener("click", () => {
      const tick = boxes.some((box) => !box.checked);
      for (const box of boxes) if (box.checked !== tick) box.click();
    });
  }
}
