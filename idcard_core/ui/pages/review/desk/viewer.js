// The picture: wheel and two fingers zoom, dragging moves, a click on a box chooses it. A view is {degrees, scale, x, y}:
// how far the picture is turned on the screen, and the point of it (picture pixels) in the middle of the stage.
const STILL_PX = 4; // a pointer that moves less between down and up has clicked
const GLIDE_MS = 150;
const CLOSEST = 1.9; // times the scale that shows the whole card

class Viewer {
  constructor({ onPick, onDrawn, onDrawing }) {
    Object.assign(this, { onPick, onDrawn, onDrawing });
    this.image = make("img", "picture", { alt: "", draggable: false });
    this.group = shape("g", {});
    this.overlay = shape("svg", { class: "overlay" });
    this.overlay.append(this.group);
    this.rubber = make("div", "rubber", { hidden: true });
    this.problem = make("div", "problem", { hidden: true });
    this.stage = make("div", "stage", {}, this.image, this.overlay, this.rubber, this.problem);
    this.view = { degrees: 0, scale: 1, x: 0, y: 0 };
    this.upright = true;
    this.pointers = new Map();
    this.polygons = new Map();
    this.image.addEventListener("load", () => this.onLoad?.());
    this.stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    for (const name of ["pointerdown", "pointermove", "pointerup", "pointercancel"])
      this.stage.addEventListener(name, (event) => this[name](event));
    this.stage.addEventListener("dblclick", () => this.whole());
    new ResizeObserver(() => this.resized()).observe(this.stage);
  }

  show(picture, cards, alt) {
    const same = this.picture?.url === picture.url;
    this.picture = picture;
    this.cards = cards;
    this.problem.hidden = !picture.problem;
    this.problem.textContent = picture.problem || "";
    this.image.hidden = Boolean(picture.problem);
    this.image.alt = alt;
    if (!picture.problem && !same) {
      this.image.removeAttribute("src");
      Object.assign(this.image.style, { width: `${picture.width}px`, height: `${picture.height}px` });
      this.image.src = picture.url;
    }
    this.draw();
    if (!same) this.start();
  }

  start() {
    cancelAnimationFrame(this.gliding);
    const card = this.cards.find((each) => each.corners);
    this.degrees = card && this.upright ? -card.degrees : 0;
    this.set(this.fit(card ? card.corners : null, 0.94));
  }

  draw() {
    this.polygons.clear();
    this.group.replaceChildren();
    if (this.picture.problem) return;
    for (const card of this.cards) {
      if (card.corners) this.group.append(shape("polygon", { class: "card", points: card.corners.join(" ") }));
      for (const field of card.fields) {
        if (!field.quad) continue;
        const kind = `box ${field.tone}${field.found ? "" : " expected"}`;
        const polygon = shape("polygon", { class: kind, points: field.quad.join(" ") });
        polygon.dataset.place = field.place;
        const title = shape("title", {});
        title.textContent = field.label;
        polygon.append(title);
        this.polygons.set(field.place, polygon);
        this.group.append(polygon);
      }
    }
    this.light(this.lit);
  }

  light(place) {
    this.lit = place;
    for (const [name, polygon] of this.polygons) polygon.classList.toggle("lit", name === place);
    if (this.polygons.has(place)) this.group.append(this.polygons.get(place));
  }

  // Zooms near a field, the card around it turned upright.
  near(field, card) {
    this.light(field.place);
    if (!field.quad || this.picture.problem) return;
    this.degrees = this.upright ? -card.degrees : 0;
    const { width, height } = this.size();
    const across = distance(field.quad[0], field.quad[1]);
    const down = distance(field.quad[0], field.quad[3]);
    const whole = this.fit(card.corners, 0.94).scale;
    const scale = between(Math.min((0.8 * width) / across, (0.3 * height) / down), whole, CLOSEST * whole);
    const [x, y] = middleOf(field.quad);
    this.glide({ degrees: this.degrees, scale, x, y });
  }

  whole() {
    this.glide(this.fit(null, 1));
  }

  zoom(factor) {
    this.glide({ ...this.view, scale: this.view.scale * factor });
  }

  turn() {
    this.upright = !this.upright;
    const card = this.cards.find((each) => each.corners);
    this.degrees = card && this.upright ? -card.degrees : 0;
    this.glide(this.fit(null, 1));
  }

  size() {
    return { width: this.stage.clientWidth || 1, height: this.stage.clientHeight || 1 };
  }

