import { Button } from '@kaibo/ui/control/button.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { CommentWords } from './comment-row.tsx'
import { RowActions, type RowActionsProps } from './row-actions.tsx'

type QueueProps = Omit<RowActionsProps, 'comment'>

/** Questions to the host that are not answered yet, the one that waits longest first. */
export function QuestionList(props: QueueProps) {
  const t = useT()
  const format = useFormat()
  const { questions } = props.state
  if (!questions.data) {
    return questions.error ? <QueryError of={questions} /> : <SkeletonList rows={3} />
  }
  if (questions.data.items.length === 0) {
    return (
      <Empty icon="check" title={t('comments.noQuestions')}>
        {t('comments.noQuestionsHint')}
      </Empty>
    )
  }
  return (
    <ul className="said-queue">
      {questions.data.items.map(comment => (
        <li key={comment.id} className="said" data-open>
          <p className="said-line">
            <CommentWords comment={comment} />
            <small className="said-at k-num">{format.time(comment.at)}</small>
          </p>
          <RowActions {...props} comment={comment} />
        </li>
      ))}
      <MoreWait queue={questions.data} />
    </ul>
  )
}

/** Comments that the word lists hold back: a person decides. */
export function HeldList({ state, actions, onSanction }: QueueProps) {
  const t = useT()
  const format = useFormat()
  const { held } = state
  if (!held.data) return held.error ? <QueryError of={held} /> : <SkeletonList rows={3} />
  if (held.data.items.length === 0) {
    return (
      <Empty icon="check" title={t('comments.noHeld')}>
        {t('comments.noHeldHint')}
      </Empty>
    )
  }
  return (
    <ul className="said-queue">
      {held.data.items.map(({ comment, originalText, words }) => (
        <li key={comment.id} className="said" data-open>
          <p className="said-line">
            <span className="said-author">{comment.author.nickname}</span>
            <span className="said-text">{originalText}</span>
            {words.length > 0 && (
              <small className="said-words">
                {t('comments.foundWords', { words: format.list(words) })}
              </small>
            )}
          </p>
          <fieldset className="said-actions" aria-label={t('comments.actions')}>
            <Button size="s" busy={actions.show.busy} onClick={() => actions.show.run(comment)}>
              {t('comments.show')}
            </Button>
            <Button size="s" busy={actions.remove.busy} onClick={() => actions.remove.run(comment)}>
              {t('comments.remove')}
            </Button>
            <Button size="s" className="said-danger" onClick={() => onSanction(comment)}>
              {t('guard.open')}
            </Button>
          </fieldset>
        </li>
      ))}
      <MoreWait queue={held.data} />
    </ul>
  )
}

/** A page shows the first of a long queue; the rest is counted. */
function MoreWait({ queue }: { queue: { items: readonly unknown[]; waitingCount: number } }) {
  const t = useT()
  const count = queue.waitingCount - queue.items.length
  return count > 0 ? <li className="said k-muted">{t('comments.moreWait', { count })}</li> : null
}
