// The model in a frame over the page, fetched when it is asked for and gone when it is closed. Without this file the
// button leads to the model's own page.
const button = document.querySelector("a[data-model]"), room = document.getElementById("in-room");
if (button && room) {
  button.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.allow = "xr-spatial-tracking; fullscreen; accelerometer; gyroscope; magnetometer";
    frame.title = room.getAttribute("aria-label");
    frame.src = button.href;
    room.append(frame);
    room.showModal();
  });
  room.addEventListener("click", (event) => {
    if (event.target === room || event.target.closest("[data-close]")) room.close();
  });
  room.addEventListener("close", () => {
    room.querySelector("iframe")?.remove();
    button.focus();
  });
  document.addEventListener("nitka:variant", (event) => {
    button.href = `${button.pathname}?variant=${encodeURIComponent(event.detail.sku)}`;
  });
}
