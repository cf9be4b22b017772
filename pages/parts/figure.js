// A Plotly figure that is changed in place (`Plotly.react`), never mounted anew: what moves,
// moves from where it was. After it the same numbers as a table.

const reduced = window.matchMedia("(prefers-reduced-motion: reduce)")
const observers = new WeakMap()

// The bundle is loaded once for the whole page, whoever asks first.
function plotly(address) {
  window.einklangPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = address
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => {
      window.einklangPlotly = undefined
      script.remove()
      reject(new Error("Plotly could not be loaded"))
    }
    document.head.append(script)
  })
  return window.einklangPlotly
}

function cell(tag, text, scope) {
  const element = document.createElement(tag)
  element.textContent = text
  if (scope) element.scope = scope
  return element
}

// Everything goes in as text: nothing that people wrote becomes markup.
function fillTable(root, data) {
  root.querySelector("summary").textContent = data.table_label
  const table = root.querySelector("table")
  table.replaceChildren(cell("caption", data.sentence))
  const head = table.createTHead().insertRow()
  for (const name of data.columns) head.append(cell("th", name, "col"))
  const body = table.createTBody()
  for (const row of data.rows) {
    const line = body.insertRow()
    row.forEach((text, i) => line.append(i ? cell("td", text) : cell("th", text, "row")))
  }
}

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".einklang-figure")
  const chart = root.querySelector(".einklang-chart")
  // The last call wins: an older one that still waits for the bundle must not draw after it, and
  // one that was overtaken must not end anything when it is cleaned up.
  const call = (chart.calls = (chart.calls ?? 0) + 1)
  if (chart.wanted !== data.figure) delete root.dataset.drawn
  chart.wanted = data.figure
  chart.setAttribute("aria-label", data.sentence)
  chart.style.height = data.height
  root.querySelector("details").hidden = !data.columns.length
  fillTable(root, data)

  plotly(data.plotly)
    .then((library) => {
      if (chart.wanted !== data.figure) return
      const draw = (text, duration) => {
        const { data: traces, layout } = JSON.parse(text)
        const transition = { duration, easing: "cubic-in-out" }
        return library.react(chart, traces, { autosize: true, ...layout, transition }, {
          displayModeBar: false,
          responsive: false, // the observer below follows the element, not only the window
          staticPlot: data.still,
          scrollZoom: false,
          doubleClick: false,
          showTips: false,
        })
      }
      const motion = reduced.matches ? 0 : data.motion
      if (!data.start || !motion || chart.started === data.start) return draw(data.figure, motion)
      chart.started = data.start
      return draw(data.start, 0).then(() => draw(data.figure, motion))
    })
    .then(() => {
      if (chart.wanted === data.figure) root.dataset.drawn = ""
    })
    .catch((error) => console.error(error))

  if (!observers.has(chart)) {
    const observer = new ResizeObserver(() => {
      // It is told once more when the chart is taken away, and Plotly resizes only what is shown.
      const drawn = chart.classList.contains("js-plotly-plot") && chart.getClientRects().length
      if (drawn) window.Plotly.Plots.resize(chart)
    })
    observer.observe(chart)
    observers.set(chart, observer)
  }
  return () => {
    if (call !== chart.calls) return
    observers.get(chart)?.disconnect()
    observers.delete(chart)
    if (window.Plotly) window.Plotly.purge(chart)
  }
}
