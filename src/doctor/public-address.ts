import type { Config } from '../config.ts'
import { type Finding, findingsFor } from './finding.ts'
import { type HttpClient, NoAnswer } from './http-client.ts'

const { warning, ok } = findingsFor('slack')

/**
 * Checks whether this server can be reached at PUBLIC_URL, where Slack calls it over HTTP. Socket Mode needs no check.
 */
export async function diagnosePublicAddress(
  { slack, publicUrl }: Config,
  { request }: HttpClient,
): Promise<Finding[]> {
  if (!slack || slack.appToken !== undefined) return []
  if (publicUrl === undefined)
    return [
      warning(
        'public-url-none',
        'Slack is set up over HTTP, but PUBLIC_URL does not say where it finds this server.',
        'Set PUBLIC_URL to the address that the manifest was made with, such as https://bot.example.org',
      ),
    ]
  const address = `${publicUrl.replace(/\/+$/, '')}/health`
  const answer = await request(address).catch((cause: unknown) => cause as NoAnswer)
  if (!(answer instanceof Error) && answer.json.platforms !== undefined)
    return [ok('public-url', `${address} answers.`)]
  const why =
    answer instanceof NoAnswer
      ? answer.code
      : answer instanceof Error
        ? answer.message
        : `HTTP ${answer.status}, not from nutgraf`
  return [
    warning(
      'public-url-silent',
      `${address} does not answer (${why}): Slack cannot reach nutgraf.`,
      'Start nutgraf. If it runs, let the proxy in front of it forward everything to its PORT, or correct PUBLIC_URL.',
    ),
  ]
}
