/** The median of these figures. */
export const median = (figures: number[]): number => percentile(figures, 50)

/** The percentile of these figures, interpolated between neighbours: `percent` of them are below it. */
export function percentile(figures: number[], percent: number): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const at = (percent / 100) * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? Number.NaN
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at % 1)
}

/** Formats milliseconds for people: `212 µs`, `3.4 ms`, `880 ms`. */
export function formatDuration(ms: number): string {
  if (ms < 0.9995) return `${(ms * 1000).toFixed(ms < 0.01 ? 1 : 0)} µs`
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`
}

/** Formats a ratio: `1.25 ×`. */
export const formatRatio = (ratio: number) => `${ratio.toFixed(2)} ×`
