import { make } from './element.js'
import { openForm } from './form.js'
import { menu } from './menu.js'
import { picker } from './picker.js'
import { openReplay, replayInAddress, replayNode } from './replay.js'
import { openReport } from './report.js'
import { fill, refill, turn } from './turn.js'

const $ = id => document.getElementById(id)
const [form, input, feed, status] = ['ask', 'line', 'feed', 'status'].map($)
const NO_ANSWER = 'No answer: nutgraf has stopped, or is still starting. Try again in a moment.'
const posts = new Map()
let messageMenu = {}

const load = async path => (await fetch(path)).json()
const send = async (path, body) => {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
}

const loadOffers = async (argument, typed) =>
  (await load(`/preview/offers?${new URLSearchParams({ argument, typed })}`)).offers

const commandPicker = picker(input, $('picker'), {
  offers: async typed => (await load(`/preview/commands?typed=${encodeURIComponent(typed)}`)).lines,
  submit: () => form.requestSubmit(),
})

form.addEventListener('submit', event => {
  event.preventDefault()
  commandPicker.close()
  const line = input.value.trim()
  if (line === '') return
  input.value = ''
  ask(line)
})

async function ask(line, { from } = {}) {
  commandPicker.addToHistory(line)
  const top = scrollY
  const asked = turn('You typed', line)
  const answer = await sendInTurn(asked, '/preview/ask', { line })
  if (!answer?.form) return
  // A press that opens a form leaves nothing in the feed, and the button stays where it was.
  if (from) {
    asked.remove()
    scrollTo({ top, behavior: 'instant' })
  }
  openFilledIn(answer.form)
}

/** Opens a form; once it was sent, what it led to is a turn of its own. */
function openFilledIn(form) {
  openForm(form, {
    send,
    offers: loadOffers,
    press: ask,
    done: ({ line: formLine, ...formAnswer }) => {
      const node = turn('The form sent', formLine)
      add(node)
      showAnswer(node, formAnswer)
    },
  })
}

/** Adds a turn to the feed, sends its request, and shows the answer in it. */
async function sendInTurn(node, path, body) {
  node.classList.add('waiting')
  add(node)
  const answer = await send(path, body).catch(() => ({ problem: NO_ANSWER }))
  node.classList.remove('waiting')
  showAnswer(node, answer)
  return answer
}

function showAnswer(node, answer) {
  // A post is sent to every open page, also to this one.
  if (answer.posted) node.append(make('p', 'aside', 'Posted in the channel, for everyone to see.'))
  else if (answer.form) node.append(make('p', 'aside', 'This opens a form.'))
  else fill(node, answer, { press: pressIn(node) })
  node.scrollIntoView({ block: 'start', behavior: 'instant' })
}

/** What a press in an answer that only its reader sees does: it turns that answer, or asks something new. */
const pressIn =
  node =>
  (line, { turns, from }) =>
    turns ? turnPage(node, line, from) : ask(line)

/** Shows another page in the place of an answer. What is no page leaves the answer as it is. */
async function turnPage(node, line, from) {
  commandPicker.addToHistory(line)
  node.classList.add('waiting')
  const answer = await send('/preview/ask', { line }).catch(() => ({ problem: NO_ANSWER }))
  node.classList.remove('waiting')
  // As on both platforms: a press that opens a form leaves the answer in which it stands.
  if (answer.form) return openFilledIn(answer.form)
  const isPage = !answer.problem && !answer.refusal && !answer.posted
  if (isPage) return refill(node, answer, { line, from, press: pressIn(node) })
  const other = turn('You typed', line)
  add(other)
  showAnswer(other, answer)
}

function add(node) {
  $('welcome').hidden = true
  feed.append(node)
  node.scrollIntoView({ block: 'nearest', behavior: 'instant' })
}

/** Shows a message in the channel: adds a new one, or replaces one that was edited. */
function showPost(message) {
  const oldNode = posts.get(message.id)
  const node = turn(message.edited ? 'Edited in the channel,' : 'Posted in the channel,', 'everyone sees it')
  node.classList.add('post')
  node.id = `message-${message.id}`
  node.tabIndex = -1
  fill(node, message, { press: ask, menu: platform => postMenu(message.id, platform) })
  posts.set(message.id, node)
  if (!oldNode) {
    add(node)
    if (location.hash === `#${node.id}`) node.focus()
    return
  }
  const hadFocus = oldNode.contains(document.activeElement)
  node.classList.add('changed')
  oldNode.replaceWith(node)
  if (hadFocus) node.focus()
}

function postMenu(id, platform) {
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
      () => sendInTurn(turn('In the menu of a message,', check.name), '/preview/check', { message: id }),
    ])
  return menu(`More actions on ${platform}`, entries)
}

// A browser reconnects by itself after a lost connection, but not after nutgraf refused one while it was starting.
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

/** Loads the examples and the menu entries, then subscribes: the messages that are sent first need their menus. */
async function loadWelcome() {
  const { examples = [], menu: entries } = await load('/preview/commands').catch(() => ({}))
  if (entries) {
    messageMenu = entries
    $('examples').replaceChildren(...examples.map(exampleButton))
    if (examples[0]) input.placeholder = `Type a command, e.g. ${examples[0]}`
  }
  subscribe()
}

/** Shows the briefs of a replay one below the other. They are only on this page, and in no channel. */
function showReplay(replay) {
  const node = replayNode(replay, { press: ask })
  add(node)
  $('heard').textContent = replay.total
  node.scrollIntoView({ block: 'start', behavior: 'instant' })
  // A dialog that closes gives the focus back to its button: after that.
  setTimeout(() => node.querySelector('h2').focus({ preventScroll: true }))
}

const askReplay = asked => send('/preview/replay', asked).catch(() => ({ problem: NO_ANSWER }))

$('replay').addEventListener('click', async () => {
  const choices = await load('/preview/replay').catch(() => ({ problem: NO_ANSWER }))
  if (choices.problem) showProblem('Replay a story', choices)
  else openReplay(choices, { offers: loadOffers, send: askReplay, done: showReplay })
})

async function replayFromAddress() {
  const asked = replayInAddress(location.hash)
  if (!asked) return
  const replay = await askReplay(asked)
  if (replay.problem) showProblem('Replay', replay)
  else showReplay(replay)
}

function showProblem(what, answer) {
  const node = turn(what, '')
  add(node)
  showAnswer(node, answer)
}

function exampleButton(line) {
  const button = make('button', 'example', make('code', '', line))
  button.type = 'button'
  button.addEventListener('click', () => ask(line))
  return button
}

loadWelcome()
replayFromAddress()
if (matchMedia('(pointer: fine)').matches) input.focus()
