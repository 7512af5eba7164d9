import type { ContentFile } from '../content/read/story-folder.ts'
import { formatProblem, type Problem } from '../content/story.ts'

/** Matches the story folder in a path, or a file in its place; before it may stand that the desk has it. */
const STORY_FOLDER = /^(?:.*[\\/]|desk: )?stories[\\/]([^\\/]+)/
/** Matches an embargo in a file, even if the word is misspelt. */
const EMBARGO = /embargo|^(?:[^\S\r\n\u2028\u2029]|[{,"'-])*em\w{2,}["']?\s*:/im
const COMMAND = /^(?:[^\S\r\n\u2028\u2029]|[{,"'])*command["']?\s*:\s*["']?([a-z0-9-]+)/m

/** What of a story may be secret, by its files: whether there is an embargo in them, and the commands it may have. */
export type Secrecy = { hasEmbargo: boolean; commands: string[] }

/** Looks for what may be secret in the files of a story. Nobody can tell which part of a broken file is. */
export function secrecyOf(files: Pick<ContentFile, 'path' | 'text'>[]): Secrecy {
  const written = files.filter(({ path }) => !path.endsWith('.txt'))
  return {
    hasEmbargo: written.some(({ text }) => EMBARGO.test(text)),
    commands: written.flatMap(({ text }) => COMMAND.exec(text)?.[1] ?? []),
  }
}

/**
 * Formats problems as a log and `/health` may show them: those of secret stories are only counted. A whole story is
 * secret as soon as one of its files has an embargo. With `seen`, the stories that are answered from, every other story
 * is secret too.
 */
export function redactProblems(
  problems: Problem[],
  secrecies: Map<string, Secrecy>,
  seen?: ReadonlySet<string>,
): string[] {
  if (problems.length === 0) return []
  const secret = secretStories(secrecies, seen)
  const names = [...secret.values()].flat()
  const isSecret = ({ file, message }: Problem): boolean => {
    const slug = STORY_FOLDER.exec(file)?.[1]
    // A file outside of the stories, such as digests.yml, may name any of them.
    // What the desk added to a story that everybody saw, and whose folder is gone, is no secret.
    if (slug !== undefined && file.startsWith('desk: ') && !secrecies.has(slug)) return false
    if (slug === undefined ? secret.size > 0 : secret.has(slug) || seen?.has(slug) === false) return true
    return names.some(name => message.includes(name))
  }
  const shown = problems.filter(problem => !isSecret(problem)).map(formatProblem)
  const hidden = problems.length - shown.length
  if (hidden === 0) return shown
  const counted = hidden === 1 ? '1 problem' : `${hidden} problems`
  const them = hidden === 1 ? 'it' : 'them'
  return [...shown, `${counted} in a story that is not published yet; npm run check shows ${them}`]
}

/** Finds stories that may hold something secret, each with the names by which people would ask for it. */
function secretStories(
  secrecies: Map<string, Secrecy>,
  seen: ReadonlySet<string> | undefined,
): Map<string, string[]> {
  const secret = new Map<string, string[]>()
  for (const [slug, { hasEmbargo, commands }] of secrecies) {
    if (seen?.has(slug) !== false && !hasEmbargo) continue
    // A name that everybody knows already gives nothing away.
    secret.set(slug, seen?.has(slug) ? [] : [slug, ...commands])
  }
  return secret
}
