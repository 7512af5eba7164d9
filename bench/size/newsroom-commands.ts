import type { StoryCopy } from '../content-copies.ts'
import type { SavedWord } from './save-a-word.ts'
import type { LoadCommand } from './steady-load.ts'

/** How often the story is asked that was saved last. */
const ASK_SAVED_EVERY = 5

/**
 * Returns a function that gives one command after another, as a newsroom types them: about one story after the other, a
 * speaker, a search, and again and again the story that was saved last.
 */
export function newsroomCommands(copies: StoryCopy[], saved: () => SavedWord | undefined): () => LoadCommand {
  let count = 0
  const about = (line: string): LoadCommand => {
    const [name = '', ...verbs] = line
      .replace(/^\/nutgraf /, '/')
      .slice(1)
      .split(' ')
    return { line, path: '/nutgraf story', options: { name: [name, ...verbs].join(' ') } }
  }
  const speaker: LoadCommand = { line: '/quote sessions', path: '/quote', options: { of: 'sessions' } }
  const search = (words: string): LoadCommand => ({
    line: `/nutgraf find ${words}`,
    path: '/nutgraf find',
    options: { words },
  })
  return () => {
    const number = count++
    const { line } = copies[(number * 7) % copies.length]!
    const last = saved()
    if (last && number % ASK_SAVED_EVERY === 0) return about(last.line)
    switch (number % ASK_SAVED_EVERY) {
      case 1:
        return about(`${line} timeline`)
      case 2:
        return number % 2 ? speaker : search('jag')
      case 3:
        return about(`${line} status`)
      default:
        return about(`${line} summary`)
    }
  }
}
