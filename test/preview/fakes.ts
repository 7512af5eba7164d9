import type { Command } from '../../src/commands/command.ts'
import type { Answer, Draw, Handlers, Log, Platform, Suggest } from '../../src/platform.ts'
import { publishing } from '../../src/publish.ts'
import { list, note, type Reply, refusal, text } from '../../src/reply.ts'

export const HOSTILE =
  '<img src=x onerror="document.title=1"><script>document.title=2</script> *a* \u001b[31mred'

/** A log that keeps nothing but what went wrong. */
export function quietLog(): Log & { wrong: unknown[] } {
  const wrong: unknown[] = []
  const none = () => {}
  return { wrong, debug: none, info: none, warn: none, error: details => wrong.push(details) }
}

const base = { parts: [], audience: 'caller' as const }

const SUMMARY: Reply = {
  ...base,
  label: { state: 'archived', line: 'ARCHIVED STORY · covers 25 Jan 2017 to 28 Apr 2021' },
  title: 'Chicago v. Sessions: the fight over police-grant conditions',
  blocks: [text('Chicago sued on ', { bold: '7 Aug 2017' }, ' over three conditions.'), note('Sources 1, 4')],
  actions: [
    { label: 'Sources', line: '/lawsuit sources' },
    { label: 'Share to channel', line: '/lawsuit summary --public' },
  ],
}

/** Answers a handful of lines, as the real commands would. */
export const answer: Answer = ({ command, text: rest }) => {
  if (command === 'boom') throw new Error('no answer')
  if (command === 'lawsuit' && rest === 'sources')
    return { ...base, blocks: [list([['One source'], ['Another']])] }
  if (command === 'lawsuit') return { ...SUMMARY, audience: rest.includes('--public') ? 'place' : 'caller' }
  if (command === 'quote')
    return {
      ...base,
      blocks: [{ kind: 'quote', words: 'exact words', marks: true, attribution: ['Jeff Sessions'] }],
    }
  if (command === 'hostile') return { ...base, title: HOSTILE, blocks: [text(HOSTILE)] }
  if (command === 'nutgraf' && rest === 'help') return { ...base, blocks: [text('Help is here.')] }
  return refusal(['I don’t know that.'])
}

export const suggest: Suggest = ({ typed }) =>
  ['Jeff Sessions', 'Rahm Emanuel']
    .map(name => ({ name, value: name.split(' ')[1]!.toLowerCase() }))
    .filter(one => one.value.includes(typed.toLowerCase()))

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

/** Every block kind that the renderers send, from one reply; `*` and `<` show whether somebody parsed data. */
export const draws: Draw[] = [
  { name: 'slack', draw: slackJson },
  { name: 'discord', draw: discordJson },
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
            elements: [run('Chicago sued on '), run('7 Aug 2017', { bold: true }), run(` ${HOSTILE}`)],
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
      { type: 'divider' },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'Sources 1, 4 · *checked* <https://example.org/b|today> &lt;b&gt;' },
        ],
      },
      ...(reply.actions
        ? [
            {
              type: 'actions',
              elements: reply.actions.map((action, index) => ({
                type: 'button',
                action_id: `run:${index}`,
                text: { type: 'plain_text', text: action.label },
                value: action.line,
              })),
            },
          ]
        : []),
    ],
  }
}

const escaped = (text: string) => text.replace(/[\\*_~`|<>[\]()#-]/g, '\\$&')

function discordJson(reply: Reply) {
  return {
    content: [
      ...(reply.label ? [`-# ${escaped(reply.label.line)}`] : []),
      ...(reply.title ? [`**${escaped(reply.title)}**`] : []),
      `Chicago sued on **7 Aug 2017** ${escaped(HOSTILE)}`,
      '> “every sanctuary city”',
      '> *Jeff Sessions*',
      '-# small print',
      '- [A source](<https://example.org/a>)',
      '- snake\\_case',
    ].join('\n'),
    embeds: [
      {
        color: 0xb7791f,
        description: 'See [the record](https://example.org/c)',
        footer: { text: 'nutgraf' },
      },
    ],
    components: reply.actions
      ? [
          {
            type: 1,
            components: reply.actions.map(action => ({
              type: 2,
              style: 2,
              label: action.label,
              custom_id: `run:${action.line}`,
            })),
          },
        ]
      : [],
  }
}

/** What `bot.ts` hands to the preview when it starts. */
export const handlersFor = (platform: Platform): Handlers => ({
  answer,
  suggest,
  publish: publishing({ platforms: () => [platform], log: quietLog() }),
})
