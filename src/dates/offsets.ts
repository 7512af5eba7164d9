/**
 * The zones whose clocks show an offset that is no whole hour, at some time of the year, the likeliest first. The
 * offsets are in minutes.
 */
export const ZONES_BY_ODD_OFFSET = new Map<number, string[]>([
  [-570, ['Pacific/Marquesas']],
  [-210, ['America/St_Johns']],
  [-150, ['America/St_Johns']],
  [210, ['Asia/Tehran']],
  [270, ['Asia/Kabul']],
  [330, ['Asia/Kolkata', 'Asia/Colombo']],
  [345, ['Asia/Kathmandu']],
  [390, ['Asia/Yangon', 'Indian/Cocos']],
  [525, ['Australia/Eucla']],
  [570, ['Australia/Adelaide', 'Australia/Darwin', 'Australia/Broken_Hill']],
  [630, ['Australia/Adelaide', 'Australia/Broken_Hill', 'Australia/Lord_Howe']],
  [765, ['Pacific/Chatham']],
  [825, ['Pacific/Chatham']],
])

/**
 * Reads an offset in minutes: `UTC+5:30`, `GMT+0530`, `utc-3.5`, `+05:45`. Without UTC or GMT before it, minutes are
 * needed, and two digits of hours after a minus: `-7:30` may be a time.
 */
export function readOffset(typed: string): number | undefined {
  const match =
    /^(?:utc|gmt) ?([+\-−–]) ?(\d{1,2})(?:[:.]?(\d\d)|(\.5|\.25|½))?$/i.exec(typed.trim()) ??
    /^(\+)(\d{1,2}):(\d\d)$/.exec(typed.trim()) ??
    /^([+\-−–])(\d\d):?(\d\d)$/.exec(typed.trim())
  if (!match) return undefined
  const [, sign, hours, digits, fraction] = match
  // `.75` is three quarters of an hour: no hour has 75 minutes.
  const minutes = fraction ? (fraction === '.25' ? 15 : 30) : digits === '75' ? 45 : Number(digits ?? 0)
  if (Number(hours) > 14 || minutes > 59) return undefined
  return (sign === '+' ? 1 : -1) * (60 * Number(hours) + minutes)
}
