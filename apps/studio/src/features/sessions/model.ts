import type { LiveSession } from '@kaibo/contract/show/live'
import { liveLife } from '@kaibo/contract/show/live-life'

/** A session as the desk needs it; moderators know it as viewers do, without the encoder's address. */
export type Show = Pick<
  LiveSession,
  | 'id'
  | 'title'
  | 'coverUrl'
  | 'category'
  | 'state'
  | 'startedAt'
  | 'endedAt'
  | 'stopReason'
  | 'reopenUntil'
> & { rtmpUrl: string | null }

type Facts = Pick<LiveSession, 'state'>

/** What the host may do with a session, by its life. */
export const sessionActions = ({ state }: Facts) => ({
  /** Only one session of a shop is open at a time: it leads to the control desk. */
  isOpen: liveLife.can(state, 'end'),
  canEnd: liveLife.can(state, 'end'),
  canRenewKey: liveLife.can(state, 'end'),
  canEditBag: liveLife.can(state, 'end'),
  hasRecap: state === 'ended',
})

/** How long a session was, or has been, on air; null when it never was. */
export function airedMs(
  session: Pick<LiveSession, 'startedAt' | 'endedAt'>,
  nowMs: number,
): number | null {
  if (session.startedAt === null) return null
  const endMs = session.endedAt === null ? nowMs : Date.parse(session.endedAt)
  return Math.max(0, endMs - Date.parse(session.startedAt))
}

/** The open session and the ended ones, newest first as they came. */
export function splitSessions<S extends Facts>(
  sessions: readonly S[],
): { open: S | undefined; ended: S[] } {
  return {
    open: sessions.find(session => sessionActions(session).isOpen),
    ended: sessions.filter(session => !sessionActions(session).isOpen),
  }
}
