import type { Json } from './loopback-workspace.ts'

/** How many posts a channel takes in a time, as Slack limits them: one a second, more of them now and then. */
export type PostLimit = { posts: number; inMs: number }

/** Creates a check whether a post is within the limit, if there is one. Only then it is counted. */
export function createPostLimit(limit: () => PostLimit | undefined): (method: string, args: Json) => boolean {
  const counted = new Map<string, number[]>()
  return (method, { channel }) => {
    const { posts, inMs } = limit() ?? { posts: Number.POSITIVE_INFINITY, inMs: 0 }
    if (method !== 'chat.postMessage') return true
    const now = performance.now()
    const times = (counted.get(channel) ?? []).filter(at => at > now - inMs)
    counted.set(channel, times)
    if (times.length >= posts) return false
    times.push(now)
    return true
  }
}
