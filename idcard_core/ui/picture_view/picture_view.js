const STILL_PX = 4; // a pointer that moves less between down and up has clicked
const SMALLEST_DRAWN_PX = 6;
const views = new WeakMap();

class PictureView {
  constructor(root) {
    this.root = make("div", "picture-view");
    this.bar = make("div", "bar");
    this.frame = make("div", "frame", { tabIndex: 0 });
    this.stage = make("div", "stage");
    this.picture = make("img", "picture", { draggable: false });
    this.overlay = shape("svg", "overlay", {});
    this.group = shape("g", "", {});
    this.numbers = make("div", "numbers");
    this.tip = make("div", "tip", { hidden: true });
    this.overlay.append(this.group);
    this.frame.append(this.stage, this.overlay, this.numbers, this.tip);
    this.root.append(this.bar, this.frame);
    root.append(this.root);
    this.switched = new Map(); // layers by name, as people left them
    this.pointers = new Map();
    this.links = new PageLinks(root.host || root, {
      onHover: (box) => this.light(box, null),
      onChoose: (box) => this.choose(box),
    });
    this.listen();
    this.resizing = new ResizeObserver(() => this.look(this.sight));
    this.resizing.observe(this.frame);
  }

  end() {
    this.links.end();
    this.resizing.disconnect();
  }

  // What the script has sent; all that people did to the picture stays.
  take(component) {
    const { data } = component;
    const before = this.data;
    this.tell = component.setTriggerValue;
    this.data = data;
    if (!data.views.some((view) => view.id === this.open)) this.open = data.views[0]?.id;
    if (before?.drawing !== data.drawing) this.drawing = data.drawing === "on";
    if (before?.selected !== data.selected) this.chosen = data.selected;
    this.show();
    if (data.follows && data.selected && before?.selected !== data.selected) this.follow(data.selected);
  }

  get view() {
    return this.data.views.find((view) => view.id === this.open);
  }

  box(id) {
    return this.view.boxes.find((box) => box.id === id);
  }

  show() {
    const { view, data } = this;
    this.links.boxes = view.boxes;
    this.frame.setAttribute("aria-label", `${data.alt} · ${data.words.hint}`);
    const [{ width, height }] = data.views; // of the first, so that nothing moves when another one is opened
    this.frame.style.aspectRatio = `${width} / ${height}`;
    this.frame.style.minHeight = `${data.lowest_px}px`;
    this.frame.style.maxHeight = `${data.highest_px}px`;
    const same = this.shown === view.id && this.picture.src === view.image;
    this.shown = view.id;
    if (!same) cancelAnimationFrame(this.gliding);
    if (!same) this.picture.src = view.image;
    this.picture.hidden = !view.image;
    this.picture.style.width = `${view.width}px`;
    this.picture.style.height = `${view.height}px`;
    this.picture.alt = "";
    this.stage.replaceChildren(this.picture, ...view.layers.filter((layer) => this.isOn(layer)).map(layerOf));
    const boxes = this.isOn({ name: "boxes", shown: true }) ? view.boxes : [];
    this.drawn = shape("rect", "drawn", { visibility: "hidden" });
    this.group.replaceChildren(...view.outlines.map(outlineOf), ...boxes.map((box) => this.polygonOf(box)), this.drawn);
    this.numbers.replaceChildren(...view.outlines.map(numberOf));
    this.root.dataset.mode = this.drawing ? "draw" : "look";
    this.bar.replaceChildren(...barOf(this));
    this.look(same ? this.sight : null);
    this.light(this.box(this.hovered) || null, null);
  }

  isOn(layer) {
    return this.switched.get(layer.name) ?? layer.shown;
  }

  flip(layer) {
    this.switched.set(layer.name, !this.isOn(layer));
    this.show();
  }

  turnTo(id) {
    this.open = id;
    this.show();
  }

  draws(on) {
    this.drawing = on;
    this.show();
  }

  polygonOf(box) {
    const polygon = shape("polygon", `box ${box.tone}`, {
      points: box.points.join(" "),
      "data-id": box.id,
      role: "button",
      "aria-label": [box.label, ...box.lines].join(" · "),
    });
    polygon.onpointerenter = (event) => this.light(box, event);
    polygon.onpointermove = (event) => this.light(box, event);
    polygon.onpointerleave = () => this.light(null, null);
    return polygon;
  }

