// A page of ours at small scale: nothing in it runs, nothing in it can be reached.

export default function (component) {
  const { data, parentElement } = component
  const box = parentElement.querySelector(".box")
  const sheet = parentElement.querySelector("iframe")
  box.setAttribute("role", "img")
  box.setAttribute("aria-label", data.label)
  box.className = `box ${data.kind}`
  sheet.style.colorScheme = data.theme
  // The same page is left as it is: a new one would flicker and begin at its top.
  if (sheet.srcdoc !== data.html) sheet.srcdoc = data.html
}
