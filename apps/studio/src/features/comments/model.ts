import type { Role } from '@kaibo/contract/core/permissions'
import type { Comment, RoomRole } from '@kaibo/contract/show/chat'

/** The desk keeps so many of the newest comments at hand. */
export const keptMax = 300

/** Comments in the order they came, each once and as it was told last; the newest stay. */
export function withComments(
  known: readonly Comment[],
  arrived: readonly Comment[],
): readonly Comment[] {
  const byId = new Map(known.map(comment => [comment.id, comment]))
  for (const comment of arrived) byId.set(comment.id, comment)
  return [...byId.values()].slice(-keptMax)
}

/** What the server remembers joined with what was seen here, oldest first. */
export const withHistory = (
  known: readonly Comment[],
  history: readonly Comment[],
): readonly Comment[] =>
  withComments(known, history).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))

/** Who sits at the desk, and what the table of permissions lets them do. */
export type Keeper = {
  userId: string
  /** The badge beside their own words. */
  role: RoomRole
  assists: boolean
  moderates: boolean
  hosts: boolean
}

/** The badge of a role in the shop. */
export const badgeOf = (role: Role): RoomRole => {
  if (role === 'owner' || role === 'host') return 'host'
  return role === 'assistant' || role === 'moderator' ? role : 'none'
}

/** What may be done with a comment by who sits at the desk. */
export function actionsOn(comment: Comment, keeper: Keeper) {
  const isOwn = comment.author.id === keeper.userId
  const isOfStaff = comment.role !== 'none'
  return {
    canPin: keeper.assists && comment.state === 'shown',
    canMark: keeper.assists && comment.kind === 'question',
    canRemove: keeper.moderates && comment.state !== 'removed',
    /** Hosts may keep their moderators in order, nobody sanctions a host. */
    canSanction:
      keeper.moderates && !isOwn && (!isOfStaff || (keeper.hosts && comment.role !== 'host')),
    canAppoint: keeper.hosts && !isOwn && !isOfStaff,
  }
}

/** The answers that a comment can be given in one line. */
export type Answering = Pick<Comment, 'id' | 'author' | 'text'>

/** Where the answers about the comments of a room are kept. */
export const questionsKey = (liveId: string) => ['questions', liveId] as const
export const heldKey = (liveId: string) => ['held', liveId] as const
export const boardKey = (liveId: string) => ['board', liveId] as const