  // Lights a box and what belongs to it; beside the pointer, where it is over the picture, stands what was read.
  light(box, pointer) {
    this.hovered = box?.id;
    for (const polygon of this.group.querySelectorAll(".box")) {
      polygon.classList.toggle("lit", polygon.dataset.id === box?.id);
      polygon.classList.toggle("chosen", polygon.dataset.id === this.chosen);
    }
    this.links.light(box);
    this.tip.hidden = !box || !pointer;
    if (this.tip.hidden) return;
    const lines = box.lines.map((line) => make("span", "", { textContent: line }));
    this.tip.replaceChildren(make("b", "", { textContent: box.label }), ...lines);
    const [x, y] = this.at(pointer);
    const { offsetWidth, offsetHeight } = this.tip;
    const above = y - offsetHeight - 14;
    this.tip.style.left = `${between(x - offsetWidth / 2, 4, this.frame.clientWidth - offsetWidth - 4)}px`;
    this.tip.style.top = `${above < 4 ? y + 20 : above}px`;
  }

  // The page's element of a box has been entered.
  choose(box) {
    this.chosen = box.id;
    this.light(box, null);
    if (this.data.follows) this.follow(box.id);
  }

  click(id) {
    const box = this.box(id);
    if (!box) return;
    this.chosen = id;
    this.light(box, null);
    this.links.focus(box);
    if (this.data.tells) this.tell("selected", id);
  }

  follow(id) {
    const box = this.box(id);
    if (box) this.glide(closeUp(box.points, this.size()));
  }

  size() {
    return { width: this.frame.clientWidth, height: this.frame.clientHeight };
  }

  // From a pointer to pixels of the frame, and of the picture.
  at(pointer) {
    const { left, top } = this.frame.getBoundingClientRect();
    return [pointer.clientX - left, pointer.clientY - top];
  }

  inPicture(pointer) {
    const [x, y] = this.at(pointer);
    const { width, height } = this.size();
    const { sight } = this;
    return [sight.x + (x - width / 2) / sight.scale, sight.y + (y - height / 2) / sight.scale];
  }

  look(sight) {
    const { view } = this;
    const frame = this.size();
    if (!view || !frame.width) return;
    const wanted = sight || { scale: 0, x: view.width / 2, y: view.height / 2 };
    this.sight = within(this.whole && sight ? { ...wanted, scale: 0 } : wanted, frame, view);
    const { scale, x, y } = this.sight;
    this.whole = scale <= within({ scale: 0, x, y }, frame, view).scale * 1.001;
    const [dx, dy] = [frame.width / 2 - x * scale, frame.height / 2 - y * scale];
    this.stage.style.transform = `translate(${dx}px, ${dy}px) scale(${scale})`;
    this.group.setAttribute("transform", `translate(${dx} ${dy}) scale(${scale})`);
    for (const number of this.numbers.children) {
      number.style.left = `${Math.max(number.x * scale + dx, 24)}px`;
      number.style.top = `${Math.max(number.y * scale + dy, 24)}px`;
    }
    this.frame.classList.toggle("close", !this.whole);
  }

  // Looks elsewhere step by step, until another glide or somebody's own zooming and moving wants something else.
  glide(sight) {
    cancelAnimationFrame(this.gliding);
    const from = this.sight;
    const to = within(sight, this.size(), this.view);
    const start = performance.now();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const step = (now) => {
      const done = still ? 1 : between((now - start) / 180, 0, 1);
      const part = 1 - (1 - done) ** 3;
      const mixed = Object.fromEntries(["scale", "x", "y"].map((key) => [key, from[key] + (to[key] - from[key]) * part]));
      this.whole = false;
      this.look(mixed);
      if (done < 1) this.gliding = requestAnimationFrame(step);
    };
    this.gliding = requestAnimationFrame(step);
  }

  zoom(factor, pointer) {
    cancelAnimationFrame(this.gliding);
    const { sight, view } = this;
    const [x, y] = pointer ? this.inPicture(pointer) : [sight.x, sight.y];
    const { scale } = within({ ...sight, scale: sight.scale * factor }, this.size(), view);
    const kept = sight.scale / scale; // what lies under the pointer stays there
    this.whole = false;
    this.look({ scale, x: x + (sight.x - x) * kept, y: y + (sight.y - y) * kept });
  }

