import { useT } from '@kaibo/ui/i18n.ts'
import { ChatList } from '@kaibo/ui/live/chat-list.tsx'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { Board } from './board.tsx'
import './chat.css'
import { ChatWords } from './chat-words.tsx'
import { type ChatLine, isToMe } from './model.ts'
import type { Chat } from './use-chat.ts'

type ChatPanelProps = {
  chat: Chat
  /** A message was chosen, by finger or key. */
  onOpen: (line: ChatLine) => void
}

/** The talk of the room under what stands above it. */
export function ChatPanel({ chat, onOpen }: ChatPanelProps) {
  const { user } = useMe()
  return (
    <div className="room-talk">
      <Board chat={chat} onOpen={onOpen} />
      <div className="room-chat">
        <ChatList
          feed={chat.feed}
          line={line => <Line line={line} myId={user?.id} onOpen={onOpen} />}
        />
      </div>
    </div>
  )
}

type LineProps = Pick<ChatPanelProps, 'onOpen'> & { line: ChatLine; myId: string | undefined }

function Line({ line, myId, onOpen }: LineProps) {
  const { comment, sending } = line
  return (
    <>
      <button
        type="button"
        className="chat-line"
        tabIndex={-1}
        data-sending={sending}
        data-to-me={isToMe(comment, myId)}
        disabled={sending !== 'sent' || comment.state === 'removed'}
        onClick={() => onOpen(line)}
      >
        <ChatWords comment={comment} />
      </button>
      <Fate line={line} />
    </>
  )
}

/** What became of my words, where others see something else. */
function Fate({ line }: Pick<LineProps, 'line'>) {
  const t = useT()
  const { sending, comment, isMasked } = line
  if (sending === 'failed') {
    return (
      <button type="button" className="chat-fate" data-bad onClick={line.retry}>
        {t('chat.failed')}
      </button>
    )
  }
  const fate =
    sending === 'sending'
      ? 'sending'
      : comment.state !== 'shown'
        ? comment.state
        : isMasked && 'masked'
  return fate ? <small className="chat-fate">{t(`chat.${fate}`)}</small> : null
}
