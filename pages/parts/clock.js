// A timer by the server's clock: every window counts by itself and comes to the same second.
// Put before the script of each component that has one.

const clock = { now: 0, offset: 0 }
const SOUND = "einklang-timer-sound" // "on" in this browser, or nothing
const RANG = "einklang-timer-rang" // the end that has rung in this browser already

// What the server sent at a run, taken once: the same word heard again later is late.
function setClock(now) {
  if (!now || clock.now === now) return
  clock.now = now
  clock.offset = now - Date.now()
}

function secondsLeft(ends) {
  return Math.max(0, Math.ceil((ends - Date.now() - clock.offset) / 1000))
}

function figures(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

function kept(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(name)
    localStorage.setItem(name, value)
  } catch {
    // a browser that keeps nothing has no sound
  }
  return null
}

const soundIsOn = () => kept(SOUND) === "on"

// Two soft tones, once in each browser however many of its windows come to the end.
function chime(ends) {
  if (!soundIsOn() || kept(RANG) === String(ends)) return
  kept(RANG, String(ends))
  const audio = new AudioContext()
  for (const [at, pitch] of [[0, 659], [0.35, 523]]) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()]
    const begin = audio.currentTime + at
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.25, begin)
    volume.gain.exponentialRampToValueAtTime(0.001, begin + 1.4)
    tone.connect(volume).connect(audio.destination)
    tone.start(begin)
    tone.stop(begin + 1.4)
  }
  setTimeout(() => audio.close(), 3000)
}

// Counts in an element with `data-ends`, whose word for the end is `data-over`.
const counted = new WeakMap()

function count(element) {
  const ends = Number(element.dataset.ends)
  const seconds = secondsLeft(ends)
  const text = seconds ? figures(seconds) : element.dataset.over
  if (element.textContent !== text) element.textContent = text
  const before = counted.get(element)
  if (before?.ends === ends && before.seconds > 0 && seconds === 0) chime(ends)
  counted.set(element, { ends, seconds })
}
