import { make } from './element.js'
import { element } from './view.js'

const PLATFORM_NAMES = { slack: 'Slack', discord: 'Discord' }

/** Makes a turn of the conversation: its heading, to which `fill` adds the answer. */
export const turn = (lead, line) =>
  make('article', 'turn', make('h2', '', make('span', 'lead', lead), ' ', make('code', '', line)))

const problemNode = sentence => make('p', 'problem', sentence)

/**
 * Adds an answer to its turn, as each platform draws it. `press` is called with what was pressed (see view.js); `menu`
 * makes the menu of a message, given the platform's name. It is read out to people who do not see it, unless `silent`.
 */
export function fill(node, answer, { press, menu, silent = false }) {
  document.getElementById('heard').textContent = silent ? '' : (answer.problem ?? answer.text)
  if (answer.problem) return node.append(problemNode(answer.problem))
  const sides = answer.draws.map(draw => platformSide(draw, press, menu))
  node.append(make('div', 'sides', ...sides))
  if (answer.unpainted)
    node.append(
      make('p', 'aside', 'The picture could not be painted, so both platforms get its text instead.'),
    )
  node.append(details('Plain text, as a screen reader reads it', answer.text))
}

/**
 * Shows another page in the place of an answer. The focus goes to its first line, on the side of `from`, the button that was
 * pressed: a screen reader reads on from there, and the next Tab leads to the same button of the new page.
 */
export function refill(node, answer, { line, from, press }) {
  const side = [...node.querySelectorAll('.side')].indexOf(from.closest('.side'))
  const name = from.textContent
  node.querySelector('h2').replaceWith(turn('Turned to', line).firstChild)
  for (const part of [...node.children].slice(1)) part.remove()
  fill(node, answer, { press, silent: true })
  focusFirstLine(node.querySelectorAll('.side')[side] ?? node, name)
}

const CONTROLS = '.actions > .button:enabled, .actions > .pick > .select'

function focusFirstLine(side, name) {
  const line = side.querySelector('.by + *') ?? side
  const left = new AbortController()
  line.tabIndex = -1
  line.focus({ preventScroll: true })
  const { top, bottom } = line.getBoundingClientRect()
  if (top < 80 || bottom > innerHeight - 130)
    line.closest('.turn').scrollIntoView({ block: 'start', behavior: 'instant' })
  const listen = (kind, listener) => line.addEventListener(kind, listener, { signal: left.signal })
  listen('keydown', event => {
    if (event.key !== 'Tab' || event.shiftKey || event.target !== line) return
    const controls = [...side.querySelectorAll(CONTROLS)]
    const next = controls.find(({ textContent }) => textContent === name) ?? controls[0]
    if (!next) return
    event.preventDefault()
    next.focus()
  })
  listen('blur', () => {
    left.abort()
    line.removeAttribute('tabindex')
  })
}

function platformSide({ name, json, view, problem }, press, menu) {
  const platform = PLATFORM_NAMES[name] ?? name
  const region = make('section', 'side', make('h3', '', `On ${platform}`))
  region.setAttribute('aria-label', `As ${platform} would draw it`)
  if (problem) region.append(problemNode(problem))
  else if (view) {
    const message = element(view, press)
    if (menu) message.append(menu(platform))
    region.append(message)
  }
  region.append(details(`JSON for ${platform}`, JSON.stringify(json, null, 2)))
  return region
}

function details(title, text) {
  const pre = make('pre', '', text)
  // Focusable, so that the keyboard can scroll a long line sideways too.
  pre.tabIndex = 0
  return make('details', '', make('summary', '', title), pre)
}
