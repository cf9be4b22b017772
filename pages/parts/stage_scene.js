// The stage's scene: HTML from the server (escaped there), morphed into what is shown, so that
// a changed count changes one text and nothing is mounted anew.

const scenes = new WeakMap()

function sameKind(one, other) {
  return (
    one.nodeType === other.nodeType &&
    one.nodeName === other.nodeName &&
    (one.nodeType !== Node.ELEMENT_NODE || one.dataset.key === other.dataset.key)
  )
}

function morphAttributes(shown, wanted) {
  for (const { name } of [...shown.attributes])
    if (!wanted.hasAttribute(name) && !(name === "style" && "fit" in wanted.dataset))
      shown.removeAttribute(name) // the style of what must fit is ours, set below
  for (const { name, value } of wanted.attributes)
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value)
}

function morph(shown, wanted) {
  const incoming = [...wanted.childNodes]
  incoming.forEach((child, i) => {
    const current = shown.childNodes[i]
    if (!current) shown.append(child)
    else if (!sameKind(current, child)) current.replaceWith(child)
    else if (child.nodeType === Node.ELEMENT_NODE) {
      morphAttributes(current, child)
      if (!("ends" in child.dataset)) morph(current, child) // what counts by itself
    } else if (current.nodeValue !== child.nodeValue) current.nodeValue = child.nodeValue
  })
  while (shown.childNodes.length > incoming.length) shown.lastChild.remove()
}

// Text that must fit its place: made smaller in steps, down to what its style allows.
const SMALLEST = 0.5
const fitted = new WeakMap() // element → what was fitted, so that nothing is measured twice

// The last line's descenders reach a little out of its line box, which is no overflow.
const OVERHANG = 0.12

function overflows(element) {
  const overhang = OVERHANG * parseFloat(getComputedStyle(element).fontSize)
  return (
    element.scrollHeight > element.clientHeight + Math.max(1, overhang) ||
    element.scrollWidth > element.clientWidth + 1
  )
}

function fit(root) {
  const screen = `${innerWidth} ${innerHeight} ${document.fonts.status}`
  for (const element of root.querySelectorAll("[data-fit]")) {
    const now = `${screen} ${element.textContent}`
    if (fitted.get(element) === now) continue
    fitted.set(element, now)
    let scale = 1
    element.style.setProperty("--fit", scale)
    while (overflows(element) && scale > SMALLEST) {
      scale -= 0.04
      element.style.setProperty("--fit", scale.toFixed(2))
    }
  }
}

function luminance(colour) {
  const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  probe.fillStyle = colour
  probe.fillRect(0, 0, 1, 1)
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function themeOf(element) {
  const ground = getComputedStyle(element).getPropertyValue("--st-background-color").trim()
  return ground && luminance(ground) < 128 ? "dark" : "light"
}

function create(root) {
  const again = () => fit(root)
  const ticking = setInterval(() => root.querySelectorAll("[data-ends]").forEach(count), 200)
  window.addEventListener("resize", again)
  document.fonts.ready.then(again)
  return {
    shown: null,
    theme: null,
    end() {
      clearInterval(ticking)
      window.removeEventListener("resize", again)
      delete document.documentElement.dataset.stageChart
    },
  }
}

export default function (component) {
  const { data, parentElement, setStateValue } = component
  const root = parentElement.querySelector(".stage-scene")
  let self = scenes.get(root)
  if (!self) scenes.set(root, (self = create(root)))
  const call = (self.calls = (self.calls ?? 0) + 1)
  const theme = themeOf(root)
  if (root.lang !== data.lang) root.lang = data.lang
  if (root.dataset.theme !== theme) root.dataset.theme = theme
  document.documentElement.dataset.stageChart = data.chart
  setClock(data.now)
  if (self.shown !== data.html) {
    self.shown = data.html
    const template = document.createElement("template")
    template.innerHTML = data.html
    morph(root, template.content)
    root.querySelectorAll("[data-ends]").forEach(count)
    fit(root)
  }
  if (self.theme !== theme) {
    self.theme = theme
    setStateValue("theme", theme)
  }
  return () => {
    if (call !== self.calls) return // a later call has overtaken this one, and the scene goes on
    self.end()
    scenes.delete(root)
  }
}
