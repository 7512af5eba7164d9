import { element, make } from './element.js'

const PLATFORM_NAMES = { slack: 'Slack', discord: 'Discord' }

/** One thing that was said, with what came of it. */
export const turn = (lead, line) =>
  make('article', 'turn', make('h2', '', make('span', 'lead', `${lead} `), make('code', '', line)))

/** A sentence that says what is wrong. */
const problem = sentence => make('p', 'problem', sentence)

/** Puts an answer into its turn, drawn by each platform. `press` runs the line of a button; `menu` makes one for a message. */
export function fill(node, answer, { press, menu }) {
  document.getElementById('heard').textContent = answer.problem ?? answer.text
  if (answer.problem) return node.append(problem(answer.problem))
  const sides = answer.draws.map(draw => platformSide(draw, press, menu))
  node.append(make('div', 'sides', ...sides))
  if (answer.unpainted)
    node.append(
      make('p', 'aside', 'No picture could be painted, so both platforms get its words in its place.'),
    )
  node.append(details('Plain text, as a screen reader gives it', answer.text))
}

function platformSide({ name, json, view, problem: failed }, press, menu) {
  const called = PLATFORM_NAMES[name] ?? name
  const region = make('section', 'side', make('h3', '', `On ${called}`))
  region.setAttribute('aria-label', `As ${called} would draw it`)
  if (failed) region.append(problem(failed))
  else if (view) {
    const message = element(view, press)
    if (menu) message.append(menu(called))
    region.append(message)
  }
  region.append(details(`JSON for ${called}`, JSON.stringify(json, null, 2)))
  return region
}

function details(title, text) {
  const pre = make('pre', '', text)
  // A long line scrolls sideways; the keyboard must reach it too.
  pre.tabIndex = 0
  return make('details', '', make('summary', '', title), pre)
}
