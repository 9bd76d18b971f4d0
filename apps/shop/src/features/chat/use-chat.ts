import { ApiError } from '@kaibo/client/client'
import type { ChatBoard, Comment, RoomRole } from '@kaibo/contract/show/chat'
import type { OrderedMessage, SocialMessage } from '@kaibo/contract/show/realtime'
import { topics } from '@kaibo/contract/show/topics'
import { api } from '@kaibo/ui/data/api.tsx'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { type ChatFeed, createChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect, useEffectEvent, useState } from 'react'
import { type ChatLine, lineOf, restored } from './model.ts'

export type Notice = Omit<Extract<SocialMessage, { t: 'room.notice' }>, 't'>
export type Mute = { until: string | null } | null
/** Out of the room: for a minute, or for as long as the shop says. */
export type Exile = { kind: 'kick' | 'ban'; until: string | null } | null

export type Chat = {
  feed: ChatFeed<ChatLine>
  board: ChatBoard | null
  notice: Notice | null
  /** My badge here. */
  role: RoomRole
  mute: Mute
  exile: Exile
  reload: () => Promise<void>
  hearOrdered: (message: OrderedMessage) => void
  hearSocial: (message: SocialMessage) => void
  /** Somebody else's words that I take off everybody's screen go from mine at once. */
  setMute: (mute: Mute) => void
  setExile: (exile: Exile) => void
  /** The room did not let me in: why, and for how long. */
  askDoor: () => Promise<void>
}

/** The talk of a room: its rows, what stands above them, and how I stand here myself. */
export function useChat(liveId: string): Chat {
  const { user } = useMe()
  const myId = user?.id
  const [feed] = useState(() => createChatFeed<ChatLine>())
  const [board, setBoard] = useState<ChatBoard | null>(null)
  const [notice, setNotice] = useState<Notice | null>(null)
  const standing = useStanding({ liveId, feed })

  const reload = async () => {
    const [told, mine] = await Promise.all([
      api.chat.history({ id: liveId }),
      myId ? api.chat.mine({ liveId }) : null,
    ])
    setBoard(told.board)
    standing.take(mine)
    feed.reset(restored(feed.rows(), { history: told.items, mine: mine?.items ?? [], myId }))
  }
  // Who signs in sees their own held words, and whether they may write.
  const lookAgain = useEffectEvent(() => void reload().catch(() => {}))
  useEffect(() => {
    if (myId) lookAgain()
  }, [myId])
  return {
    ...{ feed, board, notice, reload },
    ...{ role: standing.role, mute: standing.mute, exile: standing.exile },
    ...{ setMute: standing.setMute, setExile: standing.setExile },
    askDoor: () =>
      api.live.token({ liveId }).then(
        () => {},
        (error: unknown) => standing.setExile(exileIn(error)),
      ),
    hearOrdered(message) {
      if (message.t === 'chat.board') setBoard(message.board)
      if (message.t === 'chat.removed') {
        const isGone = ({ id }: { id: string }) => message.commentIds.includes(id)
        feed.remove(row => isGone(row) && row.comment.author.id !== myId)
        for (const row of feed.rows().filter(isGone)) feed.change(row.id, withState('removed'))
      }
    },
    hearSocial(message) {
      if (message.t === 'room.notice') setNotice(message)
      if (message.t === 'chat.answered')
        feed.change(message.commentId, withAnswer(message.isAnswered))
      if (message.t === 'chat.comment') feed.push(lineOf(message.comment, myId))
    },
  }
}

/** What a refusal says about being out of the room; null when it is about something else. */
export function exileIn(error: unknown): Exile {
  if (!(error instanceof ApiError)) return null
  const { code, data } = error
  if (code !== 'room.kicked' && code !== 'room.banned') return null
  return {
    kind: code === 'room.kicked' ? 'kick' : 'ban',
    until: typeof data.until === 'string' ? data.until : null,
  }
}

const withState = (state: Comment['state']) => (line: ChatLine) => ({
  ...line,
  comment: { ...line.comment, state },
})
const withAnswer = (isAnswered: boolean) => (line: ChatLine) => ({
  ...line,
  comment: { ...line.comment, isAnswered },
})

/** What this room makes of me: told on entry, and at once when it changes. */
function useStanding({ liveId, feed }: Pick<Chat, 'feed'> & { liveId: string }) {
  const t = useT()
  const { user } = useMe()
  const [role, setRole] = useState<RoomRole>('none')
  const [mute, setMute] = useState<Mute>(null)
  const [exile, setExile] = useState<Exile>(null)
  useTopic(user ? topics.user(user.id) : null, {
    onOrdered(message) {
      if (message.t === 'chat.mine' && message.liveId === liveId) {
        feed.change(message.commentId, withState(message.state))
        feed.change(message.commentId, withAnswer(message.isAnswered))
        if (message.isAnswered) toast.success(t('chat.yourAnswer'))
      }
      if (message.t !== 'room.standing') return
      const { kind, isActive, until } = message
      if (kind === 'mute') setMute(isActive ? { until } : null)
      else if (message.liveId === liveId || kind === 'ban')
        setExile(isActive ? { kind, until } : null)
    },
  })
  return {
    ...{ role, mute, setMute, exile, setExile },
    take(told: { role: RoomRole; mute: Mute } | null) {
      setRole(told?.role ?? 'none')
      setMute(told?.mute ?? null)
    },
  }
}
