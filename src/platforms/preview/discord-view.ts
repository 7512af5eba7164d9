import { inline, markdown } from './discord-markdown.ts'
import {
  el,
  type Frame,
  type Json,
  link,
  object,
  objects,
  shownPicture,
  string,
  undrawn,
  type View,
} from './view.ts'

/** A Discord message, `{content, embeds, components}`, as Discord draws it. */
export function discordView(json: unknown, frame: Frame): View {
  const message = object(json)
  const edited = frame.edited ? [el('small', 'edited', ['(edited)'])] : []
  return el('div', 'discord', [
    ...(frame.asked
      ? [el('p', 'asked', [el('strong', '', ['you']), ' used ', el('span', 'mention', [frame.asked])])]
      : []),
    el('div', 'avatar', ['n'], { hidden: true }),
    el('div', 'message', [
      el('p', 'by', [
        el('strong', '', ['nutgraf']),
        el('span', 'badge', ['APP']),
        el('time', '', [today(frame.at)]),
      ]),
      ...markdown(string(message.content)).concat(edited),
      ...objects(message.attachments).map(one => attachment(one, frame)),
      ...objects(message.embeds).map(embed),
      ...objects(message.components).map(component),
      ...(frame.only
        ? [el('p', 'only', ['Only you can see this · ', el('span', 'dismiss', ['Dismiss message'])])]
        : []),
    ]),
  ])
}

/** About what Discord gives a picture at most in its desktop app; it is written down nowhere. */
const PICTURE = { width: 550, height: 350 }

const attachment = (one: Json, { painted }: Frame): View =>
  painted ? shownPicture(painted, string(one.description), PICTURE) : undrawn('a file')

function embed(one: Json): View {
  const title = string(one.title)
  const footer = string(object(one.footer).text)
  const author = string(object(one.author).name)
  return el(
    'div',
    'embed',
    [
      ...(author ? [el('p', 'author', [author])] : []),
      ...(title ? [el('p', 'title', one.url ? [link(string(one.url), inline(title))] : inline(title))] : []),
      ...(one.description ? [el('div', 'description', markdown(string(one.description)))] : []),
      ...(one.fields ? [el('div', 'fields', objects(one.fields).map(field))] : []),
      ...(one.image ? [undrawn('a picture from elsewhere')] : []),
      ...(footer ? [el('p', 'footer', [footer])] : []),
    ],
    { tint: colour(one.color) },
  )
}

const field = (one: Json): View =>
  el('div', one.inline ? 'field inline' : 'field', [
    el('p', 'name', inline(string(one.name))),
    el('div', '', markdown(string(one.value))),
  ])

const BUTTONS: Record<number, string> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  5: 'outside',
}

// Discord's component types: 1 a row, 2 a button, 9 a section, 10 text, 12 pictures, 14 a separator, 17 a container.
function component(one: Json): View {
  switch (one.type) {
    case 1:
      return el('div', 'actions', objects(one.components).map(component))
    case 2:
      return button(one)
    case 9:
      return el('div', 'section', objects(one.components).map(component))
    case 10:
      return el('div', 'description', markdown(string(one.content)))
    case 12:
      return undrawn('a gallery of pictures')
    case 14:
      return el('hr', '')
    case 17:
      return el('div', 'embed', objects(one.components).map(component), { tint: colour(one.accent_color) })
    default:
      return undrawn(`the component type ${one.type}`)
  }
}

function button(one: Json): View {
  const name = `button ${BUTTONS[Number(one.style)] ?? 'secondary'}`
  if (one.url) return link(string(one.url), [string(one.label)], name)
  const id = string(one.custom_id)
  const runs = id.startsWith('run:') && !one.disabled
  return el('button', name, [string(one.label)], runs ? { run: id.slice('run:'.length) } : { off: true })
}

const colour = (value: unknown) =>
  typeof value === 'number' ? `#${value.toString(16).padStart(6, '0')}` : 'transparent'

const today = (at: number) =>
  `Today at ${new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(at)}`
