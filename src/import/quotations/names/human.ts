import { isGivenName } from '../words/given-names.ts'
import type { Person } from './people.ts'

/** What a company can be as well. */
const ALSO_A_FIRM =
  /^(?:owner|promoter|operator|publisher|developer|builder|producer|trader|investor|partner|host|organi[sz]er|landlord|winner|distributor|insurer|retailer)$/

/** Whether anything tells that a name is somebody’s: a known given name, an office, “Mr.”, or the surname alone elsewhere. */
export const isHuman = ({ gender, roles, words, isShortened }: Person): boolean =>
  gender !== undefined ||
  isShortened === true ||
  isGivenName(words[0] ?? '') ||
  [...roles].some(role => !ALSO_A_FIRM.test(role))

const FIRM =
  /\bthe (?:company|firm|charity|airline|bank|retailer|chain|maker|group|brand|start-?up|developer|operator|publisher|agency|union|band|party|club|network|manufacturer|supplier|contractor|builder|carrier|insurer|lender|drugmaker|organi[sz]ation)\b/i

/** How far into a text a firm is looked for. */
const MAX_TEXT = 20_000

/** Whether a name that nothing tells to be somebody’s may be the firm of which a text speaks. */
export const mayBeFirm = (text: string): boolean => FIRM.test(text.slice(0, MAX_TEXT))
