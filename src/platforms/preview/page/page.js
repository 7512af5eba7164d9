import { make } from './element.js'
import { openForm } from './form.js'
import { menu } from './menu.js'
import { picker } from './picker.js'
import { openReport } from './report.js'
import { fill, turn } from './turn.js'

const $ = id => document.getElementById(id)
const [form, input, feed, status] = ['ask', 'line', 'feed', 'status'].map($)
const NO_ANSWER = 'No answer: nutgraf does not run any more, or it is just starting. Try again in a moment.'
const posts = new Map()
let messageMenu = {}

const load = async path => (await fetch(path)).json()
const send = async (path, body) => {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
}

const picking = picker(input, $('picker'), {
  offers: async typed => (await load(`/preview/commands?typed=${encodeURIComponent(typed)}`)).lines,
  submit: () => form.requestSubmit(),
})

form.addEventListener('submit', event => {
  event.preventDefault()
  picking.close()
  const line = input.value.trim()
  if (line === '') return
  input.value = ''
  ask(line)
})

async function ask(line) {
  picking.addToHistory(line)
  const answer = await askInTurn(turn('You typed', line), '/preview/ask', { line })
  if (!answer?.form) return
  openForm(answer.form, {
    send,
    offers: async (argument, typed) =>
      (await load(`/preview/offers?${new URLSearchParams({ argument, typed })}`)).offers,
    press: ask,
    done: ({ line: made, ...given }) => {
      const node = turn('The form stands for', made)
      add(node)
      showAnswer(node, given)
    },
  })
}

/** Asks, and puts what comes back into a new turn. */
async function askInTurn(node, path, body) {
  node.classList.add('waiting')
  add(node)
  const answer = await send(path, body).catch(() => ({ problem: NO_ANSWER }))
  node.classList.remove('waiting')
  showAnswer(node, answer)
  return answer
}

function showAnswer(node, answer) {
  // A post comes to every open page on its own, and to this one as well.
  if (answer.posted) node.append(make('p', 'aside', 'Posted in the channel, for everyone to see.'))
  else if (answer.form) node.append(make('p', 'aside', 'It opens a form.'))
  else fill(node, answer, { press: ask })
  node.scrollIntoView({ block: 'start', behavior: 'instant' })
}

function add(node) {
  $('welcome').hidden = true
  feed.append(node)
  node.scrollIntoView({ block: 'nearest', behavior: 'instant' })
}

/** A message in the channel: a new one, or one that was edited. */
function showPost(message) {
  const known = posts.get(message.id)
  const node = turn(message.edited ? 'Edited in the channel,' : 'Posted in the channel,', 'everyone sees it')
  node.classList.add('post')
  node.id = `message-${message.id}`
  node.tabIndex = -1
  fill(node, message, { press: ask, menu: called => postMenu(message.id, called) })
  posts.set(message.id, node)
  if (!known) {
    add(node)
    if (location.hash === `#${node.id}`) node.focus()
    return
  }
  const inside = known.contains(document.activeElement)
  node.classList.add('changed')
  known.replaceWith(node)
  if (inside) node.focus()
}

function postMenu(id, called) {
  const { report, check } = messageMenu
  const entries = []
  if (report)
    entries.push([
      report.name,
      () =>
        openReport(report, async sentence => {
          const answer = await send('/preview/report', { message: id, sentence })
          if (answer.problem) return answer.problem
          const node = turn(`${report.name}:`, sentence)
          add(node)
          showAnswer(node, answer)
        }),
    ])
  if (check)
    entries.push([
      check.name,
      () => askInTurn(turn('In the menu of a message,', check.name), '/preview/check', { message: id }),
    ])
  return menu(`More actions on ${called}`, entries)
}

// A browser comes back by itself after a lost connection, but never after a refusal while nutgraf still starts.
function subscribe() {
  const events = new EventSource('/preview/events')
  events.addEventListener('open', () => {
    status.textContent = 'Live'
  })
  events.addEventListener('error', () => {
    status.textContent = 'Not connected'
    if (events.readyState === EventSource.CLOSED) setTimeout(loadWelcome, 1_000)
  })
  events.addEventListener('message', event => showPost(JSON.parse(event.data)))
}

/** What can be asked comes first: the messages that stand already need their menus. */
async function loadWelcome() {
  const { examples = [], menu: given } = await load('/preview/commands').catch(() => ({}))
  if (given) {
    messageMenu = given
    $('examples').replaceChildren(...examples.map(exampleButton))
    if (examples[0]) input.placeholder = `Type a command, e.g. ${examples[0]}`
  }
  subscribe()
}

function exampleButton(line) {
  const button = make('button', 'example', make('code', '', line))
  button.type = 'button'
  button.addEventListener('click', () => ask(line))
  return button
}

loadWelcome()
if (matchMedia('(pointer: fine)').matches) input.focus()
