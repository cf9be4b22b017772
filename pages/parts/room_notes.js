// The note of a question. What is typed is sent a moment later, and again until it is kept; while
// somebody types, nothing that happens in the room touches the field, nor gives it to another
// question.

const instances = new WeakMap()
const PAUSE = 800 // ms without a keystroke before it is sent
const ANSWER_WITHIN = 4000 // ms for a rerun to tell that it is kept

// A tab that is loaded anew finds what was not kept yet.
function stash(self, text) {
  try {
    const name = `einklang-note-${self.shown.question}`
    if (text === undefined) return sessionStorage.getItem(name)
    if (text === null) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, text)
  } catch {
    // a browser that keeps nothing
  }
  return null
}

function send(self) {
  clearTimeout(self.timer)
  if (!self.unsaved) return
  self.sent += 1
  self.sending = self.field.value
  self.trigger("typed", { question: self.shown.question, text: self.sending, n: self.sent })
  self.timer = setTimeout(() => send(self), ANSWER_WITHIN)
}

function say(self, word) {
  const text = word ? self.shown.said[word] : ""
  if (self.line.textContent !== text) self.line.textContent = text
}

function typed(self) {
  self.unsaved = true
  stash(self, self.field.value)
  say(self, "saving")
  clearTimeout(self.timer)
  self.timer = setTimeout(() => send(self), PAUSE)
}

function saved(self) {
  if (self.field.value !== self.sending) return // more was typed since: its own sending follows
  clearTimeout(self.timer)
  self.unsaved = false
  stash(self, null)
  say(self, "saved")
}

function isBusy(self) {
  return self.unsaved || self.field.getRootNode().activeElement === self.field
}

function show(self) {
  const { data } = self
  const other = self.shown?.question !== data.question
  self.shown = data
  self.host.hidden = data.question === null
  if (data.question === null) return
  self.name.textContent = data.label
  self.field.placeholder = data.hint
  self.field.maxLength = data.limit
  if (other) say(self, "")
  const lost = other ? stash(self) : null
  if (lost !== null) self.field.value = lost
  else if (self.field.value.trim() !== data.text) self.field.value = data.text
  if (lost !== null) typed(self)
}

function create(parent) {
  const label = parent.querySelector("label")
  const [name, field] = [label.querySelector("span"), label.querySelector("textarea")]
  const self = { host: label, name, field, line: parent.querySelector("p"), timer: 0, calls: 0 }
  Object.assign(self, { shown: null, data: null, unsaved: false, sending: "", sent: 0 })
  field.oninput = () => typed(self)
  // Streamlit takes single letters from outside its own fields for commands.
  field.onkeydown = (event) => event.stopPropagation()
  field.onblur = () => {
    send(self)
    if (!self.unsaved) show(self)
  }
  return self
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  let self = instances.get(parentElement)
  if (!self) {
    instances.set(parentElement, (self = create(parentElement)))
    self.sent = data.saved
  }
  const call = (self.calls += 1)
  self.trigger = setTriggerValue
  self.data = data
  if (self.unsaved && self.sent > 0 && data.saved === self.sent) saved(self)
  if (!self.shown || !isBusy(self)) show(self)
  return () => {
    if (call !== self.calls) return
    clearTimeout(self.timer)
    instances.delete(parentElement)
  }
}
