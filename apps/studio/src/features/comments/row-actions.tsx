import type { Comment } from '@kaibo/contract/show/chat'
import { Button } from '@kaibo/ui/control/button.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { type Answering, actionsOn } from './model.ts'
import type { CommentActions } from './use-comment-actions.ts'
import type { CommentsState } from './use-comments.ts'

export type RowActionsProps = {
  comment: Comment
  state: CommentsState
  actions: CommentActions
  onReply: (comment: Answering) => void
  onSanction: (comment: Comment) => void
  onAppoint: (comment: Comment) => void
}

/** What can be done with a comment, as far as who sits here may do it. */
export function RowActions(props: RowActionsProps) {
  const { comment, state, actions, onReply, onSanction, onAppoint } = props
  const t = useT()
  const can = actionsOn(comment, state.keeper)
  const isPinned = state.board?.pinned?.id === comment.id
  const { isAnswered } = comment
  return (
    <fieldset className="said-actions" aria-label={t('comments.actions')}>
      <Button size="s" onClick={() => onReply(comment)}>
        {t('comments.reply')}
      </Button>
      {can.canMark && (
        <Button
          size="s"
          busy={actions.mark.busy}
          onClick={() => actions.mark.run({ id: comment.id, isAnswered: !isAnswered })}
        >
          {t(isAnswered ? 'comments.markOpen' : 'comments.markAnswered')}
        </Button>
      )}
      {can.canPin && (
        <Button
          size="s"
          busy={actions.pin.busy}
          onClick={() => actions.pin.run(isPinned ? null : comment.id)}
        >
          {t(isPinned ? 'comments.unpin' : 'comments.pin')}
        </Button>
      )}
      {can.canRemove && (
        <Button size="s" busy={actions.remove.busy} onClick={() => actions.remove.run(comment)}>
          {t('comments.remove')}
        </Button>
      )}
      {can.canSanction && (
        <Button size="s" className="said-danger" onClick={() => onSanction(comment)}>
          {t('guard.open')}
        </Button>
      )}
      {can.canAppoint && (
        <Button size="s" onClick={() => onAppoint(comment)}>
          {t('team.appoint')}
        </Button>
      )}
    </fieldset>
  )
}
