import { editedMessageId, type ProxiedRequest } from './failing-proxy.ts'

/** Whether a request fits into the limits of its platform, as sliding windows: only then it counts. */
export function createRateLimitWindows(platform: 'slack' | 'discord'): (knock: ProxiedRequest) => boolean {
  const taken = new Map<string, number[]>()
  const free = (name: string, most: number, inMs: number, now: number) => {
    const times = (taken.get(name) ?? []).filter(at => at > now - inMs)
    taken.set(name, times)
    return times.length < most
  }
  return knock => {
    const now = Date.now()
    const channel = /\/channels\/(\d+)\/messages/.exec(knock.path)?.[1] ?? 'other'
    const limits: [name: string, most: number, inMs: number][] =
      platform === 'discord'
        ? [
            ['bot', 50, 1_000],
            [`${knock.method} ${channel}`, 5, 5_000],
          ]
        : editedMessageId(knock) === undefined
          ? []
          : [['edits', 50, 60_000]]
    if (!limits.every(one => free(...one, now))) return false
    for (const [name] of limits) taken.get(name)!.push(now)
    return true
  }
}
