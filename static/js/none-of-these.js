// 'None of these' and the other boxes exclude each other. The server says so too, without this script.
{
  const none = document.querySelector("#none");
  none?.form.addEventListener("change", ({ target }) => {
    if (!target.checked) return;
    if (target === none) {
      for (const box of none.form.querySelectorAll('[name="chosen"], [name="unsure"]')) box.checked = false;
    } else {
      none.checked = false;
    }
  });
}
