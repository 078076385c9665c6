// A link inside the menu to a place on the same page closes the menu first.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[popover] a[href^='#']");
  if (link) link.closest("[popover]").hidePopover();
});
