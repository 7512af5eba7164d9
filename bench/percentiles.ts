/** The middle of some figures. */
export const median = (figures: number[]): number => percentile(figures, 50)

/** The figure below which so many per cent of them lie. */
export function percentile(figures: number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const at = (share / 100) * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? Number.NaN
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at % 1)
}

/** Milliseconds as people read them: `212 µs`, `3.4 ms`, `880 ms`. */
export function formatDuration(ms: number): string {
  if (ms < 0.9995) return `${(ms * 1000).toFixed(ms < 0.01 ? 1 : 0)} µs`
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`
}

/** How many times one figure the other is. */
export const formatRatio = (ratio: number) => `${ratio.toFixed(2)} ×`
