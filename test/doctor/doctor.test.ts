import { copyFileSync, mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { refusal } from '../../src/chat/reply.ts'
import type { Command } from '../../src/commands/command.ts'
import { takenNameFindings } from '../../src/doctor/commands.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { DISCORD_MISTAKES } from '../support/doctor/discord-mistakes.ts'
import { createHealthySetup, type HealthySetup } from '../support/doctor/healthy-setup.ts'
import { createSetupBreaker, type SetupBreaker } from '../support/doctor/mistake.ts'
import { OTHER_MISTAKES } from '../support/doctor/other-mistakes.ts'
import { SLACK_MISTAKES } from '../support/doctor/slack-mistakes.ts'
import { startProcess, temporaryFolder } from '../support/start-process.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'nutgraf-doctor-'))
let setup: HealthySetup
let breaker: SetupBreaker

beforeAll(async () => {
  setup = await createHealthySetup(dataDir)
  breaker = createSetupBreaker(setup)
})
afterAll(() => setup.stop())
afterEach(() => breaker.undo())

const problemsIn = (findings: Finding[]) =>
  findings.filter(({ severity }) => severity === 'error' || severity === 'warning')

test('where nothing is wrong it says so, asks nothing twice, and writes nothing', async () => {
  const before = folder()
  const { findings, byEye } = await setup.runDoctor()
  expect(problemsIn(findings)).toEqual([])
  expect(findings.filter(({ severity }) => severity === 'ok').map(({ area, id }) => `${area} ${id}`)).toEqual(
    [
      'node node',
      'settings settings',
      'slack token',
      'slack scopes',
      'slack socket',
      'discord token',
      'discord servers',
      'places places',
      'desk desk',
      'clock clock',
      'data data',
      'data store',
      'content content',
    ],
  )
  expect(byEye.map(({ what }) => what).join('\n')).toMatch(
    /\/lawsuit.*Socket Mode is on.*app_home_opened, app_mention.*Home Tab on/s,
  )
  expect(folder()).toEqual(before)
  expect(setup.slack.messages).toEqual([])
  expect(setup.discord.calls.filter(({ route }) => !route.startsWith('GET'))).toEqual([])
})

test.each([...SLACK_MISTAKES, ...DISCORD_MISTAKES, ...OTHER_MISTAKES])(
  '$title: $id',
  async ({ make, doctorOptions = {}, after = [], ...mistake }) => {
    make?.(breaker)
    const options = typeof doctorOptions === 'function' ? doctorOptions(breaker) : doctorOptions
    const { findings } = await setup.runDoctor(options)
    const { id, says, cure, severity = 'error' } = mistake
    const problems = problemsIn(findings)
    expect(problems.map(finding => finding.id).sort()).toEqual([id, ...after].sort())
    const main = problems.find(finding => finding.id === id)
    expect(main).toMatchObject({
      severity,
      says: expect.stringMatching(says),
      cure: expect.stringMatching(cure),
    })
    for (const value of [...Object.values(options.env ?? {}), setup.slack.botToken, setup.discord.token])
      if (/secret|loopb|^Bot /.test(value ?? '')) expect(JSON.stringify(findings)).not.toContain(value)
  },
)

test('the process prints it for people and for programs, with its exit code and no secret', {
  timeout: 60_000,
}, async () => {
  breaker.removeScope('users:read')
  const env = setup.env as Record<string, string>
  const readable = startProcess(['node', 'src/doctor.js'], env)
  const json = startProcess(['node', 'src/cli.ts', 'doctor', '--json'], {
    ...env,
    SLACK_SIGNING_SECRET: 'such-a-secret',
  })
  expect(await readable.ended).toBe(2)
  expect(readable.out()).toMatch(/error {4}The Slack app lacks the scope users:read\.\n {9}→ Add users:read/)
  expect(readable.out()).toMatch(/\n1 error, 0 warnings\n$/)
  expect(await json.ended).toBe(2)
  const report = JSON.parse(json.out())
  expect(Object.keys(report)).toEqual(['exitCode', 'counts', 'findings', 'byEye'])
  expect(report.findings).toContainEqual(
    expect.objectContaining({ area: 'slack', id: 'scope-missing', severity: 'error' }),
  )
  for (const secret of [env.SLACK_BOT_TOKEN!, env.SLACK_APP_TOKEN!, env.DISCORD_TOKEN!, 'such-a-secret'])
    expect(readable.out() + json.out() + readable.err() + json.err()).not.toContain(secret)
})

test('a platform that never answers costs seconds, not minutes', async () => {
  setup.slack.failNext('auth.test', { hang: true })
  setup.discord.failNext('GET /users/@me', { hang: true })
  const { findings } = await setup.runDoctor({ timeoutMs: 200 })
  expect(
    problemsIn(findings)
      .filter(({ id }) => id === 'unreachable')
      .map(({ says }) => says),
  ).toEqual([
    'Slack cannot be reached (no answer in time).',
    'Discord cannot be reached (no answer in time).',
  ])
})

test('without any token all is well, and it says what is on', async () => {
  const DATA_DIR = temporaryFolder()
  copyFileSync(join(dataDir, 'content.sqlite'), join(DATA_DIR, 'content.sqlite'))
  const { findings, byEye } = await setup.runDoctor({
    env: { ...Object.fromEntries(Object.keys(setup.env).map(name => [name, ''])), DATA_DIR },
    probeDisk: () => ({ type: 0x01021994, free: 1e12 }),
  })
  expect(problemsIn(findings)).toEqual([])
  expect(findings.map(({ says }) => says).join('\n')).toMatch(/without a token the preview is on/)
  expect(byEye).toEqual([])
})

test('what only a person can see on Slack is listed: names that another app has, and the address of events', async () => {
  const listed = async (env: NodeJS.ProcessEnv) =>
    (await setup.runDoctor({ env })).byEye.map(({ what, where }) => `${what} (${where})`).join('\n')
  const socket = await listed({ SLACK_COMMAND_PREFIX: 'ng-' })
  expect(socket).toMatch(/the app that was installed last gets it.*invalid_service.*--prefix=ng-/)
  expect(socket).toMatch(/Slack: type \/ng-nutgraf, then \/ng-quote/)
  expect(socket).not.toMatch(/verified/)
  const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef' }
  expect(await listed(http)).toMatch(/verified the Request URL of events.*must be running.*App Manifest/)
})

test('a story with the command of something else is told where that is on', () => {
  const commands = [
    { name: 'poll', about: 'x', reach: 'always', run: () => refusal(['x']) },
  ] satisfies Command[]
  const [finding, ...others] = takenNameFindings(commands, { slack: true, discord: true })
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    id: 'name-taken',
    severity: 'warning',
    cure: expect.stringMatching(/“command:”/),
  })
  expect(finding!.says).toMatch(/\/poll is often taken on Slack, where the app .* last wins/)
  expect(takenNameFindings(commands, { slack: false, discord: true })).toEqual([])
})

const folder = () =>
  readdirSync(dataDir)
    .sort()
    .map(name => `${name} ${statSync(join(dataDir, name)).mtimeMs}`)
