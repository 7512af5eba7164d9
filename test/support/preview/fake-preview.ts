import type {
  Answer,
  DigestSettings,
  Handlers,
  Paint,
  Platform,
  PlatformRenderer,
  Suggest,
} from '../../../src/chat/platform.ts'
import { list, note, type Reply, refusal, text } from '../../../src/chat/reply.ts'
import type { Command } from '../../../src/commands/command.ts'
import { parseLine } from '../../../src/commands/line.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import { recordingLog } from '../recording-log.ts'

export const HOSTILE_TEXT =
  '<img src=x onerror="document.title=1"><script>document.title=2</script> *a* \u001b[31mred'

const base = { parts: [], audience: 'caller' as const }

const SUMMARY: Reply = {
  ...base,
  label: { state: 'archived', line: 'ARCHIVED STORY · covers 25 Jan 2017 to 28 Apr 2021' },
  title: 'Chicago v. Sessions: the fight over police-grant conditions',
  blocks: [text('Chicago sued on ', { bold: '7 Aug 2017' }, ' over three conditions.'), note('Sources 1, 4')],
  buttons: [
    { label: 'Sources', line: '/lawsuit sources' },
    { label: 'Share to channel', line: '/lawsuit summary --public' },
  ],
}

/** An answer with a picture. */
export const CARD_REPLY: Reply = {
  ...base,
  blocks: [
    {
      kind: 'picture',
      picture: {
        kind: 'card',
        label: 'ARCHIVED',
        foot: 'nutgraf',
        words: 'exact words',
        marks: true,
        about: ['Jeff Sessions'],
      },
      alt: 'A quotation: “exact words”, Jeff Sessions.',
      fallback: [{ kind: 'quote', words: 'exact words', marks: true, attribution: ['Jeff Sessions'] }],
    },
  ],
}

/** Paints every picture as the same small PNG of 1200 × 630 pixels. */
export const fakePaint: Paint = async () =>
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAABLAAAAJ2AQAAAABnO0bxAAABi0lEQVR42u3OMQEAAAwCIPuX1gh7d0AC0peipaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpXUboO7IXrNBrU8AAAAASUVORK5CYII=',
    'base64',
  )

/** Answers a few lines, as the real commands would. */
export const answer: Answer = ({ command, text: rest, message }) => {
  if (command === 'boom') throw new Error('no answer')
  if (command === 'lawsuit' && rest === 'sources')
    return { ...base, blocks: [list([['One source'], ['Another']])] }
  if (command === 'lawsuit') return { ...SUMMARY, audience: rest.includes('--public') ? 'place' : 'caller' }
  if (command === 'quote')
    return {
      ...base,
      blocks: [{ kind: 'quote', words: 'exact words', marks: true, attribution: ['Jeff Sessions'] }],
    }
  if (command === 'hostile') return { ...base, title: HOSTILE_TEXT, blocks: [text(HOSTILE_TEXT)] }
  if (command === 'card') return { ...CARD_REPLY, audience: rest.includes('--public') ? 'place' : 'caller' }
  if (command === 'nutgraf' && rest.startsWith('report'))
    return { ...base, blocks: [text(`Thank you. ${rest} ${message?.id}`)], guide: true }
  if (rest.includes('nowhere')) return refusal(['No zone “nowhere” here.'])
  if (command === 'digest') return { ...base, blocks: [text(`Set: ${rest}`)] }
  if (command === 'nutgraf' && rest === 'help') return { ...base, blocks: [text('Help is here.')] }
  return refusal(['I don’t know that.'])
}

export const suggest: Suggest = ({ command, argument, typed }) =>
  command === 'digest' ? suggestOptions(argument, typed) : suggestSpeakers(typed)

const suggestOptions = (argument: string, typed: string) =>
  (argument === 'zone' ? ['America/Chicago', 'Europe/Berlin'] : ['lawsuit', 'ordinance'])
    .filter(value => value.toLowerCase().includes(typed.toLowerCase()))
    .map(value => ({ name: value, value }))

const suggestSpeakers = (typed: string) =>
  ['Jeff Sessions', 'Rahm Emanuel']
    .map(name => ({ name, value: name.split(' ')[1]!.toLowerCase() }))
    .filter(({ value }) => value.includes(typed.toLowerCase()))

const run = () => refusal(['unused'])
const value = { name: 'words', about: 'What to look for', required: true }

export const commands = (): Command[] => [
  {
    name: 'nutgraf',
    about: 'All',
    reach: 'always',
    run,
    subcommands: [
      { name: 'find', about: 'Search', argument: value },
      { name: 'help', about: 'Help' },
    ],
  },
  {
    name: 'quote',
    about: 'Exact words',
    reach: 'always',
    run,
    argument: { name: 'of', about: 'A speaker', required: true, suggests: true },
    subcommands: [{ name: 'check', about: 'Are these words in our sources?', argument: value }],
  },
  { name: 'find', about: 'Search', reach: 'root', run, argument: value },
  {
    name: 'lawsuit',
    about: 'Chicago v. Sessions',
    reach: 'always',
    run,
    subcommands: [
      { name: 'summary', about: 'What it is about' },
      { name: 'sources', about: 'The sources' },
    ],
  },
]

