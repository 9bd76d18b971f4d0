import type { Person } from '@kaibo/contract/people/account'
import type { ChatSettings, Comment, RoomRole } from '@kaibo/contract/show/chat'
import type { ChatRow } from '@kaibo/ui/live/chat-feed.ts'

/** As in the contract, whose schemas are too heavy for a page. */
export const textMax = 120

/** sending = on its way · failed = it did not get there, and can be sent again. */
export type Sending = 'sent' | 'sending' | 'failed'

/** A comment as a row of the room's chat. */
export type ChatLine = ChatRow & {
  comment: Comment
  sending: Sending
  /** What I wrote is shown to others with stars in it. */
  isMasked: boolean
  /** Sends what did not arrive again. */
  retry?: () => void
}

/** A comment as its reader sees it; `own` tells what became of my own words on the way. */
export function lineOf(
  comment: Comment,
  myId: string | undefined,
  own: Partial<Pick<ChatLine, 'sending' | 'isMasked' | 'retry'>> = {},
): ChatLine {
  const isMine = comment.author.id === myId
  return {
    id: comment.id,
    author: comment.author.nickname,
    text: comment.text,
    tone: comment.role === 'host' ? 'host' : isMine ? 'own' : 'viewer',
    comment,
    sending: 'sent',
    isMasked: false,
    ...own,
  }
}

/** Whether a comment answers or names me. */
export const isToMe = ({ replyTo, mentions, author }: Comment, myId: string | undefined): boolean =>
  myId !== undefined &&
  author.id !== myId &&
  (replyTo?.author.id === myId || mentions.some(({ id }) => id === myId))

/** What the word lists starred out: anything but spaces and invisible signs is different. */
export const isMaskedCopy = (written: string, shown: string): boolean =>
  visible(written) !== visible(shown)
const visible = (text: string) => text.normalize('NFC').replaceAll(/[\s\p{C}\p{M}]+/gu, '')

/** The rows after a reconnect: what the server knows, by time, and what it has not got yet. */
export function restored(
  rows: readonly ChatLine[],
  told: { history: readonly Comment[]; mine: readonly Comment[]; myId: string | undefined },
): ChatLine[] {
  const known = new Map([...told.history, ...told.mine].map(comment => [comment.id, comment]))
  const before = new Map(rows.map(row => [row.id, row]))
  const lines = [...known.values()]
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map(each => lineOf(each, told.myId, { isMasked: before.get(each.id)?.isMasked ?? false }))
  return [...lines, ...rows.filter(row => row.sending !== 'sent' && !known.has(row.id))]
}

/** Why I may not write now; `untilMs` by the server's clock, null = for good. */
export type Hold =
  | { why: 'muted'; untilMs: number | null }
  | { why: 'slow'; untilMs: number }
  | { why: 'followers' }
  | null

export type HoldFacts = {
  settings: ChatSettings | null
  role: RoomRole
  mute: { until: string | null } | null
  isFollowing: boolean
  /** When I may write again after my last words. */
  slowUntilMs: number
  nowMs: number
}

/** The strongest reason that stands; those who keep order know none. */
export function holdOf({ settings, role, mute, isFollowing, slowUntilMs, nowMs }: HoldFacts): Hold {
  const untilMs = mute?.until ? Date.parse(mute.until) : null
  if (mute && (untilMs === null || untilMs > nowMs)) return { why: 'muted', untilMs }
  if (!settings || role !== 'none') return null
  if (settings.isFollowersOnly && !isFollowing) return { why: 'followers' }
  return slowUntilMs > nowMs ? { why: 'slow', untilMs: slowUntilMs } : null
}

/** What is being written: in answer to whom, to whose attention, as a question. */
export type Draft = {
  text: string
  kind: Comment['kind']
  replyTo: Comment['replyTo']
  mentions: readonly Person[]
}
export const emptyDraft: Draft = { text: '', kind: 'comment', replyTo: null, mentions: [] }

/** Calls somebody by name at the end of the text. */
export const mentioned = (draft: Draft, person: Person): Draft => ({
  ...draft,
  text: `${draft.text && `${draft.text.trimEnd()} `}@${person.nickname} `,
  mentions: [...draft.mentions.filter(({ id }) => id !== person.id), person],
})

/** Those whose names are still in the text. */
export const calledIn = ({ text, mentions }: Pick<Draft, 'text' | 'mentions'>): Person[] =>
  mentions.filter(({ nickname }) => text.includes(`@${nickname}`))

/** `at` = where it begins. */
type Piece = { at: number; text: string; isName: boolean }

/** A text in pieces, the names that it calls apart from the rest. */
export const piecesOf = (text: string, people: readonly Person[]): Piece[] =>
  people.reduce<Piece[]>(
    (pieces, { nickname }) =>
      pieces.flatMap(piece => (piece.isName ? piece : cut(piece, nickname))),
    [{ at: 0, text, isName: false }],
  )

function cut({ at, text }: Piece, nickname: string): Piece[] {
  const name = `@${nickname}`
  const start = text.indexOf(name)
  if (start === -1) return text === '' ? [] : [{ at, text, isName: false }]
  const end = start + name.length
  return [
    ...(start > 0 ? [{ at, text: text.slice(0, start), isName: false }] : []),
    { at: at + start, text: name, isName: true },
    ...cut({ at: at + end, text: text.slice(end), isName: false }, nickname),
  ]
}
