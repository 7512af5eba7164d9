import { ZONES_OF_LARGE_COUNTRIES } from './places.ts'
import { todaysName } from './short-names.ts'
import { zoneKey } from './zone-key.ts'

/** The zones of a country by its English name, the likeliest first; none if there is no such country. */
export function zonesOfCountry(key: string): string[] {
  const code = countryCodes().get(key)
  if (code === undefined) return []
  const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & { getTimeZones?(): string[] | undefined }
  return ZONES_OF_LARGE_COUNTRIES[code]?.split(' ') ?? locale.getTimeZones?.()?.map(todaysName) ?? []
}

/** The countries whose English names begin with some letters. */
export const countriesFrom = (start: string): string[] =>
  [...countryCodes().keys()].filter(name => name.startsWith(start))

/** What people say where Node has a longer or a newer name. */
const OTHER_NAMES = {
  usa: 'US',
  us: 'US',
  'united states of america': 'US',
  congo: 'CD',
  'dr congo': 'CD',
  'republic of the congo': 'CG',
  'ivory coast': 'CI',
  bosnia: 'BA',
  macedonia: 'MK',
  swaziland: 'SZ',
  trinidad: 'TT',
  'east timor': 'TL',
  macau: 'MO',
}

let cachedCodes: Map<string, string> | undefined

// Built when a country is first looked for. The zones of a country are not: that would take five times as long.
function countryCodes(): Map<string, string> {
  if (cachedCodes) return cachedCodes
  const codes = new Map<string, string>(Object.entries(OTHER_NAMES))
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const code of letters.flatMap(first => letters.map(second => first + second))) {
    const name = english.of(code)
    // Codes of former countries, such as DD, stand for one of today.
    if (name === undefined || new Intl.Locale(`und-${code}`).region !== code) continue
    // `Myanmar (Burma)`, `Hong Kong SAR China`.
    for (const said of [name, name.replace(/ \(.*\)| SAR China$/g, '')]) codes.set(zoneKey(said), code)
  }
  cachedCodes = codes
  return codes
}
