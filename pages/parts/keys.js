// Keyboard and clicker: which key was pressed, told to Streamlit; what it does is said there.
//
// One at a time: a key pressed while the one before is under way waits for it, in order. As with
// the live tick, only the last call's cleanup may end anything. `clock.js` stands before this.

const instances = new WeakMap()
const ANSWER_WITHIN = 4000 // ms for a rerun to show; after that the next key is sent all the same
const NEAR_FOR = 3000 // ms that the buttons of a wall stay after the mouse has moved

const TYPES = "input, textarea, select, [contenteditable], [role=textbox], [role=combobox]"
// Where a key already means something to who works with the keyboard alone.
const OWN = {
  " ": "button, a, summary, [role=button], [role=tab], [role=option], [role=checkbox]",
  ArrowLeft: "[role=tab], [role=radio], [role=slider], [role=option], [role=listbox], [role=menu]",
  PageUp: "[role=slider], [role=option], [role=listbox], [role=menu]",
}
OWN.ArrowRight = OWN.ArrowLeft
OWN.PageDown = OWN.PageUp

function isTaken(event, name) {
  const path = event.composedPath().filter((node) => node instanceof Element)
  const inside = (selector) => path.some((node) => node.matches(selector))
  return inside(TYPES) || inside("dialog, [role=dialog]") || (OWN[name] && inside(OWN[name]))
}

// Our own dialogs stand in shadow roots of their components.
function dialogIsOpen(root = document) {
  if (root.querySelector("dialog[open], [role=dialog]")) return true
  return [...root.querySelectorAll("*")].some((e) => e.shadowRoot && dialogIsOpen(e.shadowRoot))
}

function send(self) {
  if (self.busy || !self.waiting.length) return
  self.sent += 1
  self.busy = setTimeout(() => free(self), ANSWER_WITHIN)
  self.trigger("pressed", { action: self.waiting.shift(), n: self.sent })
}

function free(self) {
  clearTimeout(self.busy)
  self.busy = 0
  send(self)
}

function fullscreen() {
  if (document.fullscreenElement) document.exitFullscreen()
  else document.documentElement.requestFullscreen?.().catch(() => {})
}

function act(self, action) {
  if (action === "help") self.dialog.showModal()
  else if (action === "fullscreen") fullscreen()
  else if (action === "sound") {
    kept(SOUND, soundIsOn() ? "off" : "on")
    say(self)
  } else {
    self.waiting.push(action)
    send(self)
  }
}

function onKey(self, event) {
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const found = self.bindings.find((binding) => binding.keys.includes(name))
  if (!found || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
  if (event.defaultPrevented || isTaken(event, name) || dialogIsOpen()) return
  event.preventDefault() // a page that scrolls under the clicker is of no use
  if (!event.repeat) act(self, found.action)
}

// A button that the mouse has pressed keeps no focus: else the space bar would press it again.
function onClick(event) {
  const button = event.detail > 0 && event.composedPath()[0]?.closest?.("button, summary, a")
  if (button && !button.closest("dialog, [role=dialog]")) button.blur()
}

function fill(self, data) {
  const { bar, dialog } = self
  for (const button of bar.querySelectorAll("button"))
    button.hidden = button.dataset.do !== "help" && !data.wall
  self.buttons.help.textContent = `${data.title} (?)`
  self.buttons.fullscreen.textContent = data.fullscreen
  self.sound = data.sound
  say(self)
  bar.toggleAttribute("data-wall", data.wall)
  dialog.querySelector("h2").textContent = data.title
  dialog.querySelector("p").textContent = data.note
  dialog.querySelector("form button").textContent = data.close
  const lines = data.bindings.flatMap(({ shown, word }) => {
    const [term, meaning] = [document.createElement("dt"), document.createElement("dd")]
    term.textContent = shown
    meaning.textContent = word
    return [term, meaning]
  })
  dialog.querySelector("dl").replaceChildren(...lines)
}

function say({ buttons, sound }) {
  buttons.sound.textContent = soundIsOn() ? sound.on : sound.off
  buttons.sound.setAttribute("aria-pressed", String(soundIsOn()))
}

function create(parent, handled) {
  const bar = parent.querySelector(".bar")
  const self = { bar, dialog: parent.querySelector("dialog"), bindings: [], waiting: [] }
  self.buttons = Object.fromEntries([...bar.children].map((b) => [b.dataset.do, b]))
  Object.assign(self, { busy: 0, sent: handled, told: "", near: 0, calls: 0 })
  const key = (event) => onKey(self, event)
  const move = () => {
    bar.toggleAttribute("data-near", true)
    clearTimeout(self.near)
    self.near = setTimeout(() => bar.toggleAttribute("data-near", false), NEAR_FOR)
  }
  bar.onclick = ({ target }) => target.dataset.do && act(self, target.dataset.do)
  document.addEventListener("keydown", key)
  document.addEventListener("click", onClick)
  document.addEventListener("pointermove", move)
  self.end = () => {
    clearTimeout(self.busy)
    clearTimeout(self.near)
    document.removeEventListener("keydown", key)
    document.removeEventListener("click", onClick)
    document.removeEventListener("pointermove", move)
  }
  return self
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let self = instances.get(parentElement)
  if (!self) instances.set(parentElement, (self = create(parentElement, data.handled)))
  const call = (self.calls += 1)
  self.trigger = setTriggerValue
  self.bindings = data.bindings
  const told = JSON.stringify({ ...data, handled: 0 })
  if (self.told !== told) {
    self.told = told
    fill(self, data)
  }
  if (self.busy && data.handled === self.sent) free(self)
  return () => {
    if (call !== self.calls) return
    self.end()
    instances.delete(parentElement)
  }
}
