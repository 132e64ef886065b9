// The page's elements that boxes belong to: pointer and focus on them are told, and they are lit and focused.
class PageLinks {
  constructor(host, { onHover, onChoose }) {
    this.boxes = [];
    this.lit = null;
    const told = (tell) => (event) => {
      if (!host.isConnected) this.end(); // Streamlit may drop the component without a word
      else if (event.target !== host) tell(this.boxOf(event.target));
    };
    const choose = told((box) => box && !this.focusing && onChoose(box));
    this.listeners = { pointerover: told(onHover), focusin: choose, click: choose };
    for (const [name, listener] of Object.entries(this.listeners)) document.addEventListener(name, listener);
  }

  end() {
    for (const [name, listener] of Object.entries(this.listeners)) document.removeEventListener(name, listener);
    this.light(null);
  }

  selector(box) {
    return box.target || `[data-box="${CSS.escape(box.id)}"]`;
  }

  boxOf(element) {
    return (element.closest && this.boxes.find((box) => element.closest(this.selector(box)))) || null;
  }

  light(box) {
    const element = box && document.querySelector(this.selector(box));
    if (element === this.lit) return;
    if (this.lit) delete this.lit.dataset.lit;
    if (element) element.dataset.lit = "";
    this.lit = element;
  }

  focus(box) {
    const element = document.querySelector(this.selector(box));
    if (!element) return;
    this.focusing = true;
    element.scrollIntoView({ block: "nearest", behavior: "smooth" });
    (element.querySelector("input, textarea, select") || element).focus({ preventScroll: true });
    this.focusing = false;
  }
}