  move(across, down) {
    cancelAnimationFrame(this.gliding);
    const { sight } = this;
    this.look({ ...sight, x: sight.x + across, y: sight.y + down });
  }

  reset() {
    this.glide({ scale: 0, x: this.view.width / 2, y: this.view.height / 2 });
  }

  listen() {
    const { frame } = this;
    frame.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.onDown(event));
    frame.addEventListener("pointermove", (event) => this.onMove(event));
    frame.addEventListener("pointerup", (event) => this.onUp(event));
    frame.addEventListener("pointercancel", (event) => this.onUp(event));
    frame.addEventListener("keydown", (event) => this.onKey(event));
    frame.addEventListener("dblclick", (event) => (this.whole ? this.zoom(2.5, event) : this.reset()));
  }

  onWheel(event) {
    if (this.whole && event.deltaY > 0) return; // the page scrolls on
    event.preventDefault();
    this.zoom(1.0015 ** -between(event.deltaY, -300, 300), event);
  }

  onDown(event) {
    if (event.button) return;
    this.frame.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, event);
    this.down = { x: event.clientX, y: event.clientY, box: event.target.dataset?.id, moved: false };
    this.down.from = this.inPicture(event);
  }

  onMove(event) {
    const last = this.pointers.get(event.pointerId);
    if (!last || !this.down) return;
    const [other] = [...this.pointers.values()].filter((pointer) => pointer.pointerId !== event.pointerId);
    this.pointers.set(event.pointerId, event);
    const far = Math.hypot(event.clientX - this.down.x, event.clientY - this.down.y) > STILL_PX;
    this.down.moved ||= far;
    if (!this.down.moved) return;
    const [dx, dy] = [event.clientX - last.clientX, event.clientY - last.clientY];
    if (this.drawing) this.stretch(event);
    else if (other) this.zoom(apart(event, other) / (apart(last, other) || 1), middle(event, other));
    else if (!this.whole) this.move(-dx / this.sight.scale, -dy / this.sight.scale);
  }

  onUp(event) {
    this.pointers.delete(event.pointerId);
    const { down } = this;
    if (!down || this.pointers.size) return;
    this.down = null;
    if (event.type === "pointercancel") return this.drawn.setAttribute("visibility", "hidden");
    if (this.drawing && down.moved) this.drew(down.from, this.inPicture(event));
    else if (!this.drawing && !down.moved && down.box) this.click(down.box);
  }

  stretch(event) {
    const { left, top, right, bottom } = boundsOf([this.down.from, this.inPicture(event)]);
    const size = { x: left, y: top, width: right - left, height: bottom - top, visibility: "visible" };
    for (const [key, value] of Object.entries(size)) this.drawn.setAttribute(key, value);
  }

  drew(from, to) {
    const { view } = this;
    const inside = ([x, y]) => [between(x, 0, view.width), between(y, 0, view.height)];
    const drawn = boundsOf([inside(from), inside(to)]);
    const least = SMALLEST_DRAWN_PX / this.sight.scale;
    this.draws(false);
    if (drawn.right - drawn.left < least || drawn.bottom - drawn.top < least) return;
    this.tell("drawn", { view: view.id, ...drawn });
  }

  onKey(event) {
    const { sight } = this;
    const [across, down] = [this.frame.clientWidth / 8 / sight.scale, this.frame.clientHeight / 8 / sight.scale];
    const steps = { ArrowLeft: [-across, 0], ArrowRight: [across, 0], ArrowUp: [0, -down], ArrowDown: [0, down] };
    if (event.key === "Escape" && this.drawing) this.draws(false);
    else if (event.key === "+" || event.key === "=") this.zoom(1.4, null);
    else if (event.key === "-") this.zoom(1 / 1.4, null);
    else if (event.key === "0") this.reset();
    else if (steps[event.key] && !this.whole) this.move(...steps[event.key]);
    else return;
    event.preventDefault();
  }
}

const apart = (one, other) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
const middle = (one, other) => ({
  clientX: (one.clientX + other.clientX) / 2,
  clientY: (one.clientY + other.clientY) / 2,
});

export default function (component) {
  const { parentElement } = component;
  if (!views.has(parentElement)) views.set(parentElement, new PictureView(parentElement));
  const shown = views.get(parentElement);
  shown.take(component);
  return () => {
    if ((parentElement.host || parentElement).isConnected) return; // a newer call has taken over
    views.delete(parentElement);
    shown.end();
  };
}