  // The view that shows these points, or the whole picture, as large as the stage allows.
  fit(points, share) {
    const { width: w, height: h } = this.picture;
    const shown = points || [[0, 0], [w, 0], [w, h], [0, h]];
    const angle = ((this.degrees || 0) * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const turned = shown.map(([x, y]) => [cos * x - sin * y, sin * x + cos * y]);
    const [xs, ys] = [0, 1].map((axis) => turned.map((point) => point[axis]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const stage = this.size();
    const scale = share * Math.min(stage.width / (right - left), stage.height / (bottom - top));
    const [mx, my] = [(left + right) / 2, (top + bottom) / 2];
    return { degrees: this.degrees || 0, scale, x: cos * mx + sin * my, y: cos * my - sin * mx };
  }

  glide(target) {
    cancelAnimationFrame(this.gliding);
    const start = { ...this.view };
    const turn = ((target.degrees - start.degrees + 540) % 360) - 180;
    const began = performance.now();
    const length = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : GLIDE_MS;
    const step = (now) => {
      const t = length ? between((now - began) / length, 0, 1) : 1;
      const eased = t * (2 - t);
      this.set({
        degrees: start.degrees + turn * eased,
        scale: start.scale * (target.scale / start.scale) ** eased,
        x: start.x + (target.x - start.x) * eased,
        y: start.y + (target.y - start.y) * eased,
      });
      if (t < 1) this.gliding = requestAnimationFrame(step);
    };
    step(began);
  }

  set(view) {
    const { width, height } = this.picture;
    const least = 0.9 * Math.min(this.fit(null, 1).scale, Infinity);
    this.view = {
      degrees: view.degrees,
      scale: between(view.scale, least, 60 * least),
      x: between(view.x, 0, width),
      y: between(view.y, 0, height),
    };
    const matrix = `matrix(${this.matrix().join(",")})`;
    this.image.style.transform = matrix;
    this.group.setAttribute("transform", matrix);
  }

  matrix() {
    const { degrees, scale, x, y } = this.view;
    const stage = this.size();
    const angle = (degrees * Math.PI) / 180;
    const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
    return [a, b, -b, a, stage.width / 2 - (a * x - b * y), stage.height / 2 - (b * x + a * y)];
  }

  toPicture([sx, sy]) {
    const [a, b, , , e, f] = this.matrix();
    const whole = a * a + b * b;
    const [x, y] = [sx - e, sy - f];
    return [(a * x + b * y) / whole, (a * y - b * x) / whole];
  }

  resized() {
    if (this.picture && !this.picture.problem) this.set(this.view);
  }

  at(event) {
    const box = this.stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  // Zooms so that the point of the picture under `at` stays there.
  zoomAt(at, factor) {
    cancelAnimationFrame(this.gliding);
    const before = this.toPicture(at);
    this.set({ ...this.view, scale: this.view.scale * factor });
    const after = this.toPicture(at);
    this.set({ ...this.view, x: this.view.x + before[0] - after[0], y: this.view.y + before[1] - after[1] });
  }

  wheel(event) {
    event.preventDefault();
    if (!this.picture.problem) this.zoomAt(this.at(event), Math.exp(-between(event.deltaY, -120, 120) / 300));
  }

  drawing(on) {
    this.isDrawing = on && !this.picture.problem;
    this.stage.classList.toggle("drawing", this.isDrawing);
    this.rubber.hidden = true;
    this.onDrawing(this.isDrawing);
  }

  pointerdown(event) {
    if (this.picture.problem || event.button > 0) return;
    event.preventDefault(); // the field keeps the focus
    this.stage.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.at(event));
    this.moved = false;
    this.began = this.at(event);
    this.pressed = event.composedPath()[0];
  }

  pointermove(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.at(event);
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.moved ||= distance(now, this.began) > STILL_PX;
    if (this.isDrawing && !others.length) this.stretch(now);
    else if (this.moved && others.length) this.zoomAt(others[0], distance(now, others[0]) / distance(before, others[0]));
    else if (this.moved) this.pan(before, now);
    this.pointers.set(event.pointerId, now);
  }

  pan(before, now) {
    cancelAnimationFrame(this.gliding);
    const [from, to] = [this.toPicture(before), this.toPicture(now)];
    this.set({ ...this.view, x: this.view.x + from[0] - to[0], y: this.view.y + from[1] - to[1] });
  }

  stretch(now) {
    const [left, top] = [0, 1].map((axis) => Math.min(now[axis], this.began[axis]));
    const [width, height] = [0, 1].map((axis) => Math.abs(now[axis] - this.began[axis]));
    this.drawn = [[left, top], [left + width, top], [left + width, top + height], [left, top + height]];
    this.rubber.hidden = false;
    Object.assign(this.rubber.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }

  pointerup(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    if (this.isDrawing && this.moved) {
      const quad = this.drawn.map((point) => this.toPicture(point));
      this.drawing(false);
      this.onDrawn(quad);
    } else if (!this.moved && this.pressed?.dataset?.place) this.onPick(this.pressed.dataset.place);
  }

  pointercancel(event) {
    this.pointers.delete(event.pointerId);
    this.rubber.hidden = true;
  }
}
