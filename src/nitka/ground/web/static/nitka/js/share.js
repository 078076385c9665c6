// Passing a page on: where the device can share, its own sheet opens; else the links below, and a button that copies.
for (const part of document.querySelectorAll("[data-share]")) {
  const page = { url: part.dataset.share, title: part.dataset.title };
  const copy = part.querySelector("[data-copy]"), words = copy.textContent;
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(page.url);
    copy.textContent = copy.dataset.done;
    setTimeout(() => { copy.textContent = words; }, 3000);
  });
  part.querySelector("summary").addEventListener("click", async (event) => {
    if (part.open || !navigator.canShare?.(page)) return;
    event.preventDefault();
    try {
      await navigator.share(page);
    } catch (trouble) {
      if (trouble.name !== "AbortError") part.open = true;
    }
  });
}
