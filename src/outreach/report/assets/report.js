"use strict";
(() => {
  const map = document.querySelector("svg.map");
  if (!map) return;
  const stage = map.querySelector(".stage"), tools = document.querySelector(".tools"), said = tools.querySelector("output");
  const dots = [...map.querySelectorAll(".dot")], box = map.viewBox.baseVal;
  let x = 0, y = 0, scale = 1, asked = 0, chosen = -1, held = null;
  tools.hidden = false;

  const draw = () => { asked = 0; stage.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`); };
  const later = () => { asked = asked || requestAnimationFrame(draw); };
  const ratio = () => box.width / map.clientWidth;
  const within = () => {
    x = Math.min(box.width * .9, Math.max(-box.width * scale * .9, x));
    y = Math.min(box.height * .9, Math.max(-box.height * scale * .9, y));
  };
  const move = (dx, dy) => { x += dx; y += dy; within(); later(); };
  const zoom = (by, cx = box.width / 2, cy = box.height / 2) => {
    const now = Math.min(40, Math.max(.5, scale * by));
    x = cx - (cx - x) * now / scale;
    y = cy - (cy - y) * now / scale;
    scale = now;
    within();
    later();
  };
  const whole = () => { x = y = 0; scale = 1; later(); };
  const tell = (dot) => { said.textContent = dot ? dot.querySelector("title").textContent : ""; };
  const choose = (step) => {
    if (!dots.length) return;
    if (chosen >= 0) dots[chosen].classList.remove("chosen");
    chosen = (chosen + step + dots.length) % dots.length;
    dots[chosen].classList.add("chosen");
    tell(dots[chosen]);
  };
  const point = (event) => {
    const area = map.getBoundingClientRect(), k = Math.min(area.width / box.width, area.height / box.height);
    return [(event.clientX - area.left - (area.width - box.width * k) / 2) / k,
      (event.clientY - area.top - (area.height - box.height * k) / 2) / k];
  };

  map.addEventListener("pointerdown", (event) => {
    held = [event.clientX, event.clientY];
    map.setPointerCapture(event.pointerId);
    map.classList.add("moving");
  });
  map.addEventListener("pointermove", (event) => {
    if (!held) { if (event.target.classList.contains("dot")) tell(event.target); return; }
    move((event.clientX - held[0]) * ratio(), (event.clientY - held[1]) * ratio());
    held = [event.clientX, event.clientY];
  });
  for (const name of ["pointerup", "pointercancel"]) {
    map.addEventListener(name, () => { held = null; map.classList.remove("moving"); });
  }
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== map) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), ...point(event));
  }, { passive: false });
  map.addEventListener("dblclick", (event) => zoom(2, ...point(event)));
  const keys = {
    ArrowLeft: () => move(60, 0), ArrowRight: () => move(-60, 0), ArrowUp: () => move(0, 60), ArrowDown: () => move(0, -60),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), "0": whole, n: () => choose(1), p: () => choose(-1),
  };
  map.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? null : keys[event.key];
    if (act) { act(); event.preventDefault(); }
  });
  const acts = { in: () => zoom(1.5), out: () => zoom(1 / 1.5), whole };
  tools.addEventListener("click", (event) => { const act = acts[event.target.dataset.do]; if (act) act(); });
  addEventListener("beforeprint", () => { whole(); draw(); });
})();