/** A form with every kind of field. */
const settings: DigestSettings = {
  command: 'digest',
  subjectField: 'digest',
  matchCall: ({ command, text: rest }) => {
    const { args } = parseLine(rest)
    if (command !== 'digest' || (args[0] ?? 'settings') !== 'settings') return undefined
    return args[1] === undefined ? {} : { name: args[1] }
  },
  buildForm: async (_, name = 'morning') => ({
    name,
    title: name,
    intro: [{ bold: name }, ' is not on here yet.'],
    submit: 'Switch on',
    fields: [
      {
        kind: 'one',
        name: 'digest',
        label: 'Digest',
        value: name,
        rebuildsForm: true,
        options: ['morning', 'evening'].map(value => ({ name: `The ${value} brief`, value })),
      },
      { kind: 'time', name: 'time', label: 'Time', value: name === 'morning' ? '07:30' : '18:00' },
      {
        kind: 'offered',
        name: 'zone',
        label: 'Time zone',
        many: false,
        placeholder: 'A city',
        values: [{ name: 'Chicago', value: 'America/Chicago' }],
      },
      {
        kind: 'some',
        name: 'days',
        label: 'Days',
        values: ['mon'],
        options: ['Monday', 'Tuesday'].map(day => ({ name: day, value: day.slice(0, 3).toLowerCase() })),
      },
      {
        kind: 'offered',
        name: 'stories',
        label: 'Stories',
        many: true,
        values: [],
        placeholder: 'All stories',
        hint: 'Nothing here means all.',
      },
    ],
  }),
  lineFor: filled =>
    filled.days?.length === 0
      ? { problems: { days: 'Choose at least one day.' } }
      : { line: `/digest on ${Object.values(filled).flat().join(' ')}` },
}

/** Renderers whose messages have every kind of block. Their `*` and `<` show whether data is parsed as markup. */
export const fakeDraws: PlatformRenderer[] = [
  { name: 'slack', render: slackJson },
  { name: 'discord', render: discordJson },
]

function slackJson(reply: Reply) {
  const run = (text: string, style?: object) => ({ type: 'text', text, ...(style && { style }) })
  return {
    text: reply.label?.line ?? reply.title ?? 'nutgraf',
    blocks: [
      ...(reply.label
        ? [{ type: 'context', elements: [{ type: 'plain_text', text: reply.label.line }] }]
        : []),
      ...(reply.title ? [{ type: 'header', text: { type: 'plain_text', text: reply.title } }] : []),
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [run('Chicago sued on '), run('7 Aug 2017', { bold: true }), run(` ${HOSTILE_TEXT}`)],
          },
          {
            type: 'rich_text_quote',
            elements: [run('“every sanctuary city”\n'), run('Jeff Sessions', { italic: true })],
          },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [
              {
                type: 'rich_text_section',
                elements: [{ type: 'link', url: 'https://example.org/a', text: 'A source' }],
              },
            ],
          },
        ],
      },
      ...reply.blocks.flatMap(block =>
        block.kind === 'picture'
          ? [{ type: 'image', slack_file: { id: 'F00000000' }, alt_text: block.alt }]
          : [],
      ),
      { type: 'divider' },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'Sources 1, 4 · *checked* <https://example.org/b|today> &lt;b&gt;' },
        ],
      },
      ...(reply.buttons
        ? [
            {
              type: 'actions',
              elements: reply.buttons.map((button, index) => ({
                type: 'button',
                action_id: `run:${index}`,
                text: { type: 'plain_text', text: button.label },
                value: button.line,
              })),
            },
          ]
        : []),
    ],
  }
}

const escapeMarkdown = (text: string) => text.replace(/[\\*_~`|<>[\]()#-]/g, '\\$&')

function discordJson(reply: Reply) {
  return {
    content: [
      ...(reply.label ? [`-# ${escapeMarkdown(reply.label.line)}`] : []),
      ...(reply.title ? [`**${escapeMarkdown(reply.title)}**`] : []),
      `Chicago sued on **7 Aug 2017** ${escapeMarkdown(HOSTILE_TEXT)}`,
      '> “every sanctuary city”',
      '> *Jeff Sessions*',
      '-# small print',
      '- [A source](<https://example.org/a>)',
      '- snake\\_case',
    ].join('\n'),
    attachments: reply.blocks.flatMap(block =>
      block.kind === 'picture' ? [{ id: 0, filename: 'quotation.png', description: block.alt }] : [],
    ),
    embeds: [
      {
        color: 0xb7791f,
        description: 'See [the record](https://example.org/c)',
        footer: { text: 'nutgraf' },
      },
    ],
    components: reply.buttons
      ? [
          {
            type: 1,
            components: reply.buttons.map(button => ({
              type: 2,
              style: 2,
              label: button.label,
              custom_id: `run:${button.line}`,
            })),
          },
        ]
      : [],
  }
}

/** The handlers that the bot passes to the preview when it starts. */
export const handlersFor = (platform: Platform): Handlers => ({
  answer,
  suggest,
  settings,
  checkMessage: async (_, message) => ({ ...base, blocks: [text(`Checked: ${message}`)] }),
  publish: createPublish({ platforms: () => [platform], log: recordingLog() }),
})
