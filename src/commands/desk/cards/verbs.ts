import type { Reply } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Argument, Subcommand } from '../../command.ts'
import type { DeskRequest } from '../../context.ts'
import { deskAdd } from './add.ts'
import { deskIgnore } from './ignore.ts'
import { deskCard, deskCards } from './list-cards.ts'
import { deskUndo } from './undo.ts'

const { aboutVerb, aboutItem, aboutRevision } = phrases.cards
const item: Argument = { name: 'item', about: aboutItem, required: true }

/** The verbs by which the desk decides about reports. */
export const CARD_VERBS: (Subcommand & { run(request: DeskRequest): Reply | Promise<Reply> })[] = [
  { name: 'cards', about: aboutVerb.cards, flags: ['page'], run: deskCards },
  { name: 'card', about: aboutVerb.card, argument: item, flags: [], run: deskCard },
  {
    name: 'add',
    about: aboutVerb.add,
    argument: item,
    flags: ['into', 'date', 'text', 'confidence', 'as', 'confirm'],
    run: deskAdd,
  },
  { name: 'ignore', about: aboutVerb.ignore, argument: item, flags: [], run: deskIgnore },
  {
    name: 'undo',
    about: aboutVerb.undo,
    argument: item,
    moreArguments: [{ name: 'decision', about: aboutRevision }],
    flags: [],
    run: deskUndo,
  },
]
