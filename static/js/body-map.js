// A tap on the body map ticks the box of the same name. Without this script the boxes do all that the map does.
for (const region of document.querySelectorAll(".body-map [data-region]")) {
  region.addEventListener("click", () => {
    document.querySelector(`input[value$=".${region.dataset.region}"]`)?.click();
  });
}
