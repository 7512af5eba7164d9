import { richInline, slackText } from './slacktext.ts'
import {
  el,
  type Frame,
  type Json,
  link,
  object,
  objects,
  picture,
  string,
  undrawn,
  type View,
} from './view.ts'

/** A Slack message, `{text, blocks}`, as Slack draws it. */
export function slackView(json: unknown, frame: Frame): View {
  const message = object(json)
  const blocks = objects(message.blocks)
  const body =
    blocks.length > 0 ? blocks.map(block) : [el('p', '', slackText({ type: 'mrkdwn', text: message.text }))]
  return el('div', 'slack', [
    ...(frame.only ? [el('p', 'only', ['Only visible to you'])] : []),
    el('div', 'avatar', ['n'], { hidden: true }),
    el('div', 'message', [
      el('p', 'by', [
        el('strong', '', ['nutgraf']),
        el('span', 'badge', ['APP']),
        el('time', '', [clock(frame.at)]),
      ]),
      ...body,
      ...objects(message.attachments).map(attachment),
      ...(frame.edited ? [el('small', 'edited', ['(edited)'])] : []),
    ]),
  ])
}

function block(one: Json): View {
  switch (one.type) {
    case 'rich_text':
      return el('div', 'rich', objects(one.elements).map(rich))
    case 'section':
      return el('div', 'section', [
        ...(one.text ? [el('p', '', slackText(one.text))] : []),
        ...(one.fields
          ? [
              el(
                'div',
                'fields',
                objects(one.fields).map(field => el('p', '', slackText(field))),
              ),
            ]
          : []),
        ...(one.accessory ? [element(object(one.accessory))] : []),
      ])
    case 'context':
      return el(
        'div',
        'context',
        objects(one.elements).map(item =>
          item.type === 'image'
            ? picture(string(item.image_url), string(item.alt_text))
            : el('p', '', slackText(item)),
        ),
      )
    case 'header':
      return el('p', 'header', slackText(one.text))
    case 'actions':
      return el('div', 'actions', objects(one.elements).map(element))
    case 'divider':
      return el('hr', '')
    case 'image':
      return el('div', 'image', [
        ...(one.title ? [el('p', '', slackText(one.title))] : []),
        picture(string(one.image_url), string(one.alt_text)),
      ])
    default:
      return undrawn(`the block ${string(one.type)}`)
  }
}

function rich(one: Json): View {
  switch (one.type) {
    case 'rich_text_section':
      return el('p', '', richInline(one.elements))
    case 'rich_text_quote':
      return el('blockquote', '', richInline(one.elements))
    case 'rich_text_preformatted':
      return el('pre', '', richInline(one.elements))
    case 'rich_text_list':
      return el(
        one.style === 'ordered' ? 'ol' : 'ul',
        `indent-${Math.min(4, Number(one.indent ?? 0))}`,
        objects(one.elements).map(item => el('li', '', richInline(item.elements))),
      )
    default:
      return undrawn(`the rich text ${string(one.type)}`)
  }
}

function element(one: Json): View {
  if (one.type === 'image') return picture(string(one.image_url), string(one.alt_text))
  if (one.type !== 'button') return undrawn(`the element ${string(one.type)}`)
  const name = ['button', string(one.style)].filter(Boolean).join(' ')
  if (one.url) return link(string(one.url), slackText(one.text), name)
  const run = string(one.value)
  return el('button', name, slackText(one.text), run ? { run } : { off: true })
}

function attachment(one: Json): View {
  const inside = objects(one.blocks).map(block)
  const text = string(one.text) || string(one.fallback)
  return el(
    'div',
    'attachment',
    inside.length > 0 ? inside : [el('p', '', slackText({ type: 'mrkdwn', text }))],
    {
      tint: string(one.color) || '#dddddd',
    },
  )
}

const clock = (at: number) =>
  new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(at)
