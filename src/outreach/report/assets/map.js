"use strict";
(() => {
  const live = (map) => {
    const stage = map.querySelector(".stage"), tools = map.closest(".frame").querySelector(".tools");
    const said = tools.querySelector("output"), dots = [...map.querySelectorAll(".dot")], box = map.viewBox.baseVal;
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
      if (chosen >= 0) dots[chosen].classList.remove("chosen");
      const shown = dots.map((_dot, i) => i).filter((i) => !dots[i].closest(".off"));
      if (!shown.length) { chosen = -1; tell(null); return; }
      const after = step > 0 ? shown.find((i) => i > chosen) : shown.findLast((i) => i < chosen);
      chosen = after ?? shown.at(step > 0 ? 0 : -1);
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
  };
  for (const map of document.querySelectorAll("svg.map")) live(map);

  const filters = document.querySelector(".filters");
  if (!filters) return;
  filters.hidden = false;
  const boxes = [...filters.querySelectorAll("input")], marked = [...document.querySelectorAll("[data-f]")];
  const codes = marked.map((one) => one.dataset.f.split(" "));
  const numbers = [...document.querySelectorAll(".number")].map((text) => [text, text.dataset.of.split("–").map(Number)]);
  const numbered = new Map([...document.querySelectorAll("[data-n]")].map((pin) => [Number(pin.dataset.n), pin]));
  const spans = numbers.map(([text, [from, to = from]]) =>
    [text, Array.from({ length: to - from + 1 }, (_one, i) => numbered.get(from + i))]);
  const count = filters.querySelector("output");
  const apply = () => {
    const off = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
    marked.forEach((one, i) => one.classList.toggle("off", codes[i].some((code) => off.has(code))));
    for (const [text, pins] of spans) text.classList.toggle("off", pins.every((pin) => pin.classList.contains("off")));
    const things = document.querySelectorAll(".thing"), hidden = document.querySelectorAll(".thing.off");
    count.textContent = count.dataset.said.replace("{n}", things.length - hidden.length).replace("{all}", things.length);
  };
  filters.addEventListener("change", apply);
  filters.addEventListener("click", (event) => {
    const all = event.target.dataset.all;
    if (all === undefined) return;
    for (const box of event.target.closest("fieldset").querySelectorAll("input")) box.checked = all === "1";
    apply();
  });
  apply();
})();
