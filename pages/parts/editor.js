// The dialog for one wording. Each opening has a number of its own (`turn`, 0 is closed): only
// another one touches the field, so nothing that happens in the room disturbs who is typing.

function words(dialog, data) {
  for (const element of dialog.querySelectorAll("[data-word]")) {
    const text = data.words[element.dataset.word]
    if (element.textContent !== text) element.textContent = text
  }
  dialog.querySelector(".close").ariaLabel = data.close
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const dialog = parentElement.querySelector("dialog")
  const form = dialog.querySelector("form")
  const field = dialog.querySelector("textarea")
  const before = dialog.turn ?? 0
  dialog.turn = data.turn
  dialog.sent = false
  if (data.turn) words(dialog, data)
  if (data.turn && data.turn !== before) {
    field.value = data.text
    if (!dialog.open) dialog.showModal()
  }
  if (!data.turn) dialog.close()

  form.onsubmit = (event) => {
    event.preventDefault()
    dialog.sent = true
    setTriggerValue("sent", { turn: dialog.turn, text: field.value })
  }
  dialog.querySelector(".close").onclick = () => dialog.close()
  dialog.onclose = () => {
    field.blur() // the browser lets go of a field out of sight with its next picture: keys are lost
    // What was sent decides: a word from here that it was closed could take its place on the way.
    if (dialog.turn && !dialog.sent) setTriggerValue("closed", dialog.turn)
  }
  dialog.onkeydown = (event) => {
    event.stopPropagation() // Streamlit takes single letters from outside its own fields for commands
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  }
}
