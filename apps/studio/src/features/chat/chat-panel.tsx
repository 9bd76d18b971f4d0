import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import type { ChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { ChatList } from '@kaibo/ui/live/chat-list.tsx'
import './chat.css'
import { CommentForm } from './comment-form.tsx'

type ChatPanelProps = { liveId: string; feed: ChatFeed; commentCount: number; isLocked: boolean }

/** What viewers say, and the host's answer. */
export function ChatPanel({ liveId, feed, commentCount, isLocked }: ChatPanelProps) {
  const t = useT()
  return (
    <section className="desk-panel chat-panel" aria-label={t('chat.title')}>
      <header className="desk-panel-head">
        <h2>{t('chat.title')}</h2>
      </header>
      <div className="chat-body">
        {commentCount === 0 && (
          <div className="chat-empty">
            <Empty icon="chat" title={t('chat.emptyTitle')}>
              {t('chat.emptyHint')}
            </Empty>
          </div>
        )}
        <ChatList feed={feed} look="plain" />
      </div>
      {!isLocked && <CommentForm liveId={liveId} feed={feed} />}
    </section>
  )
}
