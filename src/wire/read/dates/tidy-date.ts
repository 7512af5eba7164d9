import { withoutAccents } from '../../../content/fold.ts'

/** Names of zones in full, and what stands for them. */
const ZONE = /\b(eastern|central|mountain|pacific) (?:(standard|daylight) )?time\b/g
const WORLD_ZONE = /\b(?:coordinated universal|universal|greenwich mean) time\b/g

/**
 * A date in one spelling: in lower case, without accents, with hyphens for all dashes and colons between the numbers of a
 * time. What it means is not looked at yet.
 */
export const tidyDate = (text: string): string =>
  withoutAccents(text.normalize('NFKC'))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    // What is in square brackets says the same in the notation of programs.
    .replace(/\[([^[\]]*)\]/g, ' ($1) ')
    .replace(/(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/g, '$1-$2-$3 ')
    .replace(/(?<!\d)(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.(?= |$)/g, '$1-$2-$3')
    .replace(/\b([ap])\.?\s?m\b\.?/g, '$1m')
    .replace(ZONE, (_, name: string, half = '') => `${name[0]}${half.charAt(0)}t`)
    .replace(WORLD_ZONE, 'utc')
    // A dash between day and time is none of an offset, which has four digits.
    .replace(/ - (?!\d{4}(?!\d))/g, ' ')
    .replace(/(\d) ?t ?(?=\d\d?:)/g, '$1 ')
    .replace(
      /(\d)t(\d\d)(\d\d)(\d\d)?(?![\d:])/g,
      (_, day: string, hour: string, minute: string, second = '00') => `${day} ${hour}:${minute}:${second}`,
    )
    .replace(/(?<![\d.])(\d{1,2})\.(\d{2})\.(\d{2})(?![\d.])/g, '$1:$2:$3')
    .replace(/:(\d)(?=:)/g, ':0$1')
    .trim()
