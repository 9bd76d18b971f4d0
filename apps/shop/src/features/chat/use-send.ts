import { ApiError } from '@kaibo/client/client'
import type { Comment } from '@kaibo/contract/show/chat'
import { newId } from '@kaibo/kernel/ids'
import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence } from '@kaibo/ui/data/hooks.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useState } from 'react'
import { calledIn, type Draft, isMaskedCopy, lineOf } from './model.ts'
import { type Chat, exileIn } from './use-chat.ts'

type Place = { liveId: string; chat: Chat; nowMs: () => number }

/**
 * Says something in the room. My words stand there at once; what did not arrive stays with a way to
 * send it again, and what is refused leaves the chat (`send` answers with false).
 */
export function useSend({ liveId, chat, nowMs }: Place) {
  const { user } = useMe()
  const sentence = useErrorSentence()
  const [slowUntilMs, setSlowUntilMs] = useState(0)
  const { feed, board, role } = chat
  const slowMs = (board?.settings.slowModeSec ?? 0) * 1_000

  const refused = (error: ApiError) => {
    const { until, waitSec } = error.data
    const exile = exileIn(error)
    if (exile) chat.setExile(exile)
    else if (error.code === 'chat.muted')
      chat.setMute({ until: typeof until === 'string' ? until : null })
    else if (error.code === 'chat.slow_mode' && typeof waitSec === 'number')
      setSlowUntilMs(nowMs() + waitSec * 1_000)
    else toast.error(sentence(error))
  }
  const post = async (comment: Comment): Promise<boolean> => {
    const { id: commentId, text, kind, replyTo, mentions } = comment
    feed.change(commentId, line => ({ ...line, sending: 'sending' }))
    try {
      const told = await api.chat.send({
        ...{ id: liveId, commentId, text, kind, mentionIds: mentions.map(({ id }) => id) },
        ...(replyTo ? { replyToId: replyTo.id } : {}),
      })
      const isMasked = isMaskedCopy(text, told.text)
      feed.change(commentId, () => lineOf(told, user?.id, { isMasked }))
      if (role === 'none') setSlowUntilMs(Date.parse(told.at) + slowMs)
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 0 || error.status >= 500) {
        feed.change(commentId, line => ({
          ...line,
          sending: 'failed',
          retry: () => void post(comment),
        }))
        return true
      }
      feed.remove(({ id }) => id === commentId)
      refused(error)
      return false
    }
  }
  return {
    slowUntilMs,
    async send(draft: Draft): Promise<boolean> {
      if (!user) return false
      const comment: Comment = {
        id: newId(),
        author: { id: user.id, nickname: user.nickname, avatarUrl: user.avatarUrl },
        ...{ role, kind: draft.kind, text: draft.text.trim(), replyTo: draft.replyTo },
        mentions: calledIn(draft),
        ...{ isAnswered: false, state: 'shown', at: new Date(nowMs()).toISOString() },
      }
      feed.pushNow(lineOf(comment, user.id, { sending: 'sending' }))
      return post(comment)
    },
  }
}
