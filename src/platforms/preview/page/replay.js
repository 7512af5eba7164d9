import { dialog } from './dialog.js'
import { make } from './element.js'
import { field } from './fields.js'
import { fill, turn } from './turn.js'

/**
 * Opens the form of a replay: which stories, which digest, from when to when. `send` asks for the briefs, and resolves
 * with them; `done` gets them.
 */
export function openReplay({ digests, story }, { send, offers, done }) {
  const fields = [
    {
      kind: 'offered',
      name: 'stories',
      label: 'Stories',
      many: true,
      placeholder: 'Those of the digest',
      values: story ? [{ name: story, value: story }] : [],
    },
    { kind: 'one', name: 'digest', label: 'Digest', options: digests, value: digests[0]?.value },
    { kind: 'date', name: 'from', label: 'From', hint: 'Empty: from the first event on.' },
    { kind: 'date', name: 'to', label: 'To', hint: 'Empty: up to the last event.' },
  ].map(definition => field(definition, { offers }))

  const form = dialog('Replay a story', {
    submit: 'Replay',
    onSubmit: async () => {
      const values = Object.fromEntries(fields.map(({ name, values: read }) => [name, read()]))
      const stories = values.stories.filter(name => name !== 'all')
      const [digest, from, to] = [values.digest[0], values.from[0], values.to[0]]
      const replay = await send({ stories, digest, from, to })
      if (replay.problem) return replay.problem
      done(replay)
    },
  })
  const about =
    'The briefs that would have been posted if each event, quote and correction had been entered on its own day. Nothing is posted.'
  form.body.append(make('p', 'about', about), ...fields.map(({ node }) => node))
  form.open()
  fields[0].focus()
}

/** Makes the part of the feed that shows a replay: its briefs one below the other, each marked as a replay. */
export function replayNode({ heading, about, steps, total }, { press }) {
  const title = make('h2', '', heading)
  // The focus goes here, so that the next Tab leads to the first brief.
  title.tabIndex = -1
  const node = make('section', 'replay', title, make('p', 'aside', about))
  node.setAttribute('aria-label', heading)
  for (const { line, moment, brief, thread } of steps) {
    if (line) node.append(make('p', 'between', line))
    else node.append(message(moment, brief, press))
    if (thread) node.append(message(`${moment}, in the thread`, thread, press))
  }
  node.append(make('p', 'total', total))
  return node
}

function message(moment, answer, press) {
  const node = turn('REPLAY', moment)
  fill(node, answer, { press })
  return node
}

/** The replay that the address of the page asks for: `#replay?story=lawsuit&from=2017-07-25`. */
export function replayInAddress(hash) {
  const asked = /^#replay\?(.*)$/.exec(hash)?.[1]
  if (asked === undefined) return undefined
  const values = new URLSearchParams(asked)
  const one = name => values.get(name) ?? undefined
  return { stories: values.getAll('story'), digest: one('digest'), from: one('from'), to: one('to') }
}
