import { element, make } from './element.js'

const PLATFORM_NAMES = { slack: 'Slack', discord: 'Discord' }

/** Makes a turn of the conversation: its heading, to which `fill` adds the answer. */
export const turn = (lead, line) =>
  make('article', 'turn', make('h2', '', make('span', 'lead', `${lead} `), make('code', '', line)))

const problemNode = sentence => make('p', 'problem', sentence)

/**
 * Adds an answer to its turn, as each platform draws it. `press` is called with the line of a pressed button; `menu`
 * makes the menu of a message, given the platform's name.
 */
export function fill(node, answer, { press, menu }) {
  document.getElementById('heard').textContent = answer.problem ?? answer.text
  if (answer.problem) return node.append(problemNode(answer.problem))
  const sides = answer.draws.map(draw => platformSide(draw, press, menu))
  node.append(make('div', 'sides', ...sides))
  if (answer.unpainted)
    node.append(
      make('p', 'aside', 'The picture could not be painted, so both platforms get its text instead.'),
    )
  node.append(details('Plain text, as a screen reader reads it', answer.text))
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
