// The console's timer. `clock.js` stands before this.

const instances = new WeakMap()

function create(parent) {
  const [figure, button] = [parent.querySelector("p"), parent.querySelector("button")]
  const self = { figure, button, words: null, calls: 0 }
  self.tick = setInterval(() => count(figure), 200)
  button.onclick = () => {
    kept(SOUND, soundIsOn() ? "off" : "on")
    say(self)
  }
  return self
}

function say({ button, words }) {
  button.textContent = soundIsOn() ? words.on : words.off
  button.setAttribute("aria-pressed", String(soundIsOn()))
}

export default function (component) {
  const { data, parentElement } = component
  let self = instances.get(parentElement)
  if (!self) instances.set(parentElement, (self = create(parentElement)))
  const call = (self.calls += 1)
  setClock(data.now)
  self.words = data.sound
  self.figure.setAttribute("aria-label", data.label)
  self.figure.dataset.ends = data.ends
  self.figure.dataset.over = data.over
  count(self.figure)
  say(self)
  return () => {
    if (call !== self.calls) return
    clearInterval(self.tick)
    instances.delete(parentElement)
  }
}
