import { expect, test } from 'vitest'
import { readWebhookSettings, webhookVariable } from '../../src/web/webhook-settings.ts'

const read = (env: Record<string, string>) => readWebhookSettings(env)
const problemWith = (address: string) => read({ WEBHOOK_SPORTS: address }).problems.join('\n')

const DISCORD = 'https://discord.com/api/webhooks/123/secret-token'
const SLACK = 'https://hooks.slack.com/services/T1/B2/secrettoken'
const TEAMS =
  'https://prod-15.uksouth.logic.azure.com:443/workflows/abc/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=secret-token'
const TEAMS_NEW =
  'https://e1.4a.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/abc/triggers/manual/paths/invoke?api-version=1&sig=secret-token'

test.each([
  ['discord', DISCORD, DISCORD],
  [
    'discord',
    'https://canary.discord.com/api/v10/webhooks/123/secret-token/?thread_id=9&wait=false#x',
    'https://canary.discord.com/api/v10/webhooks/123/secret-token?thread_id=9',
  ],
  ['discord', 'http://127.0.0.1:80/api/webhooks/1/t', 'http://127.0.0.1/api/webhooks/1/t'],
  ['slack', SLACK, SLACK],
  ['slack', 'https://hooks.slack-gov.com/services/T1/B2/x', 'https://hooks.slack-gov.com/services/T1/B2/x'],
  ['slack', 'https://proxy.example/services/T1/B2/x', 'https://proxy.example/services/T1/B2/x'],
  ['teams', TEAMS, TEAMS.replace(':443', '')],
  ['teams', TEAMS_NEW, TEAMS_NEW],
])('%s is known by its address: %s', (kind, given, address) => {
  expect(read({ WEBHOOK_CITY_DESK: ` ${given} ` })).toEqual({
    webhooks: [{ name: 'city-desk', kind, address }],
    problems: [],
  })
})

test.each([
  ['secret', /is not an address/],
  ['ftp://discord.com/api/webhooks/1/secret', /is not an address/],
  ['http://discord.com/api/webhooks/1/secret', /must begin with https/],
  ['https://me:secret@discord.com/api/webhooks/1/secret', /name or password/],
  ['https://discord.com/channels/1/secret', /no webhook that nutgraf knows/],
  [`${DISCORD}/slack`, /Remove that/],
  ['https://hooks.slack.com/triggers/T1/2/secret', /starts a workflow of Slack/],
  ['https://hooks.slack.com/workflows/T1/A1/2/secret', /starts a workflow of Slack/],
  ['https://city.webhook.office.com/webhookb2/secret/IncomingWebhook/secret/x', /which Microsoft has ended/],
  [TEAMS.replace(/&sig=.*/, ''), /has no “sig=”/],
])('an address that takes no message is named without showing it: %s', (address, problem) => {
  const said = problemWith(address)
  expect(said).toMatch(problem)
  expect(said).toMatch(/^WEBHOOK_SPORTS /)
  expect(said.replaceAll(/\bsecret_/g, '')).not.toContain('secret')
})

test('names are the places they stand for, and wrong ones are refused', () => {
  expect(webhookVariable('city-desk')).toBe('WEBHOOK_CITY_DESK')
  expect(read({ WEBHOOK_: SLACK, WEBHOOK_a: SLACK, WEBHOOK_A__B: SLACK })).toEqual({
    webhooks: [],
    problems: [
      expect.stringContaining('WEBHOOK_ must end'),
      expect.stringContaining('WEBHOOK_A__B must end'),
      expect.stringContaining('WEBHOOK_a must end'),
    ],
  })
  expect(read({ WEBHOOK_CITY: ' ', HOOK_SECRET_X: 'x' })).toEqual({ webhooks: [], problems: [] })
})
