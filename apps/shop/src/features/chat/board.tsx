import type { Comment } from '@kaibo/contract/show/chat'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useEffect, useState } from 'react'
import { type ChatLine, lineOf } from './model.ts'
import type { Chat, Notice } from './use-chat.ts'

const noticeMs = 6_000

/** What stands above the chat: the announcement, the pinned comment, and who just came or bought. */
export function Board({ chat, onOpen }: { chat: Chat; onOpen: (line: ChatLine) => void }) {
  const t = useT()
  const { board, notice } = chat
  return (
    <>
      {board?.announcement && (
        <p className="chat-board" role="note" aria-label={t('chat.announcement')}>
          <Icon name="sound" />
          <span className="k-clamp">{board.announcement}</span>
        </p>
      )}
      {board?.pinned && <Pinned comment={board.pinned} onOpen={onOpen} />}
      <NoticeLine notice={notice} />
    </>
  )
}

function Pinned({ comment, onOpen }: { comment: Comment; onOpen: (line: ChatLine) => void }) {
  const t = useT()
  return (
    <button
      type="button"
      className="chat-board"
      aria-label={t('chat.pinned', { name: comment.author.nickname, text: comment.text })}
      onClick={() => onOpen(lineOf(comment, undefined))}
    >
      <Icon name="pin" />
      <span className="k-clamp">
        <b>{comment.author.nickname}</b> {comment.text}
      </span>
    </button>
  )
}

/** One line for all who came and bought meanwhile; it goes by itself. */
function NoticeLine({ notice }: { notice: Notice | null }) {
  const t = useT()
  const [over, setOver] = useState<Notice | null>(null)
  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => setOver(notice), noticeMs)
    return () => clearTimeout(timer)
  }, [notice])
  if (!notice || notice === over) return null
  const parts = (['bought', 'joined'] as const).filter(part => notice[part].count > 0)
  return (
    <p className="chat-notice" data-bought={notice.bought.count > 0}>
      {parts.map(part => {
        const { count, names } = notice[part]
        const who = { names: names.join(t('chat.nameSeparator')), count }
        return (
          <span key={part}>
            {t(count > names.length ? `chat.notice.${part}Many` : `chat.notice.${part}`, who)}
          </span>
        )
      })}
    </p>
  )
}
