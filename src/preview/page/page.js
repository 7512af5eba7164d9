import { element, make } from './element.js'
import { picker } from './picker.js'

const $ = id => document.getElementById(id)
const [form, field, feed, status] = ['ask', 'line', 'feed', 'status'].map($)
const NAMES = { slack: 'Slack', discord: 'Discord' }
const posts = new Map()

const offers = async typed => {
  const response = await fetch(`/preview/commands?typed=${encodeURIComponent(typed)}`)
  return response.ok ? (await response.json()).lines : []
}
const picking = picker(field, $('picker'), { offers, submit: () => form.requestSubmit() })

form.addEventListener('submit', event => {
  event.preventDefault()
  picking.close()
  const line = field.value.trim()
  if (line === '') return
  field.value = ''
  ask(line)
})

async function ask(line) {
  picking.keep(line)
  const turn = make('article', 'turn waiting', heading('You typed', line))
  add(turn)
  try {
    const response = await fetch('/preview/ask', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ line }),
    })
    const answer = await response.json()
    // A post comes to every open page on its own, and to this one as well.
    if (answer.posted) turn.append(make('p', 'posted', 'Posted in the channel, for everyone to see.'))
    else fill(turn, answer)
  } catch {
    turn.append(
      problem('No answer: nutgraf does not run any more, or it is just starting. Try again in a moment.'),
    )
  }
  turn.classList.remove('waiting')
  turn.scrollIntoView({ block: 'start', behavior: 'instant' })
}

const heading = (lead, line) => make('h2', '', make('span', 'lead', `${lead} `), make('code', '', line))
const problem = sentence => make('p', 'problem', sentence)

function add(turn) {
  $('welcome').hidden = true
  feed.append(turn)
  turn.scrollIntoView({ block: 'nearest', behavior: 'instant' })
}

function fill(turn, answer) {
  $('heard').textContent = answer.problem ?? answer.text
  if (answer.problem) return turn.append(problem(answer.problem))
  const plain = details('Plain text, as a screen reader gives it', answer.text)
  turn.append(make('div', 'sides', ...answer.draws.map(side)), plain)
}

function side({ name, json, view, problem: failed }) {
  const called = NAMES[name] ?? name
  const region = make('section', 'side', make('h3', '', `On ${called}`))
  region.setAttribute('aria-label', `As ${called} would draw it`)
  if (failed) region.append(problem(failed))
  else if (view) region.append(element(view, ask))
  region.append(details(`JSON for ${called}`, JSON.stringify(json, null, 2)))
  return region
}

function details(title, text) {
  const pre = make('pre', '', text)
  // A long line scrolls sideways; the keyboard must reach it too.
  pre.tabIndex = 0
  return make('details', '', make('summary', '', title), pre)
}

function posted(message) {
  const known = posts.get(message.id)
  const turn = make(
    'article',
    'turn',
    heading(message.edited ? 'Edited in the channel,' : 'Posted in the channel,', 'everyone sees it'),
  )
  turn.classList.add('post')
  fill(turn, message)
  posts.set(message.id, turn)
  if (known) known.replaceWith(turn)
  else add(turn)
}

// A browser comes back by itself after a lost connection, but never after a refusal while nutgraf still starts.
function listen() {
  const events = new EventSource('/preview/events')
  events.addEventListener('open', () => {
    status.textContent = 'Live'
    if ($('examples').childElementCount === 0) welcome()
  })
  events.addEventListener('error', () => {
    status.textContent = 'Not connected'
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1_000)
  })
  events.addEventListener('message', event => posted(JSON.parse(event.data)))
}

async function welcome() {
  const { examples } = await (await fetch('/preview/commands')).json()
  $('examples').replaceChildren(...examples.map(example))
  if (examples[0]) field.placeholder = `Type a command, e.g. ${examples[0]}`
}

function example(line) {
  const button = make('button', 'example', make('code', '', line))
  button.type = 'button'
  button.addEventListener('click', () => ask(line))
  return button
}

listen()
if (matchMedia('(pointer: fine)').matches) field.focus()
