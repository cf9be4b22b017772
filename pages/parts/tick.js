// Live tick: hears that the workshop changed and lets Streamlit rerun the one fragment around it.
//
// Streamlit calls this function again whenever `data` changes. It runs a call's cleanup at unmount,
// but also, with the component still there, where the next call overtook it: only the last call's
// cleanup may end anything. State is kept per mounted element, so there is never more than one
// EventSource for each.

const instances = new WeakMap()
const LOST_AFTER = 2000 // ms without a connection before people are told
const ANSWER_WITHIN = 4000 // ms for a rerun to show; after that the next change asks again

function create(element) {
  const self = { element, source: null, workshop: null, shown: 0, latest: 0, calls: 0 }
  self.timers = { lost: 0, again: 0, busy: 0 }
  self.line = element.querySelector("[data-live]")
  self.sentence = ""
  return self
}

function setState(self, state) {
  clearTimeout(self.timers.lost)
  self.timers.lost = 0
  self.line.dataset.live = state
  self.line.textContent = state === "lost" ? self.sentence : ""
}

// One rerun at a time: what happens meanwhile is asked for when its result has arrived.
function ask(self) {
  if (self.timers.busy || self.latest === self.shown) return
  self.timers.busy = setTimeout(() => {
    self.timers.busy = 0
    ask(self)
  }, ANSWER_WITHIN)
  self.trigger("changed", self.latest)
}

function close(self) {
  for (const name in self.timers) clearTimeout(self.timers[name])
  self.timers = { lost: 0, again: 0, busy: 0 }
  if (self.source) self.source.close()
  self.source = null
}

function open(self) {
  const address = `/live/${encodeURIComponent(self.workshop)}?since=${self.latest}`
  const source = new EventSource(address)
  self.source = source
  source.onopen = () => setState(self, "open")
  source.onmessage = (event) => {
    self.latest = Number(event.data)
    ask(self)
  }
  source.onerror = () => {
    if (self.source !== source) return
    // Every failed attempt comes by here: the clock runs from the first one.
    self.timers.lost ||= setTimeout(() => setState(self, "lost"), LOST_AFTER)
    // A refusal (a proxy whose server restarts) ends an EventSource for good: begin a new one.
    if (source.readyState !== EventSource.CLOSED) return
    clearTimeout(self.timers.again)
    self.timers.again = setTimeout(() => open(self), 1000 + Math.random() * 1000)
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let self = instances.get(parentElement)
  if (!self) instances.set(parentElement, (self = create(parentElement)))
  const call = (self.calls += 1)
  self.trigger = setTriggerValue
  self.sentence = data.lost
  if (self.workshop !== data.workshop) {
    close(self)
    self.workshop = data.workshop
    self.shown = self.latest = data.version
    open(self)
  } else if (data.version !== self.shown) {
    self.shown = data.version
    if (self.latest < self.shown) self.latest = self.shown
    clearTimeout(self.timers.busy)
    self.timers.busy = 0
    ask(self)
  }
  if (self.line.dataset.live === "lost") self.line.textContent = self.sentence
  return () => {
    if (call !== self.calls) return
    close(self)
    instances.delete(parentElement)
  }
}
