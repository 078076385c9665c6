// Pictures close up: click or Enter opens the one that is shown; arrows and swipes turn over, plus, minus, click and
// pinch come closer, dragging moves. Without this file each picture leads to its large file.
const zoom = document.getElementById("zoom");
const shots = [...document.querySelectorAll("a[data-zoom]")];
if (zoom && shots.length) {
  const stage = zoom.querySelector(".stage"), place = zoom.querySelector(".place"), most = 4;
  const fingers = new Map();
  let now = 0, scale = 1, x = 0, y = 0, apart = 0, begun = null, moved = false;

  const clamp = (value, most) => Math.min(Math.max(value, -most), most);
  function draw() {
    const image = stage.querySelector("img");
    const room = (scale - 1) / 2;
    x = clamp(x, image.clientWidth * room);
    y = clamp(y, image.clientHeight * room);
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    zoom.toggleAttribute("data-close-up", scale > 1);
  }
  function to(wanted, at) {
    const next = Math.min(Math.max(wanted, 1), most);
    if (at) {
      const box = stage.getBoundingClientRect();
      const dx = at.clientX - box.left - box.width / 2, dy = at.clientY - box.top - box.height / 2;
      x = dx - (dx - x) * (next / scale);
      y = dy - (dy - y) * (next / scale);
    }
    scale = next;
    draw();
  }
  function turn(step) {
    now = (now + step + shots.length) % shots.length;
    const picture = shots[now].querySelector("picture").cloneNode(true);
    // Twice the window's width: the browser takes the largest file there is, in the format that it likes best.
    for (const part of picture.children) {
      if (part.srcset) part.sizes = "200vw";
      part.removeAttribute("loading");
      part.draggable = false;
    }
    stage.replaceChildren(picture);
    [scale, x, y] = [1, 0, 0];
    draw();
    place.textContent = place.dataset.words.replace("%(n)s", now + 1).replace("%(all)s", shots.length);
    for (const name of ["back", "on"]) zoom.querySelector(`.${name}`).hidden = shots.length < 2;
  }
  const acts = { in: () => to(scale * 1.6), out: () => to(scale / 1.6), back: () => turn(-1), on: () => turn(1), close: () => zoom.close() };
  const keys = { ArrowLeft: "back", ArrowRight: "on", "+": "in", "=": "in", "-": "out" };

  shots.forEach((shot, at) => shot.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    now = at;
    zoom.showModal();
    turn(0);
  }));
  zoom.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (act) event.preventDefault(), acts[act]();
  });
  zoom.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom-to]");
    if (button) acts[button.dataset.zoomTo]();
  });
  zoom.addEventListener("close", () => {
    stage.replaceChildren();
    shots[now].scrollIntoView({ block: "nearest", inline: "nearest" });
    shots[now].focus({ preventScroll: true });
  });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    to(scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2), event);
  }, { passive: false });

  const gap = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  };
  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) [begun, moved] = [event, false];
    if (fingers.size === 2) apart = gap() / scale;
  });
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (Math.hypot(event.clientX - begun.clientX, event.clientY - begun.clientY) > 6) moved = true;
    if (fingers.size === 2) to(gap() / apart);
    else if (scale > 1) {
      x += event.clientX - before.clientX;
      y += event.clientY - before.clientY;
      draw();
    }
  });
  for (const name of ["pointerup", "pointercancel"]) stage.addEventListener(name, (event) => {
    if (!fingers.delete(event.pointerId) || fingers.size) return;
    const far = event.clientX - begun.clientX;
    if (name === "pointerup" && !moved) {
      if (event.target === stage && scale === 1) zoom.close();
      else to(scale > 1 ? 1 : 2.5, event);
    } else if (scale === 1 && Math.abs(far) > 50) turn(far < 0 ? 1 : -1);
  });
}
