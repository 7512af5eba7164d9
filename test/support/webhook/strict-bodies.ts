import { z } from 'zod'

/** What Discord accepts from a webhook that no application owns: no controls, and mentions switched off by name. */
const DISCORD = z.strictObject({
  content: z.string().min(1).max(2_000),
  embeds: z
    .array(
      z.strictObject({
        color: z.number().optional(),
        description: z.string().min(1).max(4_096).optional(),
        footer: z.strictObject({ text: z.string().max(2_048) }).optional(),
      }),
    )
    .max(10)
    .optional(),
  components: z.array(z.never()).optional(),
  attachments: z.array(z.never()).optional(),
  allowed_mentions: z.strictObject({ parse: z.array(z.never()) }),
})

/** What an edit must name, so that nothing of the old message stays. */
const DISCORD_EDIT = DISCORD.required({ embeds: true, components: true, attachments: true })

const SLACK = z.strictObject({
  text: z.string().min(1).max(4_000),
  blocks: z.array(z.looseObject({ type: z.enum(['rich_text', 'context', 'header', 'divider']) })).max(50),
  unfurl_links: z.literal(false),
  unfurl_media: z.literal(false),
  parse: z.literal('none'),
})

const RUN = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.literal('Bolder').optional(),
  italic: z.literal(true).optional(),
  isSubtle: z.literal(true).optional(),
  fontType: z.literal('Monospace').optional(),
  size: z.enum(['Small', 'Medium']).optional(),
  selectAction: z
    .strictObject({ type: z.literal('Action.OpenUrl'), url: z.url({ protocol: /^https?$/ }) })
    .optional(),
})
const TEAMS = z.strictObject({
  type: z.literal('message'),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal('application/vnd.microsoft.card.adaptive'),
      contentUrl: z.null(),
      content: z.strictObject({
        $schema: z.string(),
        type: z.literal('AdaptiveCard'),
        version: z.literal('1.4'),
        fallbackText: z.string().min(1),
        msteams: z.strictObject({ width: z.literal('Full') }),
        body: z
          .array(
            z.strictObject({
              type: z.literal('RichTextBlock'),
              inlines: z.array(RUN).min(1),
              spacing: z.enum(['None', 'Small', 'Medium']),
            }),
          )
          .min(1),
      }),
    }),
  ]),
})
/** About 28 KB, of which the workflow itself takes a part. */
const TEAMS_MAX_BYTES = 27_000

/** Why Discord would refuse the body of a webhook. */
export const discordProblem = (body: unknown, { isEdit }: { isEdit: boolean }): string | undefined =>
  problemOf(isEdit ? DISCORD_EDIT : DISCORD, body)

/** Why Slack would refuse the body of an incoming webhook. */
export const slackProblem = (body: unknown): string | undefined => problemOf(SLACK, body)

/** Why a workflow of Teams would refuse a body, or fail later because of it. */
export const teamsProblem = (body: unknown): string | undefined =>
  Buffer.byteLength(JSON.stringify(body)) > TEAMS_MAX_BYTES ? 'the card is too large' : problemOf(TEAMS, body)

function problemOf(schema: z.ZodType, body: unknown): string | undefined {
  const read = schema.safeParse(body)
  return read.success ? undefined : z.prettifyError(read.error)
}
