import { requireUser } from '@kaibo/contract/access'
import { type Comment, historyMax } from '@kaibo/contract/chat'
import { fail } from '@kaibo/contract/fail'
import { type Actor, permissions, type UserActor } from '@kaibo/contract/permissions'
import type { Id } from '@kaibo/kernel/ids'
import { shopsFor } from '@kaibo/kernel/policy'
import type { ChatNeeds } from './index.ts'
import * as store from './store.ts'

export function createChatUseCases({ database, live, account, say, mayWrite }: ChatNeeds) {
  const { db } = database

  async function commentsOf(rows: readonly store.CommentRow[]): Promise<Comment[]> {
    const people = await account.peopleByIds(db, [...new Set(rows.map(row => row.author_id))])
    return rows.map(row => ({
      id: row.id,
      author: people.get(row.author_id) ?? { id: row.author_id, nickname: '', avatarUrl: null },
      isHost: row.is_host,
      text: row.text,
      at: row.created_at.toISOString(),
    }))
  }

  async function viewOf(row: store.CommentRow): Promise<Comment> {
    const [comment] = await commentsOf([row])
    if (!comment) throw fail('live.not_found')
    return comment
  }

  return {
    async history(liveId: Id): Promise<{ items: Comment[] }> {
      if (!(await live.facts(db, liveId))) throw fail('live.not_found')
      return { items: await commentsOf(await store.newest(db, liveId, historyMax)) }
    },

    /** Stores the comment, then tells the room: what the room saw is always in the history. */
    async send(actor: Actor, input: { liveId: Id; commentId: Id; text: string }): Promise<Comment> {
      const author = requireUser(actor)
      if (input.text.trim() === '') throw fail('chat.blank')
      const room = await live.facts(db, input.liveId)
      if (!room) throw fail('live.not_found')
      if (room.state === 'ended') throw fail('live.ended')
      if (!mayWrite(author.userId)) throw fail('chat.too_fast')

      const isHost = worksFor(author, room.shopId)
      const row = await database.tx(tx =>
        store.insert(tx, { ...input, id: input.commentId, authorId: author.userId, isHost }),
      )
      if (row) {
        const comment = await viewOf(row)
        say({ liveId: input.liveId, authorId: author.userId, comment })
        return comment
      }
      const known = await store.byId(db, input.commentId)
      // An id of somebody else's comment answers like a room that is not there: nothing leaks.
      if (known?.author_id !== author.userId || known.live_id !== input.liveId)
        throw fail('live.not_found')
      return viewOf(known)
    },

    countOf: store.countOf,
  }
}

const worksFor = (author: UserActor, shopId: Id): boolean =>
  shopsFor(permissions, author, 'live.host').includes(shopId)
