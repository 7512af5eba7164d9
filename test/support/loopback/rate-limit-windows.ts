import { editedMessageId, type ProxiedRequest } from './failing-proxy.ts'

/** Creates a check whether a request is within its platform's limits, as sliding windows. Only then it is counted. */
export function createRateLimitWindows(platform: 'slack' | 'discord'): (request: ProxiedRequest) => boolean {
  const counted = new Map<string, number[]>()
  const hasRoom = (name: string, max: number, inMs: number, now: number) => {
    const times = (counted.get(name) ?? []).filter(at => at > now - inMs)
    counted.set(name, times)
    return times.length < max
  }
  return request => {
    const now = Date.now()
    const channel = /\/channels\/(\d+)\/messages/.exec(request.path)?.[1] ?? 'other'
    const limits: [name: string, max: number, inMs: number][] =
      platform === 'discord'
        ? [
            ['bot', 50, 1_000],
            [`${request.method} ${channel}`, 5, 5_000],
          ]
        : editedMessageId(request) === undefined
          ? []
          : [['edits', 50, 60_000]]
    if (!limits.every(limit => hasRoom(...limit, now))) return false
    for (const [name] of limits) counted.get(name)!.push(now)
    return true
  }
}
