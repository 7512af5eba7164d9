import { discordMarkdown, drawInline } from './discord-markdown.ts'
import {
  asObject,
  asObjects,
  asString,
  el,
  type Frame,
  type Json,
  link,
  pictureView,
  placeholder,
  type View,
} from './view.ts'

/** A Discord message, `{content, embeds, components}`, as Discord draws it. */
export function discordView(json: unknown, frame: Frame): View {
  const message = asObject(json)
  const edited = frame.edited ? [el('small', 'edited', ['(edited)'])] : []
  return el('div', 'discord', [
    ...(frame.typedLine
      ? [el('p', 'asked', [el('strong', '', ['you']), ' used ', el('span', 'mention', [frame.typedLine])])]
      : []),
    el('div', 'avatar', ['n'], { hidden: true }),
    el('div', 'message', [
      el('p', 'by', [
        el('strong', '', ['nutgraf']),
        el('span', 'badge', ['APP']),
        el('time', '', [today(frame.at)]),
      ]),
      ...discordMarkdown(asString(message.content)).concat(edited),
      ...asObjects(message.attachments).map(one => attachment(one, frame)),
      ...asObjects(message.embeds).map(embed),
      ...asObjects(message.components).map(component),
      ...(frame.callerOnly
        ? [el('p', 'only', ['Only you can see this · ', el('span', 'dismiss', ['Dismiss message'])])]
        : []),
    ]),
  ])
}

/** About what Discord gives a picture at most in its desktop app; it is written down nowhere. */
const MAX_PICTURE_SIZE = { width: 550, height: 350 }

const attachment = (one: Json, { picture }: Frame): View =>
  picture ? pictureView(picture, asString(one.description), MAX_PICTURE_SIZE) : placeholder('a file')

function embed(one: Json): View {
  const title = asString(one.title)
  const footer = asString(asObject(one.footer).text)
  const author = asString(asObject(one.author).name)
  return el(
    'div',
    'embed',
    [
      ...(author ? [el('p', 'author', [author])] : []),
      ...(title
        ? [el('p', 'title', one.url ? [link(asString(one.url), drawInline(title))] : drawInline(title))]
        : []),
      ...(one.description ? [el('div', 'description', discordMarkdown(asString(one.description)))] : []),
      ...(one.fields ? [el('div', 'fields', asObjects(one.fields).map(field))] : []),
      ...(one.image ? [placeholder('a picture from elsewhere')] : []),
      ...(footer ? [el('p', 'footer', [footer])] : []),
    ],
    { tint: colour(one.color) },
  )
}

const field = (one: Json): View =>
  el('div', one.inline ? 'field inline' : 'field', [
    el('p', 'name', drawInline(asString(one.name))),
    el('div', '', discordMarkdown(asString(one.value))),
  ])

const BUTTON_STYLES: Record<number, string> = {
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
      return el('div', 'actions', asObjects(one.components).map(component))
    case 2:
      return button(one)
    case 9:
      return el('div', 'section', asObjects(one.components).map(component))
    case 10:
      return el('div', 'description', discordMarkdown(asString(one.content)))
    case 12:
      return placeholder('a gallery of pictures')
    case 14:
      return el('hr', '')
    case 17:
      return el('div', 'embed', asObjects(one.components).map(component), { tint: colour(one.accent_color) })
    default:
      return placeholder(`the component type ${one.type}`)
  }
}

function button(one: Json): View {
  const name = `button ${BUTTON_STYLES[Number(one.style)] ?? 'secondary'}`
  if (one.url) return link(asString(one.url), [asString(one.label)], name)
  const id = asString(one.custom_id)
  const runs = id.startsWith('run:') && !one.disabled
  return el('button', name, [asString(one.label)], runs ? { run: id.slice('run:'.length) } : { off: true })
}

const colour = (value: unknown) =>
  typeof value === 'number' ? `#${value.toString(16).padStart(6, '0')}` : 'transparent'

const today = (at: number) =>
  `Today at ${new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(at)}`
