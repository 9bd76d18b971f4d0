import type { Comment } from '@kaibo/contract/show/chat'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { memo, type ReactNode } from 'react'

type CommentRowProps = {
  comment: Comment
  isOpen: boolean
  isTabStop: boolean
  onFocus: (id: string) => void
  onToggle: (id: string) => void
  /** What can be done with it, while it is open. */
  children: ReactNode
}

/** One comment; pressing it shows what can be done. */
export const CommentRow = memo(function CommentRow(props: CommentRowProps) {
  const { comment, isOpen, isTabStop, onFocus, onToggle, children } = props
  return (
    <div
      className="said"
      data-role={comment.role}
      data-kind={comment.kind}
      data-open={isOpen || undefined}
    >
      <button
        type="button"
        className="said-line"
        aria-expanded={isOpen}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={() => onFocus(comment.id)}
        onClick={() => onToggle(comment.id)}
      >
        <CommentWords comment={comment} />
      </button>
      {children}
    </div>
  )
})

/** Who said what, and what became of it. */
export function CommentWords({ comment }: { comment: Comment }) {
  const t = useT()
  const { author, role, kind, replyTo, text, isAnswered, state } = comment
  return (
    <>
      {replyTo && (
        <span className="said-quote">
          {t('comments.replyTo', { name: replyTo.author.nickname })}
          {replyTo.text !== null && ` ${replyTo.text}`}
        </span>
      )}
      <span className="said-author">{author.nickname}</span>
      {role !== 'none' && (
        <Badge tone={role === 'host' ? 'accent' : 'info'}>{t(`role.${role}`)}</Badge>
      )}
      {kind === 'question' && (
        <Badge tone={isAnswered ? 'success' : 'warning'}>
          {t(isAnswered ? 'comments.answered' : 'comments.question')}
        </Badge>
      )}
      {state !== 'shown' && <Badge tone="danger">{t(`comments.${state}Badge`)}</Badge>}{' '}
      <span className="said-text">{text}</span>
    </>
  )
}
