import { afterAll, beforeAll, expect, test } from 'vitest'
import { diagnoseWebhooks } from '../../src/doctor/webhooks.ts'
import { readWebhookSettings } from '../../src/web/webhook-settings.ts'
import { type LoopbackWebhooks, startWebhooks } from '../support/loopback/webhooks.ts'

let loopback: LoopbackWebhooks
beforeAll(async () => {
  loopback = await startWebhooks()
})
afterAll(() => loopback.close())

const settings = (env: Record<string, string>) => ({ webhooks: readWebhookSettings(env).webhooks })

test('without webhooks there is nothing to say', async () => {
  expect(await diagnoseWebhooks(settings({}), ['slack:T1/C1'])).toEqual([])
})

test('Discord is asked, the others can only be tried by a post, and nothing is posted', async () => {
  const env = {
    WEBHOOK_SPORTS: loopback.addressOf('discord'),
    WEBHOOK_CITY: loopback.addressOf('slack'),
    WEBHOOK_NIGHT: loopback.addressOf('teams'),
  }
  const findings = await diagnoseWebhooks(settings(env), ['webhook:city'])
  expect(findings.map(({ severity, id }) => `${severity} ${id}`)).toEqual([
    'ok webhooks',
    'note webhooks-untried',
  ])
  expect(findings[1]!.says).toContain('webhook:city, webhook:night works')
  expect(loopback.requests.map(({ method }) => method)).toEqual(['GET'])
  expect(loopback.messages).toEqual([])
})

test('a deleted webhook, one that cannot be reached, and places without an address are named with their cure', async () => {
  loopback.remove('97')
  const env = {
    WEBHOOK_GONE: loopback.addressOf('discord', 7),
    WEBHOOK_AWAY: 'http://127.0.0.1:65531/api/webhooks/1/secret',
  }
  const findings = await diagnoseWebhooks({ ...settings(env), deskPlace: 'webhook:desk' }, [
    'webhook:city-hall',
  ])
  expect(findings).toMatchObject([
    {
      severity: 'error',
      id: 'webhook-none',
      says: expect.stringContaining('webhook:city-hall'),
      cure: 'Set WEBHOOK_CITY_HALL.',
    },
    { severity: 'error', id: 'webhook-none', cure: 'Set WEBHOOK_DESK.' },
    { severity: 'warning', id: 'webhook-unreachable', says: expect.stringContaining('webhook:away') },
    { severity: 'error', id: 'webhook-refused', cure: expect.stringContaining('WEBHOOK_GONE') },
  ])
  for (const secret of [...loopback.secrets, '/secret'])
    expect(JSON.stringify(findings)).not.toContain(secret)
})
