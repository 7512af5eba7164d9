import { readPressed } from '../stored-lines.ts'
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

/** Draws a Discord message, `{content, embeds, components}`, as Discord does. */
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
        el('time', '', [frame.moment ?? today(frame.at)]),
      ]),
      ...discordMarkdown(asString(message.content)).concat(edited),
      ...asObjects(message.attachments).map(file => attachment(file, frame)),
      ...asObjects(message.embeds).map(embed),
      ...asObjects(message.components).map(component),
      ...(frame.callerOnly
        ? [el('p', 'only', ['Only you can see this · ', el('span', 'dismiss', ['Dismiss message'])])]
        : []),
    ]),
  ])
}

/** The largest size of a picture in Discord's desktop app, about: Discord does not document it. */
const MAX_PICTURE_SIZE = { width: 550, height: 350 }

const attachment = (file: Json, { picture }: Frame): View =>
  picture ? pictureView(picture, asString(file.description), MAX_PICTURE_SIZE) : placeholder('a file')

function embed(json: Json): View {
  const title = asString(json.title)
  const footer = asString(asObject(json.footer).text)
  const author = asString(asObject(json.author).name)
  return el(
    'div',
    'embed',
    [
      ...(author ? [el('p', 'author', [author])] : []),
      ...(title
        ? [el('p', 'title', json.url ? [link(asString(json.url), drawInline(title))] : drawInline(title))]
        : []),
      ...(json.description ? [el('div', 'description', discordMarkdown(asString(json.description)))] : []),
      ...(json.fields ? [el('div', 'fields', asObjects(json.fields).map(field))] : []),
      ...(json.image ? [placeholder('a picture from elsewhere')] : []),
      ...(footer ? [el('p', 'footer', [footer])] : []),
    ],
    { tint: colour(json.color) },
  )
}

const field = ({ inline, name, value }: Json): View =>
  el('div', inline ? 'field inline' : 'field', [
    el('p', 'name', drawInline(asString(name))),
    el('div', '', discordMarkdown(asString(value))),
  ])

const BUTTON_STYLES: Record<number, string> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  5: 'outside',
}

// Discord's component types: 1 a row, 2 a button, 3 a menu, 9 a section, 10 text, 12 pictures, 14 a separator, 17 a container.
function component(json: Json): View {
  switch (json.type) {
    case 1:
      return el('div', 'actions', asObjects(json.components).map(component))
    case 2:
      return button(json)
    case 3:
      return select(json)
    case 9:
      return el('div', 'section', asObjects(json.components).map(component))
    case 10:
      return el('div', 'description', discordMarkdown(asString(json.content)))
    case 12:
      return placeholder('a gallery of pictures')
    case 14:
      return el('hr', '')
    case 17:
      return el('div', 'embed', asObjects(json.components).map(component), {
        tint: colour(json.accent_color),
      })
    default:
      return placeholder(`the component type ${json.type}`)
  }
}

function button({ style, url, custom_id, disabled, label }: Json): View {
  const name = `button ${BUTTON_STYLES[Number(style)] ?? 'secondary'}`
  if (url) return link(asString(url), [asString(label)], name)
  const pressed = disabled ? undefined : readPressed(asString(custom_id))
  if (!pressed || pressed.isKey) return el('button', name, [asString(label)], { off: true })
  const { text: run, turns } = pressed
  return el('button', name, [asString(label)], { run, ...(turns && { turns }) })
}

const select = ({ placeholder, options }: Json): View =>
  el('button', 'select', [asString(placeholder)], {
    options: asObjects(options).map(({ label, value }) => ({
      name: asString(label),
      run: readPressed(asString(value))?.text ?? '',
    })),
  })

const colour = (value: unknown) =>
  typeof value === 'number' ? `#${value.toString(16).padStart(6, '0')}` : 'transparent'

const today = (at: number) =>
  `Today at ${new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(at)}`
