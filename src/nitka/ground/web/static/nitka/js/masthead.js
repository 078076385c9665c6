// How many lines the categories take is known to the page alone: as much of the header scrolls away.
const rooms = document.querySelector(".masthead .rooms");
if (rooms && "ResizeObserver" in window) {
  new ResizeObserver(() => rooms.closest(".masthead").style.setProperty("--rooms", `${rooms.offsetHeight}px`)).observe(rooms);
}
