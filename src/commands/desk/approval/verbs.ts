import type { Reply } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Argument, Subcommand } from '../../command.ts'
import type { DeskRequest } from '../../context.ts'
import { deskApprove } from './approve.ts'
import { deskHold } from './hold.ts'
import { deskPreview } from './preview.ts'

const { about } = phrases.approval
const code = (required: boolean): Argument => ({ name: 'code', about: about.code, required })

/** The verbs by which the desk approves editions before they are posted. */
export const APPROVAL_VERBS: (Subcommand & { run(request: DeskRequest): Reply | Promise<Reply> })[] = [
  { name: 'approve', about: about.approve, argument: code(false), flags: ['page'], run: deskApprove },
  { name: 'hold', about: about.hold, argument: code(true), flags: ['why'], run: deskHold },
  { name: 'preview', about: about.preview, argument: code(true), flags: ['page'], run: deskPreview },
]
