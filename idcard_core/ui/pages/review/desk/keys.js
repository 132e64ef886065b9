// The keys, all in one table. Letters go by their place on the keyboard, so that an input method does not matter.
const plain = (event) => !event.altKey && !event.ctrlKey && !event.metaKey;
const alt = (code) => (event) => event.altKey && !event.ctrlKey && !event.metaKey && event.code === code;
const KEYS = [
  { id: "accept", keys: "Ctrl Enter", fits: (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) },
  { id: "enter", keys: "Enter", fits: (event) => event.key === "Enter" && plain(event) && !event.shiftKey },
  { id: "doubt_next", keys: "Alt ↓", fits: alt("ArrowDown") },
  { id: "doubt_before", keys: "Alt ↑", fits: alt("ArrowUp") },
  { id: "next", keys: "Alt S", fits: alt("KeyS") },
  { id: "postpone", keys: "Alt P", fits: alt("KeyP") },
  { id: "not_a_card", keys: "Alt N", fits: alt("KeyN") },
  { id: "back", keys: "Alt B", fits: alt("KeyB") },
  { id: "undo", keys: "Alt Z", fits: alt("KeyZ") },
  { id: "reread", keys: "Alt R", fits: alt("KeyR") },
  { id: "labels", keys: "Alt L", fits: alt("KeyL") },
  { id: "zoom_in", keys: "Alt +", fits: (event) => alt("Equal")(event) || alt("NumpadAdd")(event) },
  { id: "zoom_out", keys: "Alt −", fits: (event) => alt("Minus")(event) || alt("NumpadSubtract")(event) },
  { id: "whole", keys: "Alt 0", fits: alt("Digit0") },
  { id: "turn", keys: "Alt O", fits: alt("KeyO") },
  { id: "log", keys: "Alt H", fits: alt("KeyH") },
  { id: "keys", keys: "Alt /", fits: (event) => alt("Slash")(event) || (event.key === "?" && plain(event) && !isTyping(event)) },
  { id: "escape", keys: "Esc", fits: (event) => event.key === "Escape" },
];
const keysOf = (id) => KEYS.find((key) => key.id === id).keys;

function isTyping(event) {
  const target = event.composedPath()[0];
  return target.matches?.("input, textarea, select, [contenteditable=true]") ?? false;
}

// Calls `does(id, event)` for the desk's keys, from wherever on the page nothing else wants them; its way to stop.
function listenToKeys(host, does) {
  const listener = (event) => {
    if (event.isComposing || event.keyCode === 229) return; // an input method is at work
    const inside = event.composedPath().includes(host);
    if (!inside && (isTyping(event) || document.querySelector('[role="dialog"], [data-testid="stPopoverBody"]'))) return;
    const key = KEYS.find((each) => each.fits(event));
    if (key && (inside || !["enter", "escape"].includes(key.id)) && does(key.id, event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (inside && isTyping(event)) event.stopPropagation(); // Streamlit has keys of its own, such as R
  };
  document.addEventListener("keydown", listener, true);
  return () => document.removeEventListener("keydown", listener, true);
}
