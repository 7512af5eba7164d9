import type { ContentFile } from '../content/read/story-folder.ts'
import { formatProblem, type Problem } from '../content/story.ts'

/** The folder of a story in a path, or what lies where a folder should be. */
const STORY_FOLDER = /^(?:.*[\\/])?stories[\\/]([^\\/]+)/
/** What in a file says that something in it is not for everybody yet, also where the word is misspelt. */
const EMBARGO = /embargo|^[\s{,"'-]*em\w{2,}["']?\s*:/im
const COMMAND = /^[\s{,"']*command["']?\s*:\s*["']?([a-z0-9-]+)/m

/**
 * Problems as a log and `/health` may tell them: what belongs to a story that nobody may see yet is only counted. Of a
 * broken file nobody can tell what in it is secret, so a story counts as such as soon as one of its files has an embargo;
 * with `seen`, the stories that are answered from, every other one does too.
 */
export function redactProblems(
  problems: Problem[],
  files: ContentFile[],
  seen?: ReadonlySet<string>,
): string[] {
  const secret = secretStories(files, seen)
  const names = [...secret.values()].flat()
  const isSecret = ({ file, message }: Problem): boolean => {
    const slug = STORY_FOLDER.exec(file)?.[1]
    // What stands outside of the stories, such as the digests, may name any of them.
    if (slug === undefined ? secret.size > 0 : secret.has(slug) || seen?.has(slug) === false) return true
    return names.some(name => message.includes(name))
  }
  const shown = problems.filter(problem => !isSecret(problem)).map(formatProblem)
  const left = problems.length - shown.length
  if (left === 0) return shown
  const counted = left === 1 ? '1 problem' : `${left} problems`
  const them = left === 1 ? 'it' : 'them'
  return [...shown, `${counted} in a story that is not published yet; npm run check shows ${them}`]
}

/** Stories that may hold something secret, each with the names by which people would ask for it. */
function secretStories(files: ContentFile[], seen: ReadonlySet<string> | undefined): Map<string, string[]> {
  const folders = Map.groupBy(files, file => STORY_FOLDER.exec(file.path)?.[1])
  const secret = new Map<string, string[]>()
  for (const [slug, own] of folders) {
    if (slug === undefined) continue
    const written = own.filter(({ path }) => !path.endsWith('.txt'))
    if (seen?.has(slug) !== false && !written.some(({ text }) => EMBARGO.test(text))) continue
    // A name that is known already says nothing.
    const commands = written.flatMap(({ text }) => COMMAND.exec(text)?.[1] ?? [])
    secret.set(slug, seen?.has(slug) ? [] : [slug, ...commands])
  }
  return secret
}
