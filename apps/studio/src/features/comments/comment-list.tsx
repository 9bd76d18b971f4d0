import type { Comment } from '@kaibo/contract/show/chat'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { CommentRow } from './comment-row.tsx'
import { useFollowing } from './use-following.ts'

type CommentListProps = {
  items: readonly Comment[]
  /** Before that an empty list means nothing. */
  isLoaded: boolean
  /** What can be done with the row that is open. */
  actions: (comment: Comment) => ReactNode
}

/**
 * What viewers say, newest at the bottom. One row takes the Tab key, the arrows walk over the
 * others, Enter opens what can be done. Nothing is read aloud by itself: a busy room would drown
 * a screen reader.
 */
export function CommentList({ items, isLoaded, actions }: CommentListProps) {
  const t = useT()
  const [openId, setOpenId] = useState<string | null>(null)
  const [stopId, setStopId] = useState<string | null>(null)
  const ids = items.map(({ id }) => id)
  const { box, onScroll, unreadCount, follow, hold } = useFollowing(ids)
  const tabStop = stopId !== null && ids.includes(stopId) ? stopId : ids.at(-1)
  const toggle = useRef((_: string) => {})
  toggle.current = id => {
    hold()
    setOpenId(openId === id ? null : id)
  }
  // Rows are many: their handler stays the same.
  const [onToggle] = useState(() => (id: string) => toggle.current(id))
  useLayoutEffect(() => {
    if (openId) box.current?.querySelector('[data-open]')?.scrollIntoView({ block: 'nearest' })
  }, [openId, box])
  // What was open is gone: the keyboard goes on from the row beside it.
  const isGone = openId !== null && !ids.includes(openId)
  useLayoutEffect(() => {
    if (!isGone) return
    setOpenId(null)
    if (document.activeElement !== document.body) return
    box.current?.querySelector<HTMLElement>('.said-line[tabindex="0"]')?.focus()
  }, [isGone, box])
  const walk = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (step === 0 || !(event.target instanceof HTMLElement)) return
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('.said-line') ?? [])]
    const next = rows[rows.indexOf(event.target) + step]
    if (!rows.includes(event.target) || !next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <div className="said-box">
      {items.length === 0 && !isLoaded && <SkeletonList rows={4} />}
      {items.length === 0 && isLoaded && (
        <div className="said-empty">
          <Empty icon="chat" title={t('comments.emptyTitle')}>
            {t('comments.emptyHint')}
          </Empty>
        </div>
      )}
      <div
        ref={box}
        className="said-rows"
        role="log"
        aria-live="off"
        aria-label={t('comments.title')}
        onScroll={onScroll}
        onKeyDown={walk}
      >
        {items.map(comment => (
          <CommentRow
            key={comment.id}
            comment={comment}
            isOpen={openId === comment.id}
            isTabStop={tabStop === comment.id}
            onFocus={setStopId}
            onToggle={onToggle}
          >
            {openId === comment.id && actions(comment)}
          </CommentRow>
        ))}
      </div>
      {unreadCount > 0 && (
        <Button className="said-unread" size="s" onClick={follow}>
          {t('comments.unread', { count: unreadCount })}
        </Button>
      )}
    </div>
  )
}
