// Pictures: the small ones scroll the reel, the reel marks the small ones, a chosen variant shows its own.
for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const reel = gallery.querySelector(".reel");
  const slides = [...reel.children];
  const thumbs = [...gallery.querySelectorAll(".thumbs a")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const go = (place) => reel.scrollTo({ left: slides[place].offsetLeft - reel.offsetLeft, behavior: calm.matches ? "auto" : "smooth" });

  thumbs.forEach((thumb, place) => thumb.addEventListener("click", (event) => {
    event.preventDefault();
    go(place);
  }));
  reel.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const now = Math.round(reel.scrollLeft / reel.clientWidth);
    go(Math.min(Math.max(now + step, 0), slides.length - 1));
  });
  if (thumbs.length) {
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const thumb = thumbs[slides.indexOf(entry.target)];
        if (entry.isIntersecting) thumb.setAttribute("aria-current", "true");
        else thumb.removeAttribute("aria-current");
      }
    }, { root: reel, threshold: 0.6 });
    slides.forEach((slide) => seen.observe(slide));
  }
  document.addEventListener("nitka:variant", (event) => {
    const options = Object.entries(event.detail.options).map((pair) => pair.join("="));
    const place = slides.findIndex((slide) => slide.dataset.for.trim() && slide.dataset.for.trim().split(" ").every((one) => options.includes(one)));
    if (place >= 0) go(place);
  });
}
